/** The same paragraph wherever it came, step by step, with how often its masks were solved each time. */
import { printable, revealed } from '../../../shown-text/printable.ts';
import { paragraphKey } from '../../log/paragraph-key.ts';
import { masksAt } from '../../view/masks-at.ts';
import { plural } from '../parts/figures.ts';
import { List } from '../parts/list.tsx';
import { SolvedShare } from '../parts/solved-share.tsx';
import { sampleHref } from '../state/navigation.ts';
import { useIndex } from '../state/use-index.ts';
import { usePromise } from '../state/use-promise.ts';
import type { ViewProps } from './view-props.ts';

export function ParagraphList({ run, address, go }: ViewProps) {
  const { step, slot } = address;
  const found = usePromise(step === null || slot === null ? null : () => run.samples(step), [run, run.known, step]);
  useIndex(run);
  const { index } = run;
  const sample = found.state === 'done' ? found.value.find(({ paragraph }) => paragraph.slot === slot) : undefined;
  if (sample === undefined) return <p class="muted">Choose a sample first; its paragraph is then followed over the steps.</p>;
  const places = index.places(paragraphKey(sample.paragraph));
  return (
    <>
      <p class="status" role="status">
        <bdi>{printable(sample.paragraph.title)}</bdi>, seen {plural(places.length, 'time')}
        {index.steps < run.steps.length && <progress value={index.steps} max={run.steps.length} aria-label={`${index.steps} of ${run.steps.length} steps read`} />}
      </p>
      <List
        label="The paragraph over steps"
        items={places.map((place) => {
          const masks = masksAt(index, place).filter(({ rejection }) => rejection === null);
          return {
            key: `${place.step}/${place.slot}`,
            href: sampleHref(address, place),
            chosen: place.step === step && place.slot === slot,
            choose: () => go({ ...place, mask: null, prediction: null }, 'replace'),
            content: (
              <>
                <span class="number">{place.step}</span>
                <span class="grow wraps">
                  {masks.map(({ index: at, text, solved, attempts }) => (
                    <span key={at} class="together">
                      <bdi class="answer">{revealed(text)}</bdi> <SolvedShare {...{ solved, attempts }} />
                    </span>
                  ))}
                </span>
              </>
            ),
          };
        })}
      />
    </>
  );
}
