/** A paragraph with its masks in place, each in the shade of how often it was solved. Where masks overlap, the shade is that of the one solved least. */
import type { ParagraphSample } from '../../../sample-log/paragraph-sample.ts';
import { printable } from '../../../shown-text/printable.ts';
import { maskedSegments } from '../../view/masked-segments.ts';
import { numberRanges } from '../../view/number-ranges.ts';
import { solvedShade } from '../../view/solved-shade.ts';

interface MaskedTextProps {
  readonly sample: ParagraphSample;
  /** The mask that is looked at. */
  readonly chosen: number | null;
  readonly choose: (mask: number) => void;
}

export function MaskedText({ sample: { paragraph, passages, predictions }, chosen, choose }: MaskedTextProps) {
  const shares = new Map(
    passages.map(({ maskIndex }) => {
      const own = predictions.filter((prediction) => prediction.maskIndex === maskIndex);
      return [maskIndex, { solved: own.filter(({ correct }) => correct).length, attempts: own.length }];
    }),
  );
  const shadeOf = (mask: number): number => solvedShade(shares.get(mask)?.solved ?? 0, shares.get(mask)?.attempts ?? 0) ?? -1;
  return (
    <p class="paragraph" dir="auto">
      {maskedSegments(paragraph.text, passages).map(({ text, masks, begins }, i) => {
        if (masks.length === 0) return <span key={i}>{printable(text)}</span>;
        const shade = masks.includes(chosen ?? -1) ? shadeOf(chosen!) : Math.min(...masks.map(shadeOf));
        const next = masks[(masks.indexOf(chosen ?? -1) + 1) % masks.length]!;
        const spoken = masks.map((mask) => `mask ${mask}, solved ${shares.get(mask)?.solved ?? 0} of ${shares.get(mask)?.attempts ?? 0}`).join('; ');
        return (
          <span
            key={i}
            class={`mask ${shade < 0 ? 'untried' : `shade-${shade}`} ${masks.includes(chosen ?? -1) ? 'chosen' : ''}`}
            role="button"
            tabIndex={0}
            title={spoken}
            aria-label={`${printable(text)}: ${spoken}`}
            onClick={() => choose(next)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' && event.key !== ' ') return;
              event.preventDefault();
              choose(next);
            }}
          >
            {printable(text)}
            {begins.length > 0 && <sup aria-hidden="true">{numberRanges(begins)}</sup>}
          </span>
        );
      })}
    </p>
  );
}
