/** One rollout of either role: its answer against the truth, what it was paid, its reasoning folded, its tokens on demand. */
import type { Role, ScoredGroup } from '../../../../schemas/records/scored-group.ts';
import type { ShownMaskRollout, ShownPrediction } from '../../../sample-log/paragraph-sample.ts';
import { printable, revealed, revealedAgainst } from '../../../shown-text/printable.ts';
import { rejectionWords } from '../../../shown-text/reasons.ts';
import type { RunData } from '../data/run-data.ts';
import { figure, signed } from './figures.ts';
import { TokenStrip } from './token-strip.tsx';

interface RolloutProps {
  readonly run: RunData;
  readonly step: number;
  readonly role: Role;
  readonly rollout: ShownMaskRollout | ShownPrediction;
  /** The hidden text, for predictions. */
  readonly truth: string | null;
  readonly group: ScoredGroup | undefined;
  readonly unfolded: boolean;
  readonly tokens: boolean;
  /** Whether a link names it. */
  readonly chosen: boolean;
}

export function Rollout({ run, step, role, rollout, truth, group, unfolded, tokens, chosen }: RolloutProps) {
  const { answer, rejection, responseText, answerStart, answerEnd, finishReason, policyVersion, seed } = rollout;
  const at = group?.rolloutIds.indexOf(rollout.id) ?? -1;
  const right = 'correct' in rollout ? rollout.correct : null;
  return (
    <div class={`rollout ${chosen ? 'chosen' : ''}`} id={`${role === 'mask' ? 'generation' : 'prediction'}-${rollout.index}`}>
      <p class="line">
        {right !== null && (
          <span class={right ? 'right' : 'wrong'} role="img" aria-label={right ? 'right' : 'wrong'}>
            {right ? '✓' : '✗'}
          </span>
        )}
        <span class="answer">{answer === null ? <span class="muted">no answer</span> : <bdi>{truth === null ? revealed(answer) : revealedAgainst(answer, truth)}</bdi>}</span>
        {truth !== null && right === false && answer !== null && (
          <span class="muted truth">
            should be <bdi class="answer">{revealedAgainst(truth, answer)}</bdi>
          </span>
        )}
      </p>
      <p class="muted facts">
        {at < 0 ? (group === undefined ? 'in no group' : 'left out of its group: a log-probability is not finite') : `reward ${figure(group!.rewards[at])} · advantage ${signed(group!.advantages[at]!)}`} · policy {policyVersion} · seed {seed}
        {'constraint' in rollout && rollout.constraint === 'names' && ' · second try, held to names and numbers'}
        {'constraint' in rollout && rollout.constraint === 'content-words' && ' · second try, held to a word that carries content'}
        {rejection !== null && <span class="warn"> · {rejectionWords[rejection]}</span>}
        {finishReason === 'length' && <span class="warn"> · cut off at the length limit</span>}
      </p>
      {responseText !== '' && (
        <details open={unfolded || chosen}>
          <summary>response, {responseText.length.toLocaleString('en-US')} characters</summary>
          <p class="response" dir="auto">
            {answerStart === null || answerEnd === null ? (
              printable(responseText)
            ) : (
              <>
                {printable(responseText.slice(0, answerStart))}
                <mark>{printable(responseText.slice(answerStart, answerEnd))}</mark>
                {printable(responseText.slice(answerEnd))}
              </>
            )}
          </p>
        </details>
      )}
      {tokens && <TokenStrip {...{ run, step, role }} id={rollout.id} />}
    </div>
  );
}
