/**
 * Encodes text word by word, each word once. In: an encoder, and the tokenizer.json that it was made from. Out: an encoder that gives the same ids; the same
 * encoder where its tokenizer does not always cut before a word. A prompt repeats the words of its paragraph, and a paragraph is asked about many times.
 *
 * Byte-level BPE of the GPT-2 kind begins a new piece at every space that a letter follows, whatever stands before it, and the ids of a piece depend on the
 * piece alone. Spaces within added tokens would reach over such a cut, so a tokenizer that has such is left alone.
 */
type Json = Readonly<Record<string, unknown>>;
type Encode = (text: string) => readonly number[];

const beforeWords = /(?= \p{L})/u;
const rememberedWords = 65_536; // some ten megabytes

export function wordByWord(encode: Encode, tokenizerJson: Json): (text: string) => number[] {
  if (!cutsBeforeWords(tokenizerJson)) return (text) => [...encode(text)];
  const known = new Map<string, readonly number[]>();
  const encodeWord = (word: string): readonly number[] => {
    const found = known.get(word);
    if (found !== undefined) return found;
    if (known.size === rememberedWords) known.clear();
    const ids = encode(word);
    known.set(word, ids);
    return ids;
  };
  return (text) => {
    const ids: number[] = [];
    for (const word of text.split(beforeWords)) for (const id of encodeWord(word)) ids.push(id);
    return ids;
  };
}

/** @param tokenizer with its pre-tokenizer as `portablePreTokenizer` wrote it: of `Split` and `ByteLevel` steps. */
function cutsBeforeWords({ normalizer, pre_tokenizer: preTokenizer, model, added_tokens: added }: Json): boolean {
  if (stringField(model, 'type') !== 'BPE') return false;
  if (normalizer !== null && normalizer !== undefined && stringField(normalizer, 'type') !== 'NFC') return false; // no composition has a space in it
  if (Array.isArray(added) && added.some((token) => / \p{L}/u.test(stringField(token, 'content') ?? '') || spaceTaking(token))) return false;
  const steps = stepsOf(preTokenizer);
  const known = steps.every((step) => step.type === 'Split' || (step.type === 'ByteLevel' && step.add_prefix_space !== true));
  return known && steps.some((step) => wordPattern.test(stringField(step.pattern, 'Regex') ?? ''));
}

/** GPT-2's ` ?\p{L}+`, or `[^\r\n\p{L}\p{N}]?\p{L}+` of Llama 3 and Qwen. */
const wordPattern = /(?:^|\|)(?: \?|\[\^\\r\\n\\p\{L\}\\p\{N\}\]\?)\\p\{L\}\+(?:\||$)/;

function spaceTaking(token: unknown): boolean {
  const { lstrip, rstrip } = (token ?? {}) as { readonly lstrip?: unknown; readonly rstrip?: unknown };
  return lstrip === true || rstrip === true;
}

function stepsOf(preTokenizer: unknown): Json[] {
  if (typeof preTokenizer !== 'object' || preTokenizer === null) return [];
  const { type, pretokenizers } = preTokenizer as { readonly type?: unknown; readonly pretokenizers?: unknown };
  return type === 'Sequence' && Array.isArray(pretokenizers) ? pretokenizers.flatMap(stepsOf) : [preTokenizer as Json];
}

function stringField(from: unknown, name: string): string | undefined {
  const value = (from as Json | null | undefined)?.[name];
  return typeof value === 'string' ? value : undefined;
}
