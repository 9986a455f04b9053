/** What kafkajs says on its own. In: where lines go. Out: its log creator: a line an entry, with level and place, without secrets and stack traces. Nothing can go wrong. */
import type { LogEntry, logCreator } from 'kafkajs';
import type { Redactor } from './redactor.ts';

/** Fields of an entry that are of no use to a reader. */
const left = new Set(['message', 'timestamp', 'logger', 'stack', 'clientId']);

export function clientLog(write: (line: string) => void, redactor: Redactor): logCreator {
  return () =>
    ({ namespace, label, log }: LogEntry) => {
      const fields = Object.entries(log).filter(([name]) => !left.has(name));
      const more = fields.length === 0 ? '' : ` ${JSON.stringify(Object.fromEntries(fields))}`;
      write(redactor.redact(`kafkajs ${label} ${namespace}: ${log.message}${more}`));
    };
}
