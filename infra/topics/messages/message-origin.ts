/**
 * What the headers of a message say. In: headers that may be anything. Out: what they mean, or why they are none of ours. Every message of a run carries them, so
 * that it can be told apart, and passed over, without its value being read.
 */
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';

/** Which run, start of the gradient sink and step a message belongs to. */
export interface MessageOrigin {
  readonly run: string;
  /** Starts of the gradient sink, from 1. */
  readonly epoch: number;
  readonly step: number;
  /** Of the paragraph; of a control message whatever tells it from others. */
  readonly id: string;
}

export interface MessageHeaders extends MessageOrigin {
  /** Name and version of the record. */
  readonly record: string;
  readonly version: number;
  /** Place among the parts of a message that was split, from 1, and how many there are. */
  readonly part: number;
  readonly parts: number;
  /** Of the whole value: bytes, and SHA-256 in hexadecimal. */
  readonly bytes: number;
  readonly sha256: string;
}

/** How values are written and split; another number is another project's, or a later one's. */
const codec = 'pretrainzero-arrow-zstd/1';

export function toHeaders({ run, epoch, step, id, record, version, part, parts, bytes, sha256 }: MessageHeaders): Record<string, string> {
  const numbers = { epoch: String(epoch), step: String(step), version: String(version), part: `${part}/${parts}`, bytes: String(bytes) };
  return { codec, run, id, record, sha256, ...numbers };
}

/** Throws MESSAGE_FOREIGN where they are not what `toHeaders` makes. */
export function fromHeaders(headers: Readonly<Record<string, string>>): MessageHeaders {
  if (text(headers, 'codec') !== codec) throw new PretrainZeroError('MESSAGE_FOREIGN', `its header codec is ${show(headers['codec'])}, not ${codec}`);
  const [part, parts, more] = text(headers, 'part').split('/');
  const parsed = {
    run: text(headers, 'run'),
    epoch: count(headers['epoch'], 'epoch'),
    step: count(headers['step'], 'step'),
    id: text(headers, 'id'),
    record: text(headers, 'record'),
    version: count(headers['version'], 'version'),
    part: count(part, 'part'),
    parts: count(parts, 'part'),
    bytes: count(headers['bytes'], 'bytes'),
    sha256: text(headers, 'sha256'),
  };
  if (more !== undefined || parsed.part < 1 || parsed.part > parsed.parts) throw new PretrainZeroError('MESSAGE_FOREIGN', `its header part is ${show(headers['part'])}`);
  return parsed;
}

function text(headers: Readonly<Record<string, string>>, name: string): string {
  const value = headers[name];
  if (value === undefined) throw new PretrainZeroError('MESSAGE_FOREIGN', `it has no header ${name}`);
  return value;
}

function count(value: string | undefined, name: string): number {
  if (value !== undefined && /^\d{1,9}$/.test(value)) return Number(value);
  throw new PretrainZeroError('MESSAGE_FOREIGN', `its header ${name} is ${show(value)}, not a number`);
}

function show(value: string | undefined): string {
  return value === undefined ? 'missing' : JSON.stringify(value.slice(0, 60));
}
