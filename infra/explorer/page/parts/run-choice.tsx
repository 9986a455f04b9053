/** Which run is shown, and which beside it; its name where there is one alone. */
import type { ViewProps } from '../views/view-props.ts';
import type { RunData } from '../data/run-data.ts';
import { Choice } from './choice.tsx';

export function RunChoice({ runs, run, beside, address, go }: ViewProps & { readonly runs: readonly RunData[] }) {
  if (runs.length === 1) return <span class="run-name">{run.name}</span>;
  const choices = runs.map(({ name }) => [name, name] as const);
  return (
    <>
      <Choice label="Run" value={run.name} choices={choices} change={(name) => go({ run: name ?? '', beside: name === beside?.name ? null : address.beside })} />
      <Choice label="Beside" value={beside?.name ?? null} any="none" choices={choices.filter(([name]) => name !== run.name)} change={(name) => go({ beside: name })} />
    </>
  );
}
