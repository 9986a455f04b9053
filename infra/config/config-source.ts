/**
 * One layer of a config. In: the text of a YAML file, or a `--set key=value`. Out: its values, and the place of every key. Can go wrong: CONFIG_INVALID
 * for what is no YAML or no mapping, with file and line; USAGE for a `--set` without `=`.
 */
import { isMap, isScalar, LineCounter, parse, parseDocument, type Node, type YAMLMap } from 'yaml';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';

/** Where a value was given: a file and its line, or a command-line setting (line null). */
export interface ConfigPlace {
  readonly file: string;
  readonly line: number | null;
}

export type ConfigTree = { readonly [key: string]: unknown };

export interface ConfigLayer {
  readonly values: ConfigTree;
  /** Dotted key -> its place, for sections and values alike. */
  readonly places: ReadonlyMap<string, ConfigPlace>;
}

export function parseConfigFile(text: string, file: string): ConfigLayer {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) throw new PretrainZeroError('CONFIG_INVALID', `not YAML: ${error.message}`, { file, line: lines.linePos(error.pos[0]).line });
  const { contents } = document;
  if (contents === null) return { values: {}, places: new Map() };
  if (!isMap(contents)) throw new PretrainZeroError('CONFIG_INVALID', 'a config is a mapping of keys to values', { file, line: lineOf(contents, lines) });
  const places = new Map<string, ConfigPlace>();
  collectPlaces(contents, '', (key, node) => places.set(key, { file, line: lineOf(node, lines) }));
  try {
    return { values: document.toJS() as ConfigTree, places };
  } catch (cause) {
    throw new PretrainZeroError('CONFIG_INVALID', `not YAML that can be read: ${cause instanceof Error ? cause.message : String(cause)}`, { file }, cause);
  }
}

/** @param setting `key=value`, the key dotted, the value in YAML: `run.steps=5`, `corpus.path=[a.jsonl, b.jsonl]`. */
export function parseSetting(setting: string): ConfigLayer {
  const at = setting.indexOf('=');
  const key = setting.slice(0, Math.max(at, 0)).trim();
  if (key === '') throw new PretrainZeroError('USAGE', `--set takes key=value, for example --set run.steps=50, not "${setting}"`);
  const places = new Map<string, ConfigPlace>();
  let values = parseValue(setting.slice(at + 1), setting);
  const path = key.split('.');
  for (const [depth, name] of [...path.entries()].reverse()) {
    values = { [name]: values };
    places.set(path.slice(0, depth + 1).join('.'), { file: `--set ${setting}`, line: null });
  }
  return { values: values as ConfigTree, places };
}

function parseValue(text: string, setting: string): unknown {
  try {
    const value: unknown = parse(text);
    return value === null && text.trim() === '' ? '' : value;
  } catch (cause) {
    throw new PretrainZeroError('CONFIG_INVALID', `the value is not YAML: ${cause instanceof Error ? cause.message : String(cause)}`, { file: `--set ${setting}` }, cause);
  }
}

function collectPlaces(map: YAMLMap, prefix: string, put: (key: string, node: unknown) => void): void {
  for (const { key, value } of map.items) {
    const name = prefix + String(isScalar(key) ? key.value : key);
    put(name, key);
    if (isMap(value)) collectPlaces(value, `${name}.`, put);
  }
}

function lineOf(node: unknown, lines: LineCounter): number {
  const start = (node as Node | null)?.range?.[0] ?? 0;
  return lines.linePos(start).line;
}
