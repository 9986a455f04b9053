import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { MemberEvent } from './bus-member.ts';
import { Collected } from './collected.ts';

export interface MemberProcess {
  readonly child: ChildProcess;
  readonly events: Collected<MemberEvent>;
}

/** A member of a group in a process of its own. @param more SESSION_MS and CLIENT of bus-member.ts */
export function startMember(broker: string, group: string, topic: string, ...more: string[]): MemberProcess {
  const child = spawn(process.execPath, [fileURLToPath(new URL('bus-member.js', import.meta.url)), broker, group, topic, ...more], { stdio: ['ignore', 'pipe', 'inherit'] });
  const events = new Collected<MemberEvent>();
  createInterface({ input: child.stdout }).on('line', (line) => events.add(JSON.parse(line) as MemberEvent));
  return { child, events };
}

export const opened = (partition: number) => (events: readonly MemberEvent[]): boolean => events.some((event) => event.type === 'opened' && event.partition === partition);
