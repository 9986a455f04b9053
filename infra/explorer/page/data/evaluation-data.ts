/**
 * All that the page knows of one evaluation of a benchmark, as it comes in. In: where bytes come from, and two readers, one for what a person waits for. Answers reject with what reading throws; of all else
 * what went wrong stands in `problem`.
 */
import { batchOf, evaluationLayout } from '../../../evaluations/evaluation-layout.ts';
import { readIdentity, readSummary, type EvaluationIdentity, type ShownSummary } from '../../log/evaluation-texts.ts';
import type { Part } from '../../log/part-bytes.ts';
import type { ShownAnswer } from '../../log/question-answers.ts';
import type { IndexedQuestion } from '../../view/indexed-question.ts';
import type { EvaluationsSource } from './evaluations-source.ts';
import { LatestCache } from './latest-cache.ts';
import { Observable } from './observable.ts';
import type { Readers } from './run-data.ts';

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Questions whose answers are kept. */
const kept = 24;
/** Parts read at once: while one is decoded the bytes of the next come in. */
const atOnce = 3;

interface KnownPart {
  readonly batch: number;
  readonly part: Part;
  state: 'waiting' | 'reading' | 'read';
  questions: readonly IndexedQuestion[];
}

export class EvaluationData extends Observable {
  readonly name: string;
  /** Whether its files were listed once. */
  known = false;
  identity: EvaluationIdentity | null = null;
  /** Null while it is going on. */
  summary: ShownSummary | null = null;
  readonly #source: EvaluationsSource;
  readonly #readers: Readers;
  readonly #answers = new LatestCache<string, Promise<ShownAnswer[]>>(kept);
  /** In order. */
  #parts: KnownPart[] = [];
  #questions: readonly IndexedQuestion[] | null = null;
  #wanted = false;
  /** The latest thing that could not be read. */
  #damage: string | null = null;
  /** Why its files cannot be listed at the moment. */
  #unreachable: string | null = null;

  constructor(name: string, source: EvaluationsSource, readers: Readers) {
    super();
    this.name = name;
    this.#source = source;
    this.#readers = readers;
  }

  get problem(): string | null {
    return this.#unreachable ?? this.#damage;
  }

  get parts(): number {
    return this.#parts.length;
  }

  get partsRead(): number {
    return this.#parts.filter(({ state }) => state === 'read').length;
  }

  /** What was read of its questions, in order. */
  get questions(): readonly IndexedQuestion[] {
    return (this.#questions ??= this.#parts.flatMap(({ questions }) => questions));
  }

  /** Looks what is there. Resolves when that is known; questions that are wanted come after. */
  async refresh(): Promise<void> {
    try {
      const files = await this.#source.files(this.name);
      if (await this.#take(files)) this.changed();
      this.#unreachable = null;
    } catch (error) {
      this.#unreachable = reasonOf(error);
      this.changed();
    }
    if (this.#wanted) void this.#readQuestions();
  }

  /** From here on the questions are read: a page that shows a run alone does without. */
  wantQuestions(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    void this.#readQuestions();
  }

  /** The answers to a question, in order of sample. */
  answers(batch: number, itemId: string): Promise<ShownAnswer[]> {
    const found = this.#parts.find((each) => each.batch === batch);
    if (found === undefined) return Promise.reject(new Error(this.known ? `${this.name} has no part ${batch} of answers` : 'the evaluation is not read yet'));
    return this.#answers.get(`${batch}/${itemId}`, () => this.#readers.near.answers(found.part, itemId));
  }

  /** @returns whether anything is new */
  async #take(files: readonly Part[]): Promise<boolean> {
    const parts = files.flatMap((part): KnownPart[] => {
      const batch = batchOf(part.path.slice(part.path.lastIndexOf('/') + 1));
      return batch === null ? [] : [{ batch, part, state: 'waiting', questions: [] }];
    });
    const there = new Set(parts.map(({ batch }) => batch));
    const gone = this.#parts.some(({ batch }) => !there.has(batch)); // it was begun anew
    if (gone) this.#forget();
    const old = new Map(this.#parts.map((each) => [each.batch, each]));
    let news = gone || !this.known || parts.length > old.size || this.#unreachable !== null;
    this.#parts = parts.map((each) => old.get(each.batch) ?? each);
    this.identity ??= await this.#text(files, evaluationLayout.identity, readIdentity);
    if (this.summary === null) {
      this.summary = await this.#text(files, evaluationLayout.summary, readSummary);
      news ||= this.summary !== null;
    }
    this.known = true;
    return news;
  }

  async #text<T>(files: readonly Part[], name: string, read: (text: string) => T): Promise<T | null> {
    const file = files.find(({ path }) => path.endsWith(`/${name}`));
    return file === undefined ? null : read(new TextDecoder().decode(await this.#source.read(file, 0, file.bytes)));
  }

  async #readQuestions(): Promise<void> {
    const readNext = async (): Promise<void> => {
      for (let next = this.#nextPart(); next !== undefined; next = this.#nextPart()) await this.#readPart(next);
    };
    await Promise.all(Array.from({ length: atOnce }, readNext));
  }

  #nextPart(): KnownPart | undefined {
    return this.identity === null ? undefined : this.#parts.find(({ state }) => state === 'waiting');
  }

  /** One that cannot be read is told of, and passed over. */
  async #readPart(known: KnownPart): Promise<void> {
    const { batch, part } = known;
    const benchmark = this.identity?.benchmark ?? '';
    known.state = 'reading';
    try {
      known.questions = (await this.#readers.background.questions(part)).map((question) => ({ ...question, evaluation: this.name, benchmark, batch }));
    } catch (error) {
      this.#damage = reasonOf(error);
    }
    known.state = 'read';
    this.#questions = null;
    this.changed();
  }

  #forget(): void {
    [this.#parts, this.#questions] = [[], null];
    [this.identity, this.summary, this.#damage] = [null, null, null];
    this.#answers.clear();
  }
}
