/**
 * The first stage. In: credit grants. Out: one paragraph a credit, a whole cohort at a time and in order of slot, each named
 * by its step and slot. Nothing is admitted without a grant; grants are served one after the other. Every grant is
 * answered before its paragraphs come out. Can go wrong: whatever the corpus throws.
 */
import { concatMap, from, mergeMap, type OperatorFunction } from 'rxjs';
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import { paragraphId } from '../rollouts/ids.ts';
import type { CohortReader } from './cohort-reader.ts';
import type { Admission, CreditGrant } from './credits.ts';
import type { DeadLetterSink } from './dead-letter-sink.ts';

export interface AdmitParagraphsDeps {
  readonly reader: CohortReader;
  /** Dead letters of the corpus; they belong to the step being admitted. */
  readonly deadLetters: DeadLetterSink;
  readonly answer: (admission: Admission) => void;
}

export function admitParagraphs(deps: AdmitParagraphsDeps): OperatorFunction<CreditGrant, Paragraph> {
  const admit = async (grant: CreditGrant): Promise<Paragraph[]> => {
    const cohort = await deps.reader.take(grant.count, grant.firstSlot === 0);
    for (const letter of cohort.letters) deps.deadLetters({ ...letter, step: letter.step ?? grant.step });
    const admitted = cohort.paragraphs.length;
    deps.answer({ grant, admitted, exhausted: cohort.exhausted, position: cohort.position });
    return cohort.paragraphs.map((paragraph, place) => ({
      id: paragraphId(grant.step, grant.firstSlot + place),
      step: grant.step,
      slot: grant.firstSlot + place,
      cohortFirstSlot: grant.firstSlot,
      cohortSize: admitted,
      ...paragraph,
      tokenEntropies: null,
    }));
  };
  return (grants) =>
    grants.pipe(
      concatMap(admit),
      mergeMap((paragraphs) => from(paragraphs)),
    );
}
