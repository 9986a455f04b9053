/** A paragraph with everything that was made of it: its masks in place, what each was paid, and the predictions of the mask that is chosen. */
import { useState } from 'preact/hooks';
import { printable } from '../../../shown-text/printable.ts';
import type { ParagraphSample } from '../../../sample-log/paragraph-sample.ts';
import type { Address } from '../../view/address.ts';
import type { RunData } from '../data/run-data.ts';
import { useKeys } from '../state/keys.ts';
import { sampleHref, type Go } from '../state/navigation.ts';
import { MaskDetail, type DetailShows, type ShowMore } from './mask-detail.tsx';
import { MaskTable } from './mask-table.tsx';
import { MaskedText } from './masked-text.tsx';

interface SamplePanelProps {
  readonly run: RunData;
  readonly sample: ParagraphSample;
  readonly go: Go;
  readonly chosen: Address;
  /** Whether keys move through its masks: of two samples side by side, those of one. */
  readonly keyboard: boolean;
}

export function SamplePanel({ run, sample, go, chosen, keyboard }: SamplePanelProps) {
  const [shows, show] = useState<DetailShows>({ reasoning: false, tokens: false });
  const { paragraph, passages, maskRollouts } = sample;
  const { step, slot } = paragraph;
  const masks = maskRollouts.length > 0 ? maskRollouts.map(({ index }) => index) : passages.map(({ maskIndex }) => maskIndex);
  const mask = chosen.mask ?? passages[0]?.maskIndex ?? masks[0] ?? null;
  const place = [paragraph.title, ...paragraph.sections].filter((part) => part !== '').map(printable);
  const choose = (index: number): void => go({ step: chosen.step ?? step, slot: chosen.slot, mask: index, prediction: null }, 'replace');
  return (
    <article class="sample" aria-label={`Step ${step}, slot ${slot} of ${run.name}`}>
      {keyboard && <SampleKeys {...{ masks, mask, choose, show }} />}
      <header>
        <h2>
          <bdi>{place.join(' › ') || 'Without title'}</bdi>
        </h2>
        <p class="muted">
          {run.name} · step {step}, slot {slot} · <bdi>{printable(paragraph.file)}</bdi>, page <bdi>{printable(paragraph.pageId)}</bdi>, paragraph {paragraph.paragraphIndex} · {paragraph.tokenCount} tokens · epoch {paragraph.epoch} ·{' '}
          <a href={sampleHref({ ...chosen, run: run.name }, { step, slot, mask: chosen.mask, prediction: chosen.prediction })}>link</a>
        </p>
      </header>
      <MaskedText {...{ sample, chosen: mask, choose }} />
      <MaskTable {...{ sample, chosen: mask, choose }} />
      {mask !== null && <MaskDetail key={`${step}/${slot}/${mask}`} {...{ run, sample, mask, shows, show }} chosen={chosen.prediction} />}
    </article>
  );
}

interface SampleKeysProps {
  readonly masks: readonly number[];
  readonly mask: number | null;
  readonly choose: (index: number) => void;
  readonly show: ShowMore;
}

function SampleKeys({ masks, mask, choose, show }: SampleKeysProps) {
  const move = (by: number) => () => {
    const next = masks[masks.indexOf(mask ?? -1) + by];
    if (next !== undefined) choose(next);
  };
  useKeys([
    { keys: ['n', ']'], does: 'the next mask', act: move(1) },
    { keys: ['N', '['], does: 'the mask before', act: move(-1) },
    { keys: ['r'], does: 'fold or unfold all reasoning', act: () => show((now) => ({ ...now, reasoning: !now.reasoning })) },
    { keys: ['t'], does: 'log-probabilities of the tokens', act: () => show((now) => ({ ...now, tokens: !now.tokens })) },
  ]);
  return null;
}
