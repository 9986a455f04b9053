/** A list to walk through: with the keys j and k, or the arrows, as well as with a pointer. Every line is a link of its own. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useKeys } from '../state/keys.ts';

export interface ListItem {
  readonly key: string | number;
  readonly href: string;
  readonly chosen: boolean;
  readonly choose: () => void;
  readonly content: ComponentChildren;
}

export function List({ label, items }: { readonly label: string; readonly items: readonly ListItem[] }) {
  const element = useRef<HTMLUListElement>(null);
  const at = items.findIndex(({ chosen }) => chosen);
  const move = (by: number) => () => items[at < 0 ? 0 : Math.min(items.length - 1, Math.max(0, at + by))]?.choose();
  useKeys([
    { keys: ['j', 'ArrowDown'], does: 'the next of the list', act: move(1) },
    { keys: ['k', 'ArrowUp'], does: 'the one before', act: move(-1) },
  ]);
  useEffect(() => element.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' }), [at]);
  return (
    <ul class="list" ref={element} aria-label={label}>
      {items.map(({ key, href, chosen, choose, content }) => (
        <li key={key}>
          <a
            href={href}
            {...(chosen && { 'aria-current': 'true' as const })}
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a new tab
              event.preventDefault();
              choose();
            }}
          >
            {content}
          </a>
        </li>
      ))}
    </ul>
  );
}
