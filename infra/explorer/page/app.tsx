/** The page: which run, which view of it or of the evaluations, and what keys do everywhere. */
import { useEffect, useState } from 'preact/hooks';
import { views } from '../view/address.ts';
import type { EvaluationData } from './data/evaluation-data.ts';
import type { RunData } from './data/run-data.ts';
import { Problem } from './parts/problem.tsx';
import { RunChoice } from './parts/run-choice.tsx';
import { useKeys } from './state/keys.ts';
import { useAddress } from './state/navigation.ts';
import { switchTheme } from './state/theme.ts';
import { useObservable } from './state/use-observable.ts';
import { Benchmarks } from './views/benchmarks.tsx';
import { Curves } from './views/curves.tsx';
import { Evaluations } from './views/evaluations.tsx';
import { Help } from './views/help.tsx';
import { Letters } from './views/letters.tsx';
import { Samples } from './views/samples.tsx';
import type { ViewProps } from './views/view-props.ts';

const ofRun = { curves: Curves, samples: Samples, evaluations: Evaluations, letters: Letters };
const names = { curves: 'Curves', samples: 'Samples', evaluations: 'Evaluations', letters: 'Dead letters', benchmarks: 'Benchmarks' } as const;
const keysOf = { curves: ['1', 'c'], samples: ['2', 's'], evaluations: ['3', 'e'], letters: ['4', 'd'], benchmarks: ['5', 'a'] } as const;

interface AppProps {
  /** Of both together there is one at least. */
  readonly runs: readonly RunData[];
  readonly evaluations: readonly EvaluationData[];
  readonly live: boolean;
}

export function App({ runs, evaluations, live }: AppProps) {
  const [address, go] = useAddress();
  const [help, setHelp] = useState(false);
  const run = runs.find(({ name }) => name === address.run) ?? runs[0] ?? null;
  const beside = runs.find((each) => each.name === address.beside && each !== run) ?? null;
  useObservable(run, beside);
  const there = views.filter((view) => (view === 'benchmarks' ? evaluations.length > 0 : run !== null));
  const view = there.includes(address.view) ? address.view : there[0]!;
  const nextBeside = (): void => {
    const others = runs.filter((each) => each !== run);
    go({ beside: others[others.findIndex((each) => each === beside) + 1]?.name ?? null });
  };
  useKeys([
    { keys: ['?'], does: 'these keys', act: () => setHelp(true) },
    ...there.map((each) => ({ keys: keysOf[each], does: names[each].toLowerCase(), act: () => go({ view: each }) })),
    ...(runs.length > 1 ? [{ keys: ['b'], does: 'another run beside, or none', act: nextBeside }] : []),
    { keys: ['w'], does: 'light or dark', act: switchTheme },
  ]);
  useEffect(() => void (document.title = `${view === 'benchmarks' || run === null ? '' : `${run.name} · `}${names[view]} · pretrainzero`), [run, view]);
  return (
    <>
      <header class="top">
        <h1>pretrainzero</h1>
        <nav class="tabs" aria-label="Views">
          {there.map((each) => (
            <button key={each} type="button" {...(each === view && { 'aria-current': 'page' as const })} onClick={() => go({ view: each })}>
              {names[each]}
            </button>
          ))}
        </nav>
        {run !== null && view !== 'benchmarks' && <RunChoice {...{ runs, run, beside, address, go }} />}
        <span class="grow" />
        <span class="muted" role="status">
          {run !== null && (run.lastStep === null ? 'no step yet' : `step ${run.lastStep.toLocaleString('en-US')}`)}
          {live && (run === null ? 'following' : ' · following')}
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
        {view === 'benchmarks' ? <Benchmarks {...{ evaluations, address, go }} /> : <ViewOfRun {...{ view, beside, address, go }} run={run!} />}
      </main>
      {help && <Help close={() => setHelp(false)} />}
    </>
  );
}

function ViewOfRun({ view, run, beside, address, go }: ViewProps & { readonly view: keyof typeof ofRun }) {
  const View = ofRun[view];
  return <View {...{ run, beside, go }} address={{ ...address, run: run.name }} />;
}
