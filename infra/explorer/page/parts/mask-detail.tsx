/** One mask: how it came about, and its predictions. */
import { useEffect } from 'preact/hooks';
import type { ParagraphSample } from '../../../sample-log/paragraph-sample.ts';
import { revealed } from '../../../shown-text/printable.ts';
import type { RunData } from '../data/run-data.ts';
import { fateWords } from './fate-words.ts';
import { Rollout } from './rollout.tsx';

interface MaskDetailProps {
  readonly run: RunData;
  readonly sample: ParagraphSample;
  readonly mask: number;
  /** The prediction that a link names. */
  readonly chosen: number | null;
  readonly shows: DetailShows;
  readonly show: ShowMore;
}

/** What is shown of every rollout beyond its answer. */
export interface DetailShows {
  readonly reasoning: boolean;
  readonly tokens: boolean;
}

export type ShowMore = (change: (shows: DetailShows) => DetailShows) => void;

export function MaskDetail({ run, sample, mask, chosen, shows, show }: MaskDetailProps) {
  const { maskRollouts, passages, predictions, groups } = sample;
  const generation = maskRollouts.find(({ index }) => index === mask);
  const passage = passages.find(({ maskIndex }) => maskIndex === mask);
  const own = predictions.filter(({ maskIndex }) => maskIndex === mask);
  const maskGroup = groups.find(({ role }) => role === 'mask');
  const group = groups.find(({ role, maskIndex }) => role === 'predict' && maskIndex === mask);
  const right = own.filter(({ correct }) => correct).length;
  useEffect(() => {
    if (chosen !== null) document.getElementById(`prediction-${chosen}`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const choose = (what: keyof DetailShows, chosen: boolean): void => show((now) => ({ ...now, [what]: chosen }));
  const shared = { run, step: sample.paragraph.step, unfolded: shows.reasoning, tokens: shows.tokens };
  return (
    <section class="detail" aria-label={`Mask ${mask}`}>
      <div class="bar">
        <label>
          <input type="checkbox" checked={shows.reasoning} onChange={(event) => choose('reasoning', event.currentTarget.checked)} /> reasoning
        </label>
        <label>
          <input type="checkbox" checked={shows.tokens} onChange={(event) => choose('tokens', event.currentTarget.checked)} /> log-probabilities
        </label>
      </div>
      {generation !== undefined && (
        <>
          <h3>Generation of mask {mask}</h3>
          <Rollout {...shared} role="mask" rollout={generation} truth={null} group={maskGroup} chosen={false} />
        </>
      )}
      {passage !== undefined && (
        <>
          <h3>
            Predictions of <bdi class="answer">{revealed(passage.maskText)}</bdi> · {right} of {own.length} right{group !== undefined && <span class="muted"> · {fateWords(group)}</span>}
          </h3>
          {own.map((prediction) => (
            <Rollout key={prediction.id} {...shared} role="predict" rollout={prediction} truth={passage.maskText} group={group} chosen={prediction.index === chosen} />
          ))}
        </>
      )}
    </section>
  );
}
