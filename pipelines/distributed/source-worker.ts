/**
 * The worker that admits paragraphs. In: the corpus, and grants. Out: an admission for each grant, then its paragraphs. What it did is on its own topic: after a restart, a
 * grant that was answered is given the same paragraphs again, read from where the answer before it ended. Can go wrong: what the corpus and the bus throw.
 */
import { from, lastValueFrom, toArray } from 'rxjs';
import { admitParagraphs } from '../../operators/flow/admit-paragraphs.ts';
import { openCohortReader, type CohortReader } from '../../operators/flow/cohort-reader.ts';
import type { Admission, CreditGrant } from '../../operators/flow/credits.ts';
import type { PartitionReader } from '../../operators/ports/message-bus.ts';
import type { CorpusPosition, ParagraphSource } from '../../operators/ports/paragraph-source.ts';
import { admission, creditGrant } from '../../schemas/records/control-messages.ts';
import type { DeadLetter } from '../../schemas/records/dead-letter.ts';
import { paragraphs } from '../edges.ts';
import type { EmitEvent } from '../run-events.ts';
import { partitionOf } from './partition-batches.ts';
import type { Epoch, PolicyFollower } from './policy-follower.ts';
import type { RunBus } from './run-bus.ts';
import { groupName } from './run-topics.ts';
import { aborted, workInGroup } from './work-in-group.ts';

/** Its name on the command line, and of its group. */
export const sourceStage = 'source';

export interface SourceWorkerParts {
  readonly run: RunBus;
  readonly policies: PolicyFollower;
  readonly source: ParagraphSource;
  readonly emit: EmitEvent;
  readonly signal: AbortSignal;
}

export async function runSourceWorker(parts: SourceWorkerParts): Promise<void> {
  const { run, policies, signal } = parts;
  const options = { group: groupName(run.config, sourceStage), topics: [run.topic('grants')] };
  let corpus: EpochCorpus | null = null;
  const reopen = async (epoch: Epoch): Promise<EpochCorpus> => {
    await corpus?.close();
    return new EpochCorpus(parts, epoch, await answersOf(run, epoch.epoch));
  };
  const open = (): PartitionReader => {
    const reader = run.reader([creditGrant], true);
    let fresh = true; // another may have answered meanwhile
    let revoked = false;
    return {
      async take(messages) {
        for (const delivered of messages) {
          for (const { record: grant, origin } of await reader.read(delivered)) {
            const epoch = policies.isOver(origin.epoch, grant.step) ? null : await policies.epoch(origin.epoch);
            if (epoch === null) continue;
            if (fresh || corpus?.epoch !== epoch.epoch) corpus = await reopen(epoch);
            fresh = false;
            await corpus.serve(grant);
            if (revoked || signal.aborted) return null;
          }
        }
        return reader.firstWaiting() ?? messages.at(-1)!.offset + 1n;
      },
      revoked() {
        revoked = true;
      },
    };
  };
  try {
    await workInGroup(run.bus, options, () => open, [policies.ended, aborted(signal)]);
  } finally {
    await (corpus as EpochCorpus | null)?.close();
  }
}

async function answersOf(run: RunBus, epoch: number): Promise<Admission[]> {
  const answers: Admission[] = [];
  for (const { record, origin } of await run.readAll('admissions', [admission])) {
    if (origin.epoch !== epoch || answers.some(({ grant }) => isSame(grant, record.grant))) continue;
    answers.push({ ...record, position: JSON.parse(record.position) as CorpusPosition });
  }
  return answers;
}

/** The corpus from the start of an epoch on. */
class EpochCorpus {
  readonly epoch: number;
  readonly #parts: SourceWorkerParts;
  readonly #start: CorpusPosition | null;
  readonly #answers: Admission[];
  #reader: CohortReader | null = null;
  /** How many answers lie before where the reader stands. */
  #at = 0;

  constructor(parts: SourceWorkerParts, { epoch, startPosition }: Epoch, answers: Admission[]) {
    this.epoch = epoch;
    this.#parts = parts;
    this.#start = startPosition === null ? null : (JSON.parse(startPosition) as CorpusPosition);
    this.#answers = answers;
  }

  async serve(grant: CreditGrant): Promise<void> {
    const { run, emit } = this.#parts;
    const known = this.#answers.findIndex((answer) => isSame(answer.grant, grant));
    const place = known < 0 ? this.#answers.length : known;
    const reader = await this.#readerAt(place);
    const letters: DeadLetter[] = [];
    const answers: Admission[] = [];
    const admit = admitParagraphs({ reader, deadLetters: (letter) => letters.push(letter), answer: (given) => answers.push(given) });
    const admitted = await lastValueFrom(from([grant]).pipe(admit, toArray()));
    this.#at = place + 1;
    const { step, firstSlot } = grant;
    const answer = answers[0]!;
    if (known < 0) {
      const record = { ...answer, position: JSON.stringify(answer.position) };
      await run.publish('admissions', admission, record, { epoch: this.epoch, step, id: `${step}/${firstSlot}`, letters });
      this.#answers.push(answer);
    }
    const messages = admitted.flatMap((paragraph) => {
      const partition = partitionOf(paragraph.slot, run.config.kafka.partitions);
      return run.encode(paragraphs.carries, paragraph, { epoch: this.epoch, step, id: paragraph.id, partition });
    });
    await run.bus.publish(run.topic(paragraphs.name), messages);
    emit({ type: 'stage-progress', stage: sourceStage, step, done: admitted.length, total: admitted.length, tokens: 0 });
  }

  close(): Promise<void> {
    return this.#reader?.close() ?? Promise.resolve();
  }

  async #readerAt(place: number): Promise<CohortReader> {
    if (this.#reader !== null && this.#at === place) return this.#reader;
    await this.#reader?.close();
    const { source, run } = this.#parts;
    const from = place === 0 ? this.#start : this.#answers[place - 1]!.position;
    this.#reader = await openCohortReader(source, run.config.rollouts.paragraphsPerStep, from);
    return this.#reader;
  }
}

function isSame(a: CreditGrant, b: CreditGrant): boolean {
  return a.step === b.step && a.firstSlot === b.firstSlot;
}
