/** The page: which run, which view of it, and what keys do everywhere. */
import { useEffect, useState } from 'preact/hooks';
import { views } from '../view/address.ts';
import type { RunData } from './data/run-data.ts';
import { Choice } from './parts/choice.tsx';
import { Problem } from './parts/problem.tsx';
import { useKeys } from './state/keys.ts';
import { useAddress } from './state/navigation.ts';
import { switchTheme } from './state/theme.ts';
import { useObservable } from './state/use-observable.ts';
import { Curves } from './views/curves.tsx';
import { Evaluations } from './views/evaluations.tsx';
import { Help } from './views/help.tsx';
import { Letters } from './views/letters.tsx';
import { Samples } from './views/samples.tsx';

const shown = { curves: Curves, samples: Samples, evaluations: Evaluations, letters: Letters };
const names = { curves: 'Curves', samples: 'Samples', evaluations: 'Evaluations', letters: 'Dead letters' } as const;

export function App({ runs, live }: { readonly runs: readonly RunData[]; readonly live: boolean }) {
  const [address, go] = useAddress();
  const [help, setHelp] = useState(false);
  const run = runs.find(({ name }) => name === address.run) ?? runs[0]!;
  const beside = runs.find((each) => each.name === address.beside && each !== run) ?? null;
  useObservable(run, beside);
  const nextBeside = (): void => {
    const others = runs.filter((each) => each !== run);
    go({ beside: others[others.findIndex((each) => each === beside) + 1]?.name ?? null });
  };
  useKeys([
    { keys: ['?'], does: 'these keys', act: () => setHelp(true) },
    { keys: ['1', 'c'], does: 'curves', act: () => go({ view: 'curves' }) },
    { keys: ['2', 's'], does: 'samples', act: () => go({ view: 'samples' }) },
    { keys: ['3', 'e'], does: 'evaluations', act: () => go({ view: 'evaluations' }) },
    { keys: ['4', 'd'], does: 'dead letters', act: () => go({ view: 'letters' }) },
    { keys: ['b'], does: 'another run beside, or none', act: nextBeside },
    { keys: ['w'], does: 'light or dark', act: switchTheme },
  ]);
  useEffect(() => void (document.title = `${run.name} · ${names[address.view]} · pretrainzero`), [run, address.view]);
  const View = shown[address.view];
  const choices = runs.map(({ name }) => [name, name] as const);
  return (
    <>
      <header class="top">
        <h1>pretrainzero</h1>
        <nav class="tabs" aria-label="Views">
          {views.map((view) => (
            <button key={view} type="button" {...(view === address.view && { 'aria-current': 'page' as const })} onClick={() => go({ view })}>
              {names[view]}
            </button>
          ))}
        </nav>
        {runs.length > 1 ? (
          <>
            <Choice label="Run" value={run.name} choices={choices} change={(name) => go({ run: name ?? '', beside: name === beside?.name ? null : address.beside })} />
            <Choice label="Beside" value={beside?.name ?? null} any="none" choices={choices.filter(([name]) => name !== run.name)} change={(name) => go({ beside: name })} />
          </>
        ) : (
          <span class="run-name">{run.name}</span>
        )}
        <span class="grow" />
        <span class="muted" role="status">
          {run.lastStep === null ? 'no step yet' : `step ${run.lastStep.toLocaleString('en-US')}`}
          {live && ' · following'}
        </span>
        <button type="button" aria-label="Light or dark" title="light or dark (w)" onClick={switchTheme}>
          ◐
        </button>
        <button type="button" aria-label="Keys" title="keys (?)" onClick={() => setHelp(true)}>
          ?
        </button>
      </header>
      <main>
        {[run, beside].map((each) => each?.problem != null && <Problem key={each.name} reason={`${each.name}: ${each.problem}`} />)}
        <View {...{ run, beside, go }} address={{ ...address, run: run.name }} />
      </main>
      {help && <Help close={() => setHelp(false)} />}
    </>
  );
}
