/**
 * Backpressure. RxJS has none of its own, so a paragraph enters the system only against a credit.
 * In: grants from the gradient sink. Out: the same grants, to be served by the stage that admits paragraphs, and its answers
 * back to the sink. Two small one-way channels: any transport can stand in for them.
 * Invariant: never more than `capacity` = (1 + maxStaleness) * paragraphsPerStep credits are out. A grant above that throws
 * LEDGER_UNBALANCED, as does a credit given back twice.
 */
import type { Observable } from 'rxjs';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { CorpusPosition } from '../ports/paragraph-source.ts';
import { createChannel } from './channel.ts';

/** Leave to admit one cohort: `count` paragraphs of `step`, in the slots from `firstSlot` on. */
export interface CreditGrant {
  readonly step: number;
  /** 0 for the step's own cohort; the number of slots so far for a refill. */
  readonly firstSlot: number;
  readonly count: number;
}

/** The answer to one grant; answers come in the order of the grants, and before the paragraphs they speak of. */
export interface Admission {
  readonly grant: CreditGrant;
  /** Paragraphs admitted: all or none of a step's cohort; any number up to `grant.count` of a refill. */
  readonly admitted: number;
  /** Whether the corpus holds no whole further step. */
  readonly exhausted: boolean;
  /** Where the corpus stands after these paragraphs. */
  readonly position: CorpusPosition;
}

export interface Credits {
  readonly capacity: number;
  /** Credits out: granted and not given back. */
  inFlight(): number;
  /** Takes `grant.count` credits. */
  grant(grant: CreditGrant): void;
  /** Takes credits for paragraphs that a resume brought back. */
  take(count: number): void;
  giveBack(count: number): void;
  /** No grant will follow. */
  close(): void;
  readonly grants: Observable<CreditGrant>;
  answer(admission: Admission): void;
  readonly answers: Observable<Admission>;
}

/** @param capacity positive integer: the most paragraphs in flight. */
export function createCredits(capacity: number): Credits {
  const grants = createChannel<CreditGrant>('the grants of the credits');
  const answers = createChannel<Admission>('the answers to the credits');
  let out = 0;
  const move = (count: number, why: string): void => {
    if (out + count > capacity || out + count < 0) {
      throw new PretrainZeroError('LEDGER_UNBALANCED', `${why}: ${out} of ${capacity} credits were out, ${count} more would be`);
    }
    out += count;
  };
  return {
    capacity,
    inFlight: () => out,
    grant(grant) {
      move(grant.count, `granting ${grant.count} paragraphs to step ${grant.step}`);
      grants.next(grant);
    },
    take: (count) => move(count, 'taking credits for restored paragraphs'),
    giveBack: (count) => move(-count, `giving ${count} credits back`),
    close() {
      grants.complete();
      answers.complete();
    },
    grants: grants.messages,
    answer: (admission) => answers.next(admission),
    answers: answers.messages,
  };
}
