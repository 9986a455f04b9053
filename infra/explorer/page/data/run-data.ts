/**
 * All that the page knows of one run, as it comes in: the committed steps, their reports and timings, evaluations, the index of masks. In: where bytes come from, and two
 * readers: one for what a person waits for, one for what goes on in the background. Samples reject with what reading throws; of all else what went wrong stands in `problem`.
 */
import { summariseEvaluation, type EvaluationSummary } from '../../../../operators/evaluation/summarise-evaluation.ts';
import type { EvaluationRow } from '../../../../schemas/records/evaluation-row.ts';
import type { StepReport } from '../../../../schemas/records/step-report.ts';
import type { StepTiming } from '../../../../schemas/records/step-timing.ts';
import { metricTables } from '../../../sample-log/log-tables.ts';
import type { ParagraphSample } from '../../../sample-log/paragraph-sample.ts';
import { readGrowth, type CommittedStep } from '../../log/committed-step.ts';
import type { LogReader } from '../../log/log-reader.ts';
import type { Part } from '../../log/part-bytes.ts';
import type { StepFigures } from '../../view/charts.ts';
import { coarseToFine } from '../../view/coarse-to-fine.ts';
import { MaskIndex } from '../../view/mask-index.ts';
import { LatestCache } from './latest-cache.ts';
import { Observable } from './observable.ts';
import type { OriginRun, RunSource } from './run-source.ts';

export interface Readers {
  readonly near: LogReader;
  readonly background: LogReader;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Steps whose curves are drawn first, and then read at a time. */
const coarseSteps = 100;
const blockSteps = 100;
/** Steps whose samples are kept. */
const stepsKept = 6;
const evaluationsKept = 2;

export class RunData extends Observable {
  readonly name: string;
  readonly source: RunSource;
  /** File of span classes of its corpus; null where there is none. */
  readonly labels: Part | null;
  readonly readers: Readers;
  steps: CommittedStep[] = [];
  readonly reports = new Map<number, StepReport>();
  readonly timings = new Map<number, StepTiming>();
  readonly evaluations = new Map<number, EvaluationSummary>();
  index = new MaskIndex();
  /** Whether the manifest was read once. */
  known = false;
  /** Whether reports, timings and evaluations of all steps known were read. */
  figuresRead = false;
  /** The latest thing that could not be read. */
  #damage: string | null = null;
  /** Why the manifest cannot be had at the moment. */
  #unreachable: string | null = null;
  #manifestBytes = 0;
  #timingBytes = 0;
  #byStep = new Map<number, CommittedStep>();
  /** Step that an evaluation was made at -> the step that it was committed with. */
  readonly #evaluated = new Map<number, CommittedStep>();
  readonly #rows = new LatestCache<number, Promise<EvaluationRow[]>>(evaluationsKept);
  readonly #samples = new LatestCache<number, Promise<ParagraphSample[]>>(stepsKept);
  #loading: Promise<void> = Promise.resolve();
  #figuresWanted = false;
  /** Steps whose figures were read or are being read: the first so many. */
  #figuresOf = 0;

  constructor({ name, labels }: OriginRun, source: RunSource, readers: Readers) {
    super();
    this.name = name;
    this.labels = labels;
    this.source = source;
    this.readers = readers;
  }

  step(step: number): CommittedStep | null {
    return this.#byStep.get(step) ?? null;
  }

  get problem(): string | null {
    return this.#unreachable ?? this.#damage;
  }

  get lastStep(): number | null {
    return this.steps.at(-1)?.step ?? null;
  }

  /** The newest tokenizer whose checkpoint may still be there. */
  get tokenizer(): Part | null {
    return this.steps.findLast(({ tokenizer }) => tokenizer !== null)?.tokenizer ?? null;
  }

  figures(step: number): StepFigures {
    return { report: this.reports.get(step) ?? null, timing: this.timings.get(step) ?? null, evaluation: this.evaluations.get(step) ?? null };
  }

  samples(step: number): Promise<ParagraphSample[]> {
    return this.#samples.get(step, async () => this.readers.near.samples(await this.#committed(step)));
  }

  /** Of a run whose manifest is still coming, the step's line alone is asked for: a link to a sample waits for no more. */
  async #committed(step: number): Promise<CommittedStep> {
    const line = this.known ? null : await this.source.stepLine(step);
    const committed = this.#byStep.get(step) ?? readGrowth(line ?? '', null).steps[0];
    if (committed === undefined) throw new Error(this.known || line !== null ? `${this.name} has no step ${step}` : 'the run is not read yet');
    return committed;
  }

  /** The rows of an evaluation. */
  evaluated(step: number): Promise<EvaluationRow[]> {
    const committed = this.#evaluated.get(step);
    if (committed === undefined) return Promise.resolve([]);
    return this.#rows.get(step, async () => (await this.readers.near.evaluations(committed)).filter((row) => row.step === step));
  }

  /** Looks whether more was committed, and reads what was. Resolves when the manifest is read; figures come after. */
  async refresh(): Promise<void> {
    try {
      const { bytes, size } = await this.source.tail('manifest.jsonl', this.#manifestBytes);
      const growth = size < this.#manifestBytes ? null : readGrowth(new TextDecoder().decode(bytes), this.steps.at(-1)?.hash ?? null);
      if (growth === null || growth.broken) {
        this.#forget(); // the run was taken back to a checkpoint
        return await this.refresh();
      }
      this.#manifestBytes += growth.bytes;
      this.steps = [...this.steps, ...growth.steps];
      for (const step of growth.steps) this.#byStep.set(step.step, step);
      if (this.#unreachable !== null) this.changed();
      this.#unreachable = null;
      if (growth.steps.length > 0 || !this.known) {
        this.known = true;
        this.changed();
        if (this.#figuresWanted) this.wantFigures();
      }
    } catch (error) {
      this.#unreachable = reasonOf(error);
      this.changed();
    }
  }

  /** From here on reports, timings and evaluations are read: a page that shows a sample alone does without. */
  wantFigures(): void {
    this.#figuresWanted = true;
    this.#loading = this.#loading.then(() => this.#loadFigures()).catch((error: unknown) => this.fail(error));
  }

  fail(error: unknown): void {
    this.#damage = reasonOf(error);
    this.changed();
  }

  #forget(): void {
    this.steps = [];
    this.#byStep = new Map();
    this.#manifestBytes = 0;
    this.#timingBytes = 0;
    this.#figuresOf = 0;
    this.index = new MaskIndex();
    for (const known of [this.reports, this.timings, this.evaluations, this.#evaluated]) known.clear();
    for (const cache of [this.#samples, this.#rows]) cache.clear();
  }

  /** What cannot be read is told, and the rest is read all the same. */
  async #loadFigures(): Promise<void> {
    const steps = this.steps.slice(this.#figuresOf);
    if (steps.length === 0) return;
    this.#figuresOf = this.steps.length;
    this.figuresRead = false;
    await this.#loadTimings();
    const table = metricTables.steps.folder;
    for (const { places } of coarseToFine(steps.length, coarseSteps, blockSteps)) {
      const round = places.map((place) => steps[place]!).filter(({ parts }) => parts[table] !== undefined);
      await this.#loadReports(round, table).catch((error: unknown) => this.fail(error));
      this.changed();
    }
    const evaluated = steps.filter(({ parts }) => parts[metricTables.evaluations.folder] !== undefined);
    for (const step of evaluated) await this.#loadEvaluation(step).catch((error: unknown) => this.fail(error));
    this.figuresRead = true;
    this.changed();
  }

  async #loadReports(steps: readonly CommittedStep[], table: string): Promise<void> {
    const bytes = await this.source.parts(table, steps);
    const parts = steps.map((step) => step.parts[table]!);
    const { reports, problems } = await this.readers.background.reports(bytes, parts);
    for (const report of reports) this.reports.set(report.step, report);
    for (const problem of problems) this.fail(new Error(problem));
  }

  async #loadTimings(): Promise<void> {
    const { bytes } = await this.source.tail('metrics/timings.jsonl', this.#timingBytes);
    const text = new TextDecoder().decode(bytes);
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    this.#timingBytes += new TextEncoder().encode(whole).length;
    for (const line of whole.split('\n').slice(0, -1)) {
      const timing = JSON.parse(line) as StepTiming;
      this.timings.set(timing.step, timing);
    }
  }

  async #loadEvaluation(step: CommittedStep): Promise<void> {
    const rows = await this.readers.background.evaluations(step);
    for (const at of new Set(rows.map((row) => row.step))) {
      this.#evaluated.set(at, step);
      this.evaluations.set(at, summariseEvaluation(rows.filter((row) => row.step === at)));
    }
  }
}
