/** Waits for what others bring about within this process, turn by turn of the event loop. Fails where it has not come after many. */
import assert from 'node:assert/strict';

const mostTurns = 10_000;

export async function turnsUntil(what: string, holds: () => boolean): Promise<void> {
  for (let turn = 0; !holds(); turn++) {
    assert.ok(turn < mostTurns, `${what}: not after ${turn} turns`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** For what must not come about: a good many turns. */
export async function someTurns(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
}
