/** What keys do. In: bindings of the view that is shown. Out: they act, unless a person writes into a field. */
import { useEffect, useRef } from 'preact/hooks';

export interface Binding {
  /** Names of keys (KeyboardEvent.key), any of which does it. */
  readonly keys: readonly string[];
  readonly does: string;
  readonly act: () => void;
}

/** Those of all components that are shown. */
const active = new Set<{ readonly current: readonly Binding[] }>();

/** What keys do here and now, each once. */
export function activeBindings(): Binding[] {
  const all = [...active].flatMap(({ current }) => current);
  return all.filter((binding, i) => all.findIndex(({ keys }) => keys[0] === binding.keys[0]) === i);
}

export function useKeys(bindings: readonly Binding[]): void {
  const latest = useRef(bindings);
  latest.current = bindings;
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target as HTMLElement;
      const writes = target.matches('input:not([type=checkbox]), select, textarea');
      if (writes) {
        if (event.key === 'Escape') target.blur();
        return;
      }
      if ((event.key === 'Enter' || event.key === ' ') && target.matches('a, button, summary, [role=button]')) return;
      const found = latest.current.find(({ keys }) => keys.includes(event.key));
      if (found === undefined) return;
      event.preventDefault();
      found.act();
    };
    active.add(latest);
    addEventListener('keydown', listener);
    return () => {
      active.delete(latest);
      removeEventListener('keydown', listener);
    };
  }, []);
}
