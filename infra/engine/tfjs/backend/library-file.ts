/** Where the library of our own is: beside the native binding, compiled for one kind of processor. In: what Linux says of the processor. Out: a file name. Nothing can go wrong. */
import { createHash } from 'node:crypto';

export const processorFile = '/proc/cpuinfo';

/** @param processor text of `processorFile`; machines whose processors can do different things get different names, as instructions that one lacks would end the process */
export function libraryFile(processor: string): string {
  const flags = /^flags\s*:(?<flags>.*)$/mu.exec(processor)?.groups?.flags ?? '';
  return `pretrainzero_ops.${createHash('sha256').update(flags).digest('hex').slice(0, 12)}.node`;
}
