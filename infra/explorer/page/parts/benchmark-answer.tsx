/** One answer to a question: what was found in the response, against the truth; the response folded. */
import { useEffect, useRef } from 'preact/hooks';
import { printable, revealedAgainst } from '../../../shown-text/printable.ts';
import type { ShownAnswer } from '../../log/question-answers.ts';
import { plural } from './figures.ts';

interface BenchmarkAnswerProps {
  readonly answer: ShownAnswer;
  readonly unfolded: boolean;
  /** Address of this answer. */
  readonly href: string;
  /** Whether the address names it. */
  readonly chosen: boolean;
}

export function BenchmarkAnswer({ answer: row, unfolded, href, chosen }: BenchmarkAnswerProps) {
  const { sampleIndex, answer, expected, correct, finishReason, responseText, responseLength, seed } = row;
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen) element.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <div class={`rollout ${chosen ? 'chosen' : ''}`} ref={element} role="group" aria-label={`Answer ${sampleIndex}`} {...(chosen && { 'aria-current': 'true' as const })}>
      <p class="line">
        <span class={correct ? 'right' : 'wrong'} role="img" aria-label={correct ? 'right' : 'wrong'}>
          {correct ? '✓' : '✗'}
        </span>
        <span class="answer">{answer === null ? <span class="muted">{finishReason === null ? 'not asked' : 'no answer found'}</span> : <bdi>{revealedAgainst(answer, expected)}</bdi>}</span>
        {!correct && answer !== null && (
          <span class="muted truth">
            should be <bdi class="answer">{revealedAgainst(expected, answer)}</bdi>
          </span>
        )}
      </p>
      <p class="muted facts">
        answer {sampleIndex} · {plural(responseLength, 'token')} · seed {seed}
        {finishReason === 'length' && <span class="warn"> · cut off at the length limit</span>} · <a href={href}>link</a>
      </p>
      {responseText !== '' && (
        <details open={unfolded || chosen}>
          <summary>response, {responseText.length.toLocaleString('en-US')} characters</summary>
          <p class="response" dir="auto">
            {printable(responseText)}
          </p>
        </details>
      )}
    </div>
  );
}
