/** A share of a bus for one worker of several in a process. In: the bus. Out: the same; `close` ends the worker's own members alone, and after `cut` nothing that it calls comes back, as after a kill -9. */
import type { GroupMember, MessageBus } from '../../operators/ports/message-bus.ts';

export interface CuttableBus extends MessageBus {
  cut(): void;
}

export function cuttableBus(bus: MessageBus): CuttableBus {
  const members = new Set<GroupMember>();
  let isCut = false;
  const unlessCut = async <T>(call: () => Promise<T>): Promise<T> => {
    const gone = (): boolean => isCut;
    if (gone()) return forever();
    const result = await call();
    return gone() ? forever() : result;
  };
  const keep = async (joining: Promise<GroupMember>): Promise<GroupMember> => {
    const member = await joining;
    members.add(member);
    if (isCut) await member.close();
    return member;
  };
  const close = async (): Promise<void> => {
    await Promise.all([...members].map((member) => member.close()));
  };
  return {
    ...bus,
    publish: (topic, messages) => unlessCut(() => bus.publish(topic, messages)),
    join: (options) => unlessCut(() => keep(bus.join(options))),
    follow: (topic, onMessage) => unlessCut(() => keep(bus.follow(topic, onMessage))),
    readAll: (topic) => unlessCut(() => bus.readAll(topic)),
    close,
    cut() {
      isCut = true;
      void close();
    },
  };
}

function forever(): Promise<never> {
  return new Promise(() => undefined);
}
