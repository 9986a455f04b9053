/**
 * Sets a stage between two topics. In: the stage and what its operator is given. Out: an observable that does the stage's
 * work while subscribed and completes with its input. Can go wrong: whatever the operator throws; RECORD_INVALID where it does not pass each
 * paragraph on once and in order, for then a step would wait for ever.
 */
import { ignoreElements, tap, type Observable } from 'rxjs';
import type { RolloutDeps } from '../operators/rollouts/rollout-deps.ts';
import { PretrainZeroError } from '../schemas/pretrain-zero-error.ts';
import type { Paragraph } from '../schemas/records/paragraph.ts';
import type { MemoryTopics } from './memory-topics.ts';
import type { Stage } from './topology.ts';

/** @param onMessage told of each paragraph that enters the stage, and when it leaves. */
export function connectStage(stage: Stage, topics: MemoryTopics, deps: RolloutDeps, onMessage: (paragraph: Paragraph) => void): Observable<never> {
  const input = topics.of(stage.consumes);
  const output = topics.of(stage.produces);
  const due: string[] = []; // ids of paragraphs taken in and not passed on, oldest first
  const passOn = (message: unknown): void => {
    const paragraph = paragraphOf(message);
    const expected = due.shift();
    if (paragraph?.id !== expected || expected === undefined) throw misbehaviour(stage, paragraph?.id, expected);
    onMessage(paragraph!);
    output.publish(message as never); // of the record that `stage` saw to
    input.acknowledge();
  };
  return input.messages().pipe(
    tap((message) => {
      const paragraph = paragraphOf(message)!;
      due.push(paragraph.id);
      onMessage(paragraph);
    }),
    (source) => stage.operator(deps)(source as Observable<never>),
    tap({
      next: passOn,
      complete: () => {
        if (due.length > 0) throw misbehaviour(stage, undefined, due[0]);
        output.end();
      },
    }),
    ignoreElements(),
  );
}

/** The paragraph that a message belongs to: itself, or its field `paragraph`. */
export function paragraphOf(message: unknown): Paragraph | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  return ('paragraph' in message ? message.paragraph : message) as Paragraph;
}

export function misbehaviour(stage: Stage, got: string | undefined, expected: string | undefined): PretrainZeroError {
  const what = `the stage ${stage.name} ${got === undefined ? 'ended' : `passed on ${got}`} where ${expected ?? 'nothing'} was due`;
  return new PretrainZeroError('RECORD_INVALID', `${what}; a stage passes every paragraph on once, in the order in which they came`, { id: expected ?? got ?? '' });
}
