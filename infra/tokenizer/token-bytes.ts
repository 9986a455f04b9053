/**
 * The bytes that each token stands for. In: the parsed `tokenizer.json`. Out: by id, UTF-8, which a token may cut in the middle of a character; null for special tokens and for ids without
 * a token. Wrong: MODEL_UNSUPPORTED for vocabularies that are written in neither of the two ways known here.
 */
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { byteAlphabet } from './byte-alphabet.ts';

type Json = Readonly<Record<string, unknown>>;
type Spell = (token: string) => Uint8Array;

const byteOf = new Map(byteAlphabet.map((character, byte) => [character, byte]));
const encoder = new TextEncoder();

/** @throws MODEL_UNSUPPORTED */
export function tokenBytes(tokenizer: Json, file: string): (Uint8Array | null)[] {
  const spell = spellingOf(tokenizer, file);
  const { vocab } = tokenizer.model as { readonly vocab?: unknown };
  if (typeof vocab !== 'object' || vocab === null || Array.isArray(vocab)) {
    throw new PretrainZeroError('MODEL_UNSUPPORTED', 'The vocabulary is no table of tokens by id, and masks.constrained needs the bytes of each', { file, key: 'model.vocab' });
  }
  const bytes: (Uint8Array | null)[] = [];
  for (const [token, id] of Object.entries(vocab as Record<string, number>)) bytes[id] = spell(token);
  const added = (tokenizer.added_tokens ?? []) as readonly { readonly id: number; readonly content: string; readonly special?: boolean }[];
  for (const { id, content, special } of added) bytes[id] = special === true ? null : encoder.encode(content);
  return Array.from(bytes, (token) => token ?? null);
}

function spellingOf({ decoder }: Json, file: string): Spell {
  const steps = stepsOf(decoder);
  if (steps.includes('ByteLevel')) return byteLevel;
  if (steps.includes('ByteFallback')) return byteFallback;
  throw new PretrainZeroError('MODEL_UNSUPPORTED', `A decoder of ${steps.join(', ') || 'no kind'} does not tell the bytes of a token, which masks.constrained needs`, { file, key: 'decoder' });
}

function stepsOf(decoder: unknown): string[] {
  const { type, decoders } = (decoder ?? {}) as { readonly type?: string; readonly decoders?: readonly unknown[] };
  return type === 'Sequence' ? (decoders ?? []).flatMap(stepsOf) : type === undefined ? [] : [type];
}

/** GPT-2's: each character is a byte. */
function byteLevel(token: string): Uint8Array {
  return Uint8Array.from(token, (character) => byteOf.get(character)!);
}

/** SentencePiece's: a low line is a space, and `<0xAB>` a byte. */
function byteFallback(token: string): Uint8Array {
  const byte = /^<0x([0-9A-F]{2})>$/.exec(token);
  return byte === null ? encoder.encode(token.replaceAll('▁', ' ')) : Uint8Array.of(Number.parseInt(byte[1]!, 16));
}
