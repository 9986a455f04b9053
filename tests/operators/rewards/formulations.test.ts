import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { advantages } from '../../../operators/rewards/advantages.ts';
import { formulations, type Formulation } from '../../../operators/rewards/formulations.ts';
import { RecentSpans } from '../../../operators/rewards/recent-spans.ts';
import { scoreStep } from '../../../operators/rewards/score-step.ts';
import { scoringRules } from '../../../operators/rewards/scoring-rules.ts';
import { whitenStep } from '../../../operators/rewards/whiten-step.ts';
import type { ScoredGroups } from '../../../schemas/records/edges.ts';
import { baseConfig } from '../../base-config.ts';
import { goldenObjectives } from './golden-objectives.ts';
import { scoredStep, type StepGroup } from './scored-step.ts';

const close = (actual: readonly number[], expected: readonly number[], tolerance: number) => {
  assert.equal(actual.length, expected.length);
  actual.forEach((value, i) => assert.ok(Math.abs(value - expected[i]!) <= tolerance, `${value} is not ${expected[i]!}`));
};
const advantagesOf = (step: readonly ScoredGroups[]): number[][] => step.map(({ groups }) => [...groups[0]!.advantages]);

/** As a run scores a step: groups one by one, then the step. */
function scored(groups: readonly StepGroup[], name: Formulation['name']): number[][] {
  const config = baseConfig({ grpo: { formulation: name, groupFilter: false } });
  return advantagesOf(scoreStep(scoredStep(groups, config), scoringRules(config), new RecentSpans(0)));
}

describe('advantages of a step equal those of verl', () => {
  const { rewards, lengths, advantages: golden } = goldenObjectives;
  const groups = rewards.map((own, i): StepGroup => ({ role: 'predict', rewards: own, lengths: lengths[i]! }));
  for (const name of Object.keys(formulations) as Formulation['name'][]) {
    test(name, () => {
      const tolerance = name === 'grpo' ? 1e-5 : 1e-7; // verl adds 1e-6 to the group's deviation, 1e-8 to the step's variance
      scored(groups, name).forEach((own, i) => close(own, golden[name][i]!, tolerance));
    });
  }
});

describe('within a group', () => {
  const rewards = fc.array(fc.integer({ min: 0, max: 8 }).map((count) => count / 8), { minLength: 2, maxLength: 12 });
  const of = (values: readonly number[], name: Formulation['name']): number[] => advantages(values, formulations[name]);

  test('dr-grpo is grpo without the division, and rloo is dr-grpo times n / (n - 1)', () => {
    fc.assert(
      fc.property(rewards, (values) => {
        const differences = of(values, 'dr-grpo');
        const std = Math.sqrt(differences.reduce((sum, value) => sum + value ** 2, 0) / (values.length - 1));
        close(of(values, 'grpo').map((value) => value * std), differences, 1e-12);
        close(of(values, 'rloo'), differences.map((value) => (value * values.length) / (values.length - 1)), 1e-12);
      }),
    );
  });

  test('equal rewards have advantages of exactly 0, also where their mean is not to be had exactly', () => {
    for (const reward of [0.1, 1 / 3, 0.7, 0, 1]) {
      for (const name of ['grpo', 'dr-grpo', 'rloo', 'reinforce++-baseline'] as const) {
        for (let n = 1; n <= 12; n++) assert.deepEqual(of(Array.from({ length: n }, () => reward), name), Array.from({ length: n }, () => 0), `${name}, ${n} of ${reward}`);
      }
    }
  });

  test('baselines that are given stand in the place of the group’s', () => {
    assert.deepEqual(advantages([1, 0, 1], formulations['dr-grpo'], [0.5, 0.5, 0.25]), [0.5, -0.5, 0.75]);
  });
});

describe('over a step', () => {
  const group = fc.record({
    role: fc.constantFrom('mask' as const, 'predict' as const),
    members: fc.array(fc.record({ reward: fc.integer({ min: 0, max: 8 }).map((count) => count / 8), length: fc.integer({ min: 0, max: 5 }) }), { minLength: 2, maxLength: 5 }),
  });
  const step = fc.array(group, { minLength: 1, maxLength: 6 }).map((groups) => groups.map(({ role, members }): StepGroup => ({ role, rewards: members.map(({ reward }) => reward), lengths: members.map(({ length }) => length) })));

  test('advantages of reinforce++ have mean 0 and variance 1 over the tokens of each role, or are all 0', () => {
    fc.assert(
      fc.property(step, fc.constantFrom('reinforce++' as const, 'reinforce++-baseline' as const), (groups, name) => {
        const result = scored(groups, name);
        for (const role of ['mask', 'predict'] as const) {
          const tokens = groups.flatMap((own, g) => (own.role === role ? own.lengths.flatMap((length, i) => Array.from({ length }, () => result[g]![i]!)) : []));
          if (tokens.every((value) => value === 0)) continue;
          const mean = tokens.reduce((sum, value) => sum + value, 0) / tokens.length;
          assert.ok(Math.abs(mean) < 1e-9);
          assert.ok(Math.abs(tokens.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (tokens.length - 1) - 1) < 1e-9);
        }
      }),
    );
  });

  test('a step whose rewards are all alike teaches nothing', () => {
    const alike = [1, 2].map((): StepGroup => ({ role: 'predict', rewards: [1, 1], lengths: [2, 3] }));
    assert.deepEqual(scored(alike, 'reinforce++'), [[0, 0], [0, 0]]);
  });

  test('reinforce++ rewards a group that is right as a whole beside one that is not; with the group’s mean as baseline it does not', () => {
    const groups: StepGroup[] = [{ role: 'predict', rewards: [1, 1], lengths: [2, 2] }, { role: 'predict', rewards: [0, 0], lengths: [2, 2] }];
    const [[right], [wrong]] = scored(groups, 'reinforce++') as [[number, number], [number, number]];
    assert.ok(right > 0 && wrong < 0);
    assert.deepEqual(scored(groups, 'reinforce++-baseline'), [[0, 0], [0, 0]]);
  });

  test('dropped groups are in no statistic and keep advantages of 0', () => {
    const config = baseConfig({ grpo: { formulation: 'reinforce++' } });
    const groups = scoredStep([{ role: 'predict', rewards: [1, 0], lengths: [2, 2] }, { role: 'predict', rewards: [1, 1], lengths: [2, 2] }], config);
    const dropped = groups.map((message, i) => (i === 0 ? message : { ...message, groups: message.groups.map((each) => ({ ...each, kept: false, advantages: [0, 0] })) }));
    const [first, second] = advantagesOf(whitenStep(dropped));
    assert.deepEqual(second, [0, 0]);
    close(first!, [Math.sqrt(3) / 2, -Math.sqrt(3) / 2], 1e-12); // 4 tokens: mean 1/2, variance 1/3
  });
});
