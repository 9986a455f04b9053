/**
 * What tokens read. In: the text of a `tokenizer.json`. Out: a function from a token id to its text; bytes that are no character alone are U+FFFD, an unknown
 * id is null. For byte-level and SentencePiece vocabularies. Can go wrong: LOG_DAMAGED where the text is no tokenizer.
 */
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { byteAlphabet } from '../../tokenizer/byte-alphabet.ts';

interface TokenizerJson {
  readonly added_tokens?: readonly { readonly id: number; readonly content: string }[];
  /** A piece's id is its value; in Unigram, its place. */
  readonly model: { readonly vocab: Readonly<Record<string, number>> | readonly (readonly [piece: string, score: number])[] };
  readonly decoder?: unknown;
  readonly pre_tokenizer?: unknown;
}

export function tokenTexts(json: string): (id: number) => string | null {
  const tokenizer = parse(json);
  const pieces = new Map<number, string>();
  const { vocab } = tokenizer.model;
  if (isUnigram(vocab)) for (const [id, [piece]] of vocab.entries()) pieces.set(id, piece);
  else for (const [piece, id] of Object.entries(vocab)) pieces.set(id, piece);
  const added = new Map((tokenizer.added_tokens ?? []).map(({ id, content }) => [id, content]));
  const read = JSON.stringify([tokenizer.decoder, tokenizer.pre_tokenizer]).includes('"ByteLevel"') ? byteLevelText : sentencePieceText;
  return (id) => {
    const piece = pieces.get(id);
    return added.get(id) ?? (piece === undefined ? null : read(piece));
  };
}

function isUnigram(vocab: TokenizerJson['model']['vocab']): vocab is readonly (readonly [string, number])[] {
  return Array.isArray(vocab);
}

const bytes = new Map(byteAlphabet.map((letter, byte) => [letter, byte]));
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

function byteLevelText(piece: string): string {
  return utf8.decode(Uint8Array.from(piece, (letter) => bytes.get(letter) ?? 0x3f));
}

function sentencePieceText(piece: string): string {
  const byte = /^<0x([0-9A-F]{2})>$/.exec(piece)?.[1];
  return byte === undefined ? piece.replaceAll('\u2581', ' ') : utf8.decode(Uint8Array.of(parseInt(byte, 16)));
}

function parse(json: string): TokenizerJson {
  try {
    const value = JSON.parse(json) as Partial<TokenizerJson>;
    if (typeof value.model?.vocab === 'object') return value as TokenizerJson;
  } catch {
    // told below
  }
  throw new PretrainZeroError('LOG_DAMAGED', 'the file is no tokenizer', { file: 'tokenizer.json' });
}
