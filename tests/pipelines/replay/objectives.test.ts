/* Runs under every reward and formulation: their logs replay to the bit from any step on, an altered history is found, and the log of one answers what another would have paid. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StepLog } from '../../../operators/ports/step-log.ts';
import type { StepChanges } from '../../../operators/replay/step-changes.ts';
import { replay } from '../../../pipelines/replay.ts';
import type { Config } from '../../../schemas/config/config.ts';
import { statelessAnswer } from '../../stateless-answer.ts';
import { stubConfig, type ConfigChanges } from '../../stub-config.ts';
import { createStubEngine } from '../../stub-engine.ts';
import { openStepLog } from '../../../infra/sample-log/open-step-log.ts';
import { nodeFileSystem } from '../../../infra/file-system/node-file-system.ts';
import { loggedStubRun, stubParts } from './logged-stub-run.ts';

const logged = (changes: ConfigChanges): Promise<string> => loggedStubRun(stubConfig({ run: { steps: 5 }, ...changes }), { engine: createStubEngine({ respond: statelessAnswer }) });
const rewards = (generation: Config['rewards']['generation']): ConfigChanges => ({ rewards: { generation, recentSteps: 2 } });

const runs: Record<string, ConfigChanges> = {
  'difficulty without the zero': rewards('difficulty-without-zero'),
  'variety in the group': rewards('variety-in-group'),
  'variety over steps, with refills': { ...rewards('variety-over-steps'), grpo: { refillParagraphs: 2 } },
  'progress, off-policy': { ...rewards('progress'), grpo: { maxStaleness: 1 } },
  'what is unambiguous, by reinforce++': { ...rewards('unambiguous'), grpo: { formulation: 'reinforce++' } },
  'dr-grpo': { grpo: { formulation: 'dr-grpo' } },
  'rloo without the filter': { grpo: { formulation: 'rloo', groupFilter: false } },
  'reinforce++-baseline': { grpo: { formulation: 'reinforce++-baseline' } },
  'a critic, paid for variety over steps, off-policy': { ...rewards('variety-over-steps'), grpo: { baseline: 'critic', maxStaleness: 1 } },
  'a critic by reinforce++': { grpo: { baseline: 'critic', formulation: 'reinforce++' } },
};
for (const [name, changes] of Object.entries(runs)) {
  test(`a run of ${name} replays to the bit, whole and in part`, async () => {
    const directory = await logged(changes);
    for (const steps of ['1..5', '4..', '3']) assert.equal((await replay(directory, { steps, parts: stubParts }).done).difference, null, steps);
  });
}

test('an answer of an earlier step that is altered shows in the pay of a later one', async () => {
  const directory = await logged(rewards('progress'));
  const log = await openStepLog(nodeFileSystem, directory);
  const altered: StepLog = {
    ...log,
    async read(step) {
      const read = await log.read(step);
      if (step === 3) return read;
      return { ...read, tables: { ...read.tables, predictions: read.tables.predictions.map((row) => ({ ...row, responseTokens: row.responseTokens.slice(0, 1) })) } };
    },
  };
  const { difference } = await replay(directory, { steps: '3', parts: { ...stubParts, log: altered } }).done;
  assert.deepEqual([difference?.table, difference?.step], ['groups', 3]);
});

test('what other rewards and formulations would have made of a log is told', async () => {
  const directory = await logged({});
  for (const generation of ['difficulty-without-zero', 'variety-in-group', 'variety-over-steps', 'progress', 'unambiguous'] as const) {
    const { changes } = await replay(directory, { set: [`rewards.generation=${generation}`], parts: stubParts }).done;
    assert.ok(changes!.roles.mask.rewardsChanged > 0, generation);
    assert.equal(changes!.roles.predict.rewardsChanged, 0);
  }
  for (const formulation of ['dr-grpo', 'rloo', 'reinforce++', 'reinforce++-baseline']) {
    const { changes } = await replay(directory, { set: [`grpo.formulation=${formulation}`], parts: stubParts }).done;
    assert.ok(changes!.roles.predict.advantagesChanged > 0 && changes!.roles.predict.rewardsChanged === 0, formulation);
  }
  const { changes } = await replay(directory, { set: ['grpo.groupFilter=false'], parts: stubParts }).done;
  assert.deepEqual(Object.keys(changes!.roles.predict.groups.after), ['kept']);
});

test('a what-if of the last steps remembers the steps before them', async () => {
  const directory = await logged({});
  const changesOf = async (steps: string): Promise<Map<number, StepChanges>> => {
    const told = new Map<number, StepChanges>();
    const { events, done } = replay(directory, { set: ['rewards.generation=progress', 'rewards.recentSteps=2'], steps, parts: stubParts });
    events.subscribe((event) => event.type === 'step-changes' && told.set(event.changes.step, event.changes));
    await done;
    return told;
  };
  const [whole, last] = [await changesOf('1..5'), await changesOf('4..5')];
  assert.deepEqual([...last.keys()], [4, 5]);
  for (const [step, changes] of last) assert.deepEqual(changes, whole.get(step));
  assert.ok(last.get(5)!.roles.mask.rewardsChanged > 0);
});
