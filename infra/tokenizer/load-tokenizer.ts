/**
 * In: a model folder with `tokenizer.json`, and where there `tokenizer_config.json`, `config.json`, `generation_config.json`,
 * `chat_template.jinja`; a GGUF file; or an adapter's folder, which stands for its base. Out: the Tokenizer port. Wrong: MODEL_INVALID for missing or damaged files, MODEL_UNSUPPORTED for kinds of
 * tokenizer that would cut text otherwise than the reference.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { Tokenizer } from '../../operators/ports/tokenizer.ts';
import { ggufStopTokens } from '../engine/model-files/gguf/gguf-config.ts';
import { isGgufPath, readGgufFile } from '../engine/model-files/gguf/read-gguf-file.ts';
import { readJsonFile } from '../engine/model-files/read-json-file.ts';
import { sourceOf } from '../engine/model-files/read-model.ts';
import { chatTemplate, type RenderChat } from './chat-template.ts';
import { ggufTokenizerFiles } from './gguf-tokenizer-files.ts';
import { HuggingFaceTokenizer } from './hugging-face-tokenizer.ts';

type Json = Readonly<Record<string, unknown>>;

const largestTokenizerBytes = 256 * 2 ** 20; // vocabularies of a quarter million tokens take about 35 MB

/** @throws MODEL_INVALID, MODEL_UNSUPPORTED */
export async function loadTokenizer(path: string): Promise<Tokenizer> {
  const source = await sourceOf(path);
  return isGgufPath(source) ? loadFromGguf(source) : loadFromFolder(source);
}

async function loadFromGguf(file: string): Promise<Tokenizer> {
  const { metadata } = await readGgufFile(file);
  const { tokenizer, config } = ggufTokenizerFiles(metadata);
  const template = defaultTemplate(config.chat_template);
  return new HuggingFaceTokenizer(
    { tokenizer, config, file },
    {
      stopTokens: ggufStopTokens(metadata).sort((a, b) => a - b),
      chat: template === null ? null : chatTemplate(template, specialTokens(config), file),
    },
  );
}

async function loadFromFolder(directory: string): Promise<Tokenizer> {
  const file = join(directory, 'tokenizer.json');
  const tokenizer = asObject(await readJsonFile(file, largestTokenizerBytes), file);
  const config = await optionalJson(directory, 'tokenizer_config.json');
  const specials = specialTokens(config);
  return new HuggingFaceTokenizer(
    { tokenizer, config, file },
    { stopTokens: await stopTokens(directory, tokenizer, specials), chat: await chat(directory, config, specials) },
  );
}

/** Every end-of-sequence token that any of the files names, ascending. */
async function stopTokens(directory: string, tokenizer: Json, specials: Readonly<Record<string, string>>): Promise<number[]> {
  const stops = new Set<number>();
  for (const name of ['config.json', 'generation_config.json']) {
    const eos = (await optionalJson(directory, name)).eos_token_id;
    for (const id of Array.isArray(eos) ? (eos as unknown[]) : [eos]) if (typeof id === 'number') stops.add(id);
  }
  const added = Array.isArray(tokenizer.added_tokens) ? (tokenizer.added_tokens as unknown[]) : [];
  for (const entry of added) {
    const { id, content } = entry as { readonly id?: unknown; readonly content?: unknown };
    if (typeof id === 'number' && content !== undefined && content === specials.eos_token) stops.add(id);
  }
  return [...stops].sort((a, b) => a - b);
}

async function chat(directory: string, config: Json, specials: Readonly<Record<string, string>>): Promise<RenderChat | null> {
  const file = join(directory, 'chat_template.jinja');
  if (existsSync(file)) return chatTemplate(await readFile(file, 'utf8'), specials, file);
  const source = defaultTemplate(config.chat_template);
  return source === null ? null : chatTemplate(source, specials, join(directory, 'tokenizer_config.json'));
}

/** A template, or the one named `default` of several. */
function defaultTemplate(templates: unknown): string | null {
  if (typeof templates === 'string') return templates;
  if (!Array.isArray(templates)) return null;
  for (const entry of templates as unknown[]) {
    const { name, template } = entry as { readonly name?: unknown; readonly template?: unknown };
    if (name === 'default' && typeof template === 'string') return template;
  }
  return null;
}

/** `bos_token`, `eos_token` and the like: texts, or objects with the text as `content`. */
function specialTokens(config: Json): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of ['bos_token', 'eos_token', 'unk_token', 'pad_token']) {
    const value = config[name];
    const text = typeof value === 'string' ? value : (value as { readonly content?: unknown } | null | undefined)?.content;
    if (typeof text === 'string') found[name] = text;
  }
  return found;
}

async function optionalJson(directory: string, name: string): Promise<Json> {
  const file = join(directory, name);
  return existsSync(file) ? asObject(await readJsonFile(file, largestTokenizerBytes), file) : {};
}

function asObject(json: unknown, file: string): Json {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Json;
  throw new PretrainZeroError('MODEL_INVALID', 'Not a JSON object', { file });
}
