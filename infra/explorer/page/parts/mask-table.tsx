/** The masks of a paragraph: what each hides, how often it was solved, what it was paid, and what became of it. */
import type { ParagraphSample } from '../../../sample-log/paragraph-sample.ts';
import { revealed } from '../../../shown-text/printable.ts';
import { rejectionWords } from '../../../shown-text/reasons.ts';
import { figure, signed } from './figures.ts';
import { fateWords } from './fate-words.ts';
import { SolvedShare } from './solved-share.tsx';

interface MaskTableProps {
  readonly sample: ParagraphSample;
  readonly chosen: number | null;
  readonly choose: (mask: number) => void;
}

export function MaskTable({ sample: { maskRollouts, passages, predictions, groups }, chosen, choose }: MaskTableProps) {
  const group = groups.find(({ role }) => role === 'mask');
  const drawn = maskRollouts.length === 0;
  const rows = drawn ? passages.map(({ maskIndex, maskText }) => ({ index: maskIndex, text: maskText, id: '', rejection: null })) : maskRollouts.map(({ index, answer, id, rejection }) => ({ index, text: answer, id, rejection }));
  return (
    <div class="scrolls">
      <table class="masks">
        <caption>
          Masks{drawn ? ', drawn at random' : ''}
          {group !== undefined && <span class="muted"> · group {fateWords(group)}</span>}
        </caption>
        <thead>
          <tr>
            <th scope="col">mask</th>
            <th scope="col">hides</th>
            <th scope="col">solved</th>
            {!drawn && <th scope="col" class="number">reward</th>}
            {!drawn && <th scope="col" class="number">advantage</th>}
            <th scope="col">predictions</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ index, text, id, rejection }) => {
            const own = predictions.filter(({ maskIndex }) => maskIndex === index);
            const predicted = groups.find(({ role, maskIndex }) => role === 'predict' && maskIndex === index);
            const at = group?.rolloutIds.indexOf(id) ?? -1;
            return (
              <tr key={index} aria-selected={index === chosen} class={index === chosen ? 'chosen' : ''} onClick={() => choose(index)}>
                <th scope="row">
                  <button type="button" aria-label={`Mask ${index}`} aria-pressed={index === chosen} onClick={() => choose(index)}>
                    {index}
                  </button>
                </th>
                <td class="answer">{text === null ? <span class="muted">(none)</span> : <bdi>{revealed(text)}</bdi>}</td>
                <td>
                  <SolvedShare solved={own.filter(({ correct }) => correct).length} attempts={own.length} />
                </td>
                {!drawn && <td class="number">{figure(group?.rewards[at])}</td>}
                {!drawn && <td class="number">{at < 0 ? '–' : signed(group!.advantages[at]!)}</td>}
                <td class="muted">{rejection !== null ? `unusable: ${rejectionWords[rejection]}` : predicted === undefined ? 'none' : fateWords(predicted)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
