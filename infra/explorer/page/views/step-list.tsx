/** The paragraphs of a step, each with how often its masks were solved. */
import type { ParagraphSample } from '../../../sample-log/paragraph-sample.ts';
import { printable } from '../../../shown-text/printable.ts';
import { solvedShade } from '../../view/solved-shade.ts';
import { Entry } from '../parts/entry.tsx';
import { List } from '../parts/list.tsx';
import { Problem } from '../parts/problem.tsx';
import { sampleHref } from '../state/navigation.ts';
import { usePromise } from '../state/use-promise.ts';
import type { ViewProps } from './view-props.ts';

export function StepList({ run, address, go }: ViewProps) {
  const step = address.step ?? run.lastStep;
  const found = usePromise(step === null ? null : () => run.samples(step), [run, step, run.known]);
  const goTo = (text: string): void => {
    const wanted = Number(text);
    if (run.step(wanted) !== null) go({ step: wanted, slot: null, mask: null, prediction: null });
  };
  if (step === null) return <p class="muted">No step is committed yet.</p>;
  const samples = found.state === 'done' ? found.value : [];
  return (
    <>
      <div class="bar">
        <button type="button" aria-label="The step before" disabled={run.step(step - 1) === null} onClick={() => goTo(String(step - 1))}>
          ←
        </button>
        <Entry label={`Step of ${run.lastStep ?? 0}`} type="number" value={String(step)} change={goTo} />
        <button type="button" aria-label="The next step" disabled={run.step(step + 1) === null} onClick={() => goTo(String(step + 1))}>
          →
        </button>
      </div>
      {found.state === 'failed' && <Problem reason={found.reason} />}
      <List
        label={`Paragraphs of step ${step}`}
        items={samples.map((sample) => {
          const { slot, title, text } = sample.paragraph;
          return {
            key: slot,
            href: sampleHref(address, { step, slot }),
            chosen: slot === address.slot,
            choose: () => go({ step, slot, mask: null, prediction: null }, address.slot === null ? 'push' : 'replace'),
            content: (
              <>
                <span class="number">{slot}</span>
                <span class="grow">
                  <bdi>{printable(title === '' ? text.slice(0, 60) : title)}</bdi>
                </span>
                <Strip sample={sample} />
              </>
            ),
          };
        })}
      />
    </>
  );
}

/** One cell a mask, in the shade of how often it was solved. */
function Strip({ sample: { passages, predictions } }: { readonly sample: ParagraphSample }) {
  const cells = passages.map(({ maskIndex }) => {
    const own = predictions.filter((prediction) => prediction.maskIndex === maskIndex);
    return { maskIndex, solved: own.filter(({ correct }) => correct).length, attempts: own.length };
  });
  const tried = cells.filter(({ attempts }) => attempts > 0);
  const words = `${cells.length} usable masks; solved ${tried.map(({ solved, attempts }) => `${solved} of ${attempts}`).join(', ')}`;
  return (
    <span class="strip" role="img" aria-label={words} title={words}>
      {cells.map(({ maskIndex, solved, attempts }) => {
        const shade = solvedShade(solved, attempts);
        return <i key={maskIndex} class={shade === null ? 'untried' : `shade-${shade}`} />;
      })}
    </span>
  );
}
