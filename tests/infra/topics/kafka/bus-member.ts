/** A process that is one member of a group: `node bus-member.js BROKER GROUP TOPIC [SESSION_MS] [CLIENT]`. Prints what happens, one JSON line each; commits all it takes. */
import { openTestBus, textOf } from './open-test-bus.ts';

export type MemberEvent =
  | { readonly type: 'opened' | 'revoked'; readonly partition: number }
  | { readonly type: 'took'; readonly partition: number; readonly offset: number; readonly text: string };

const [broker, group, topic, sessionMs = '2000', clientId] = process.argv.slice(2) as [string, string, string, string?, string?];
const tell = (event: MemberEvent): boolean => process.stdout.write(`${JSON.stringify(event)}\n`);
const bus = await openTestBus([broker], { sessionTimeoutMs: Number(sessionMs) }, clientId);
const member = await bus.join({
  group,
  topics: [topic],
  open: (_, partition) => {
    tell({ type: 'opened', partition });
    return {
      take: (messages) => {
        for (const message of messages) tell({ type: 'took', partition, offset: Number(message.offset), text: textOf(message) });
        return Promise.resolve(messages.at(-1)!.offset + 1n);
      },
      revoked: () => void tell({ type: 'revoked', partition }),
    };
  },
});
process.once('SIGTERM', () => void member.close().then(() => bus.close()));
await member.ended;
