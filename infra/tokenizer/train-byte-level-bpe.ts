/**
 * In: texts, the size of the vocabulary, special tokens. Out: a `tokenizer.json`: byte-level BPE with single digits, the same,
 * token for token, that the `BpeTrainer` of Hugging Face `tokenizers` makes. Wrong: CONFIG_INVALID where the
 * vocabulary has no room for the bytes, or a special token is empty or there twice.
 */
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { byteAlphabet } from './byte-alphabet.ts';
import { MergeQueue } from './merge-queue.ts';
import { PairCounts } from './pair-counts.ts';
import { preTokenise } from './pre-tokenisation.ts';
import { byteLevelTokenizerJson, type TokenizerJson } from './tokenizer-json.ts';

export interface BpeTraining {
  /** Special tokens, added words, the 256 bytes and the merges together. Fewer come out where the texts have no pair left. */
  readonly vocabularySize: number;
  /** Their ids are 0, 1, ... in this order. */
  readonly specialTokens: readonly string[];
  /** Text that is always one token, as the markers of a format; their ids follow. @default none */
  readonly addedWords?: readonly string[];
}

/** @throws CONFIG_INVALID */
export function trainByteLevelBpe(texts: Iterable<string>, { vocabularySize, specialTokens, addedWords = [] }: BpeTraining): TokenizerJson {
  const added = [...specialTokens, ...addedWords];
  checkTraining(vocabularySize, added);
  const alphabet = [...byteAlphabet].sort((a, b) => a.charCodeAt(0) - b.charCodeAt(0));
  const tokens = [...added];
  const idOf = new Map(tokens.map((token, id) => [token, id]));
  for (const character of alphabet) addToken(character, tokens, idOf);
  const byteToId = byteAlphabet.map((character) => idOf.get(character)!);
  const { words, counts } = countWords(texts, byteToId);
  const merges = learnMerges(words, counts, tokens, idOf, vocabularySize);
  return byteLevelTokenizerJson(tokens, merges, specialTokens, addedWords);
}

/** Distinct pieces as lists of token ids, in order of first appearance, and how often each came. */
function countWords(texts: Iterable<string>, byteToId: readonly number[]): { words: number[][]; counts: number[] } {
  const countOf = new Map<string, number>();
  for (const text of texts) for (const word of preTokenise(text)) countOf.set(word, (countOf.get(word) ?? 0) + 1);
  const encoder = new TextEncoder();
  const words = [...countOf.keys()].map((word) => Array.from(encoder.encode(word), (byte) => byteToId[byte]!));
  return { words, counts: [...countOf.values()] };
}

/** Extends `tokens` and `idOf` until the vocabulary is full; returns the merged pairs. */
function learnMerges(words: number[][], counts: readonly number[], tokens: string[], idOf: Map<string, number>, size: number): [string, string][] {
  const pairs = new PairCounts();
  for (const [index, word] of words.entries()) {
    for (let i = 1; i < word.length; i++) pairs.add(word[i - 1]!, word[i]!, counts[index]!, index);
  }
  const queue = new MergeQueue();
  pairs.queueChanged(queue);
  const merges: [string, string][] = [];
  while (idOf.size < size) {
    const top = queue.pop();
    if (top === undefined) break;
    const current = pairs.count(top.left, top.right);
    if (top.count !== current) {
      if (current > 0) queue.push({ ...top, count: current });
      continue;
    }
    const [left, right] = [tokens[top.left]!, tokens[top.right]!];
    const merged = addToken(left + right, tokens, idOf);
    merges.push([left, right]);
    for (const index of top.words) words[index] = mergeInWord(words[index]!, top.left, top.right, merged, pairs, counts[index]!, index);
    pairs.queueChanged(queue);
  }
  return merges;
}

/** The word with each `left right` replaced by `merged`, from the left; `pairs` follows the neighbours. */
function mergeInWord(
  word: readonly number[],
  left: number,
  right: number,
  merged: number,
  pairs: PairCounts,
  count: number,
  index: number,
): number[] {
  const result: number[] = [];
  for (let i = 0; i < word.length; i++) {
    if (word[i] !== left || word[i + 1] !== right) {
      result.push(word[i]!);
      continue;
    }
    const before = result.at(-1);
    const after = word[i + 2];
    if (before !== undefined) {
      pairs.add(before, left, -count, index);
      pairs.add(before, merged, count, index);
    }
    if (after !== undefined) {
      pairs.add(right, after, -count, index);
      pairs.add(merged, after, count, index);
    }
    result.push(merged);
    i++;
  }
  return result;
}

/** The id of a token, a new one where it is not in the vocabulary. */
function addToken(token: string, tokens: string[], idOf: Map<string, number>): number {
  const known = idOf.get(token);
  if (known !== undefined) return known;
  idOf.set(token, tokens.length);
  return tokens.push(token) - 1;
}

function checkTraining(vocabularySize: number, added: readonly string[]): void {
  const least = added.length + 256;
  if (!Number.isSafeInteger(vocabularySize) || vocabularySize < least) {
    throw new PretrainZeroError('CONFIG_INVALID', `A vocabulary of ${vocabularySize} has no room for 256 bytes and the added tokens: at least ${least}`);
  }
  if (added.includes('') || new Set(added).size !== added.length) {
    throw new PretrainZeroError('CONFIG_INVALID', `Added tokens must be distinct and not empty: ${JSON.stringify(added)}`);
  }
}
