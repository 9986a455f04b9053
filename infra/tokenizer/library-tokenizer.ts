/**
 * What is used of `@huggingface/tokenizers`, typed here: its own declarations import without file extensions, which Node's
 * module resolution does not find.
 */
import * as library from '@huggingface/tokenizers';

export interface LibraryTokenizer {
  readonly decoder: object | null;
  encode(text: string, options: { readonly add_special_tokens: boolean }): { readonly ids: number[] };
  decode(tokens: readonly number[], options: { readonly clean_up_tokenization_spaces: boolean }): string;
  id_to_token(id: number): string | undefined;
}

/** Decoder steps one after the other. */
export interface LibrarySequenceDecoder {
  readonly decoders: readonly object[];
}

/** Turns runs of `<0xAB>` tokens into text. */
export interface LibraryByteFallbackDecoder {
  text_decoder: { decode(bytes: Uint8Array): string };
}

interface LibraryModule {
  readonly Tokenizer: new (tokenizer: object, config: object) => LibraryTokenizer;
  readonly SequenceDecoder: new (...config: never) => LibrarySequenceDecoder;
  readonly ByteFallbackDecoder: new (...config: never) => LibraryByteFallbackDecoder;
}

export const { Tokenizer: LibraryTokenizer, SequenceDecoder, ByteFallbackDecoder } = library as unknown as LibraryModule;
