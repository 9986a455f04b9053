/**
 * A corpus as a stream of paragraphs, pulled. In: files, limits, a seed. Out: dead letters and paragraphs without near duplicates, shuffled within
 * windows, epoch after epoch; and at any time a position from which a new reader gives exactly what would have followed. Memory: one page, one window, the
 * memory of recent paragraphs. Errors: CORPUS_EMPTY at the end of an epoch without paragraphs, NETWORK_FAILED; after an error the reader is done.
 */
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { CorpusItem, CorpusPosition, ParagraphReader } from '../ports/paragraph-source.ts';
import { emptyCounts, type CorpusCounts } from './corpus-counts.ts';
import { corpusStart } from './corpus-cursor.ts';
import { corpusDigest, parsePosition, type CorpusMark, type SavedPosition } from './corpus-position.ts';
import { NearDuplicateFilter } from './near-duplicate-filter.ts';
import { readCandidates, type Candidate, type CandidateEvent, type ReadCandidatesDeps } from './read-candidates.ts';
import { RecentMarks } from './recent-marks.ts';
import { shuffleWindow } from './shuffle-window.ts';

export interface ParagraphReaderDeps extends ReadCandidatesDeps {
  readonly seed: number;
  readonly nearDuplicateThreshold: number;
  readonly shuffleWindow: number; // paragraphs
  readonly repeat: boolean;
  /** How many candidates back duplicates are recognised. @default 2048 */
  readonly duplicateMemory?: number;
}

export interface CorpusReader extends ParagraphReader {
  counts(): Readonly<CorpusCounts>;
}

const lettersPerWindow = 256; // a window ends with them too, so that a file of nothing but errors stays in bounds
const epochStart: CorpusMark = { cursor: corpusStart, candidates: 0 };

export async function openParagraphReader(deps: ParagraphReaderDeps, from?: CorpusPosition): Promise<CorpusReader> {
  const reader = new WindowedReader(deps);
  if (from !== undefined) await reader.restore(parsePosition(from, deps.files));
  return reader;
}

type WindowItem = { readonly kind: 'dead-letter'; readonly letter: (CorpusItem & { kind: 'dead-letter' })['letter'] } | { readonly kind: 'candidate'; readonly candidate: Candidate };

class WindowedReader implements CorpusReader {
  readonly #deps: ParagraphReaderDeps;
  readonly #corpus: string;
  readonly #memorySize: number;
  #memory: NearDuplicateFilter;
  #marks: RecentMarks;
  #events: AsyncGenerator<CandidateEvent, void>;
  #at: CorpusMark = epochStart; // after the last event taken
  #state: SavedPosition;
  #items: readonly WindowItem[] = [];
  #paragraphs = 0; // given of the window
  #windowOpen = false;
  #epochEnded = false;
  #pending: Promise<unknown> = Promise.resolve();
  #failure: { readonly error: unknown } | null = null;
  #closed = false;

  constructor(deps: ParagraphReaderDeps) {
    this.#deps = deps;
    this.#corpus = corpusDigest(deps.files);
    this.#memorySize = deps.duplicateMemory ?? 2048;
    this.#memory = this.#newMemory();
    this.#marks = new RecentMarks(this.#memorySize, epochStart);
    this.#events = readCandidates(corpusStart, deps);
    this.#state = { version: 1, corpus: this.#corpus, epoch: 0, window: 0, start: epochStart, memory: epochStart, given: 0, ordinal: 0, epochParagraphs: 0 };
  }

  /** Fills the memory, reads the window again and leaves out what was given. */
  async restore(saved: SavedPosition): Promise<void> {
    this.#marks = new RecentMarks(this.#memorySize, saved.memory);
    let at = saved.memory;
    const before = readCandidates(at.cursor, { ...this.#deps, counts: emptyCounts() });
    while (at.candidates < saved.start.candidates) {
      const { value } = await before.next();
      if (value === undefined) throw new PretrainZeroError('RUN_MISMATCH', 'the corpus has fewer paragraphs than the saved position tells');
      if (value.kind === 'letter') continue;
      this.#memory.seen(value.candidate.text);
      at = { cursor: value.next, candidates: at.candidates + 1 };
      this.#marks.add(at);
    }
    await before.return();
    this.#state = saved;
    this.#at = saved.start;
    this.#events = readCandidates(saved.start.cursor, this.#deps);
    if (saved.given === 0) return;
    await this.#fill();
    this.#state = saved;
    this.#paragraphs = this.#items.slice(0, saved.given).filter((item) => item.kind === 'candidate').length;
  }

  next(): Promise<IteratorResult<CorpusItem, undefined>> {
    const result = this.#pending.then(() => this.#next());
    this.#pending = result.catch(() => undefined);
    return result;
  }

  position(): CorpusPosition {
    return { ...this.#state };
  }

  counts(): Readonly<CorpusCounts> {
    return this.#deps.counts;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#pending;
    await this.#events.return();
  }

  async return(): Promise<IteratorResult<CorpusItem, undefined>> {
    await this.close();
    return { done: true, value: undefined };
  }

  async #next(): Promise<IteratorResult<CorpusItem, undefined>> {
    if (this.#failure !== null) throw this.#failure.error;
    try {
      while (!this.#closed) {
        const item = this.#items[this.#state.given];
        if (this.#windowOpen && item !== undefined) return { done: false, value: this.#give(item) };
        if (this.#windowOpen && !(await this.#advance())) this.#closed = true;
        else await this.#fill();
      }
      return { done: true, value: undefined };
    } catch (error) {
      this.#failure = { error };
      throw error;
    }
  }

  #give(item: WindowItem): CorpusItem {
    this.#state = { ...this.#state, given: this.#state.given + 1 };
    if (item.kind === 'dead-letter') return item;
    const ordinal = this.#state.ordinal + this.#paragraphs++;
    return { kind: 'paragraph', paragraph: { ...item.candidate, ordinal, epoch: this.#state.epoch } };
  }

  /** To the next window or epoch; false at the end of all. */
  async #advance(): Promise<boolean> {
    const { epoch, window, ordinal, epochParagraphs } = this.#state;
    const given = { ordinal: ordinal + this.#paragraphs, epochParagraphs: epochParagraphs + this.#paragraphs };
    this.#paragraphs = 0;
    this.#windowOpen = false;
    if (!this.#epochEnded) {
      this.#state = { ...this.#state, ...given, window: window + 1, start: this.#at, memory: this.#marks.start(this.#at), given: 0 };
      return true;
    }
    if (given.epochParagraphs === 0) throw this.#empty();
    if (!this.#deps.repeat) return false;
    await this.#events.return();
    this.#memory = this.#newMemory();
    this.#marks = new RecentMarks(this.#memorySize, epochStart);
    this.#at = epochStart;
    this.#events = readCandidates(corpusStart, this.#deps);
    this.#epochEnded = false;
    this.#state = { ...this.#state, epoch: epoch + 1, window: 0, start: epochStart, memory: epochStart, given: 0, ordinal: given.ordinal, epochParagraphs: 0 };
    return true;
  }

  async #fill(): Promise<void> {
    const letters: WindowItem[] = [];
    const candidates: WindowItem[] = [];
    while (candidates.length < this.#deps.shuffleWindow && letters.length < lettersPerWindow && !this.#closed) {
      const { value } = await this.#events.next();
      if (value === undefined) {
        this.#epochEnded = true;
        break;
      }
      this.#at = { cursor: value.next, candidates: this.#at.candidates + (value.kind === 'candidate' ? 1 : 0) };
      if (value.kind === 'letter') {
        letters.push({ kind: 'dead-letter', letter: value.letter });
        continue;
      }
      this.#marks.add(this.#at);
      if (this.#memory.seen(value.candidate.text)) this.#deps.counts.duplicates++;
      else candidates.push({ kind: 'candidate', candidate: value.candidate });
    }
    this.#deps.counts.paragraphs += candidates.length;
    const { epoch, window } = this.#state;
    this.#items = [...letters, ...shuffleWindow(candidates, { seed: this.#deps.seed, epoch, window })];
    this.#windowOpen = true;
  }

  #newMemory(): NearDuplicateFilter {
    return new NearDuplicateFilter(this.#deps.nearDuplicateThreshold, this.#memorySize);
  }

  #empty(): PretrainZeroError {
    const { limits, counts, files } = this.#deps;
    const left = [
      `${counts.pages} pages read`,
      `${counts.tooShort} paragraphs under ${limits.minTokens} tokens`,
      `${counts.tooLong} sentences over ${limits.maxTokens}`,
      `${counts.letters} dead letters`,
    ];
    const names = files.length === 1 ? files[0]!.address : `${files.length} files`;
    return new PretrainZeroError('CORPUS_EMPTY', `no paragraph of ${limits.minTokens} to ${limits.maxTokens} tokens in ${names}: ${left.join(', ')}`);
  }
}
