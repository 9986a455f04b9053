/**
 * Membership in a group for as long as there is work. In: the group, how to read a partition, and what ends the work. Out: resolves once one of these has and the group is left.
 * Rejects with what ended the member.
 */
import { createDeferred } from '../../operators/flow/deferred.ts';
import type { GroupMember, GroupOptions, MessageBus } from '../../operators/ports/message-bus.ts';

/** @param open is given the member, which it may use once it has joined. */
export async function workInGroup(
  bus: MessageBus,
  group: Omit<GroupOptions, 'open'>,
  open: (member: Promise<GroupMember>) => GroupOptions['open'],
  ends: readonly Promise<unknown>[],
): Promise<void> {
  const joined = createDeferred<GroupMember>();
  const member = await bus.join({ ...group, open: open(joined.promise) });
  joined.resolve(member);
  try {
    await Promise.race([member.ended, ...ends]);
  } finally {
    await member.close();
  }
}

export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
