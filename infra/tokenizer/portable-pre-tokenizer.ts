/**
 * In: the `pre_tokenizer` of a tokenizer.json (untrusted). Out: one that the JavaScript library cuts text with as the Rust library cuts it
 * with the original. Wrong: MODEL_UNSUPPORTED for what the JavaScript library would cut otherwise.
 *
 * Two kinds differ there: `Digits` knows only ASCII digits, and the built-in pattern of `ByteLevel` takes U+FEFF for white
 * space and U+0085 not. Both are written out as `Split`.
 */
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { gpt2Pattern } from './pre-tokenisation.ts';

type Json = Readonly<Record<string, unknown>>;

/** @throws MODEL_UNSUPPORTED */
export function portablePreTokenizer(preTokenizer: unknown, file: string): unknown {
  if (!isObject(preTokenizer)) return preTokenizer;
  switch (preTokenizer.type) {
    case 'Sequence': {
      const parts: unknown[] = Array.isArray(preTokenizer.pretokenizers) ? preTokenizer.pretokenizers : [];
      return { ...preTokenizer, pretokenizers: parts.map((part) => portablePreTokenizer(part, file)) };
    }
    case 'Digits':
      return isolate(preTokenizer.individual_digits === true ? '\\p{N}' : '\\p{N}+');
    case 'ByteLevel':
      return portableByteLevel(preTokenizer);
    case 'Split':
      refuseMerging(preTokenizer, file);
      return preTokenizer;
    default:
      return preTokenizer;
  }
}

function portableByteLevel(byteLevel: Json): Json {
  // A space is put before each section, and the pattern must see it: that order cannot be written as two steps.
  if (byteLevel.use_regex === false || byteLevel.add_prefix_space === true) return byteLevel;
  return { type: 'Sequence', pretokenizers: [isolate(gpt2Pattern), { ...byteLevel, use_regex: false }] };
}

function isolate(pattern: string): Json {
  return { type: 'Split', pattern: { Regex: pattern }, behavior: 'Isolated', invert: false };
}

function refuseMerging(split: Json, file: string): void {
  const behaviour = typeof split.behavior === 'string' ? split.behavior : '';
  if (['isolated', 'removed'].includes(behaviour.toLowerCase())) return;
  throw new PretrainZeroError('MODEL_UNSUPPORTED', `pre_tokenizer: Split with behavior ${JSON.stringify(split.behavior)} is not supported`, {
    file,
    key: 'pre_tokenizer',
  });
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
