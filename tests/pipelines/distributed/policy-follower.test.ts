import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trainStage } from '../../../pipelines/distributed/begin-epoch.ts';
import { fingerprintOf, followPolicies, type FollowOptions } from '../../../pipelines/distributed/policy-follower.ts';
import { groupName } from '../../../pipelines/distributed/run-topics.ts';
import { policyAnnouncement, type PolicyAnnouncement } from '../../../schemas/records/control-messages.ts';
import { isError } from '../../is-error.ts';
import { stubConfig } from '../../stub-config.ts';
import { someTurns, turnsUntil } from '../../turns-until.ts';
import { createStubTopics } from './stub-run-bus.ts';

const config = stubConfig({ grpo: { maxStaleness: 1 } });

async function setUp() {
  const topics = await createStubTopics(config);
  const sink = await topics.connect();
  const announce = (epoch: number, kind: PolicyAnnouncement['kind'], step: number, changes: Partial<PolicyAnnouncement> = {}): Promise<void> => {
    const record: PolicyAnnouncement = { kind, version: step, step, startStep: 0, startPosition: null, weights: null, config: fingerprintOf(config), ...changes };
    return sink.publish('policy-versions', policyAnnouncement, record, { epoch, step, id: `${kind}/${step}` });
  };
  const joinAsSink = () => sink.bus.join({ group: groupName(config, trainStage), topics: [sink.topic('committed-steps')], open: () => ({ take: () => Promise.resolve(null), revoked: () => undefined }) });
  const pauses: (() => void)[] = [];
  const follow = async (options: FollowOptions = {}) => {
    const policies = await followPolicies(await topics.connect(), { sleep: (_, signal) => new Promise<void>((resolve) => pauses.push(resolve) && signal.addEventListener('abort', () => resolve())), ...options });
    let ended = false;
    void policies.ended.then(() => (ended = true));
    return { policies, ended: () => ended };
  };
  return { announce, joinAsSink, follow, pauses };
}

test('the end is told to those that were there, and to those that come after it', async () => {
  const { announce, follow } = await setUp();
  const early = await follow();
  await announce(1, 'epoch', 0);
  await turnsUntil('epoch', () => early.policies.current() !== null);
  assert.equal(early.ended(), false);
  await announce(1, 'end', 6);
  await early.policies.ended;
  const late = await follow();
  await late.policies.ended;
  await Promise.all([early, late].map(({ policies }) => policies.close()));
});

test('one that comes after the end waits where it is told to, for the end of the next start', async () => {
  const { announce, follow } = await setUp();
  await announce(1, 'epoch', 0);
  await announce(1, 'end', 3);
  const { policies, ended } = await follow({ wait: true });
  await someTurns();
  assert.equal(ended(), false);
  await announce(4, 'epoch', 3);
  await someTurns();
  assert.deepEqual([ended(), policies.current()!.epoch], [false, 4]);
  await announce(4, 'end', 6);
  await policies.ended;
  await policies.close();
});

test('one that comes after the end stays where a sink is there again, and goes where that leaves without having begun', async () => {
  const { announce, joinAsSink, follow, pauses } = await setUp();
  await announce(1, 'end', 3);
  const first = await joinAsSink();
  const begun = await follow();
  const waiting = await follow();
  await turnsUntil('both look again', () => pauses.length === 2);
  assert.deepEqual([begun.ended(), waiting.ended()], [false, false]);
  await first.close();
  pauses[1]!();
  await waiting.policies.ended;
  await announce(4, 'epoch', 3);
  await turnsUntil('epoch', () => begun.policies.current()?.epoch === 4);
  pauses[0]!();
  await someTurns();
  assert.equal(begun.ended(), false);
  await Promise.all([begun, waiting].map(({ policies }) => policies.close()));
});

test('one that is closed while it looks again is gone', async () => {
  const { announce, joinAsSink, follow, pauses } = await setUp();
  await announce(1, 'end', 3);
  await joinAsSink();
  const { policies } = await follow();
  await turnsUntil('looks again', () => pauses.length === 1);
  await policies.close();
});

test('a step is sampled by one version, which is waited for, and by none once it or its epoch is over', async () => {
  const { announce, follow } = await setUp();
  const { policies } = await follow();
  const [first, third] = [policies.versionFor(2, 1), policies.versionFor(2, 3)];
  await announce(2, 'epoch', 0);
  assert.equal((await first)!.step, 0);
  await announce(2, 'update', 1);
  assert.equal((await third)!.step, 1);
  const sixth = policies.versionFor(2, 6);
  await turnsUntil('done', () => policies.isOver(2, 1));
  assert.equal(await policies.versionFor(2, 1), null);
  await announce(3, 'epoch', 0);
  assert.equal(await sixth, null);
  assert.equal(policies.isOver(2, 6), true);
  await policies.close();
});

test('a run that goes on under another config is refused', async () => {
  const { announce, follow } = await setUp();
  const { policies } = await follow();
  await announce(1, 'epoch', 0, { config: 'another' });
  await assert.rejects(policies.versionFor(1, 1), isError('RUN_MISMATCH', /another config/));
  await policies.close();
});
