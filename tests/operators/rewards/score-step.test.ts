import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { generationRules } from '../../../operators/rewards/generation/generation-rules.ts';
import { scoringRules } from '../../../operators/rewards/scoring-rules.ts';
import { spanRecords } from '../../../operators/rewards/span-record.ts';
import { openStepScorer } from '../../../operators/rewards/step-scorer.ts';
import { formulations } from '../../../operators/rewards/formulations.ts';
import type { Config } from '../../../schemas/config/config.ts';
import type { ScoredGroups } from '../../../schemas/records/edges.ts';
import { baseConfig } from '../../base-config.ts';
import { sampleParagraph } from '../../sample-paragraph.ts';
import { scoreSample, type SampleOutcomes } from './sample-scores.ts';

const outcomes = fc.array(fc.option(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 3, maxLength: 3 }), { nil: null }), { minLength: 2, maxLength: 4 });
/** Steps of paragraphs, as outcomes. */
const run: fc.Arbitrary<SampleOutcomes[][]> = fc.array(fc.array(outcomes, { minLength: 1, maxLength: 3 }), { minLength: 3, maxLength: 6 });
const config = fc
  .record({ generation: fc.constantFrom(...(Object.keys(generationRules) as Config['rewards']['generation'][])), formulation: fc.constantFrom(...(Object.keys(formulations) as Config['grpo']['formulation'][])), groupFilter: fc.boolean(), baseline: fc.constantFrom('group-mean' as const, 'critic' as const) })
  .map(({ generation, ...grpo }) => baseConfig({ rewards: { generation, recentSteps: 2 }, grpo }));

const values = [0.3, 0.1, 0.5, 0.9, 0.7];

const stepsOf = (steps: readonly (readonly SampleOutcomes[])[], of: Config): ScoredGroups[][] =>
  steps.map((paragraphs, i) => paragraphs.map((each, slot) => scoreSample(each, { paragraph: sampleParagraph({ step: i + 1, slot }), config: of, ...(of.grpo.baseline === 'critic' && { values }) }).scored));

test('a scorer that begins anywhere, and recalls the steps before, scores as one that saw them all', async () => {
  await fc.assert(
    fc.asyncProperty(run, config, fc.nat(), async (outcomesOfSteps, of, at) => {
      const steps = stepsOf(outcomesOfSteps, of);
      const options = { rules: scoringRules(of), recentSteps: of.rewards.recentSteps };
      const whole = openStepScorer({ ...options, recall: () => Promise.reject(new Error('nothing is to be recalled')) });
      const scored: (readonly ScoredGroups[])[] = [];
      for (const [i, step] of steps.entries()) scored.push(await whole.score(i + 1, step));
      const from = at % steps.length;
      const resumed = openStepScorer({ ...options, recall: (step) => Promise.resolve(scored[step - 1]!.flatMap(spanRecords)) });
      for (let i = from; i < steps.length; i++) assert.deepEqual(await resumed.score(i + 1, steps[i]!), scored[i]);
    }),
    { numRuns: 200 },
  );
});

test('whatever the rules: advantages are finite, dropped groups have none, without the filter, or with a critic, only empty groups are dropped, and no rollout changes its group', async () => {
  await fc.assert(
    fc.asyncProperty(run, config, async (outcomesOfSteps, of) => {
      const steps = stepsOf(outcomesOfSteps, of);
      const scorer = openStepScorer({ rules: scoringRules(of), recentSteps: 2, recall: () => Promise.resolve([]) });
      for (const [i, step] of steps.entries()) {
        const scored = await scorer.score(i + 1, step);
        const before = step.flatMap(({ groups }) => groups);
        scored.flatMap(({ groups }) => groups).forEach((group, g) => {
          assert.deepEqual([group.id, group.rolloutIds, group.solved], [before[g]!.id, before[g]!.rolloutIds, before[g]!.solved]);
          assert.ok(group.advantages.every(Number.isFinite));
          assert.equal(group.kept, group.dropReason === null);
          if (!group.kept) assert.ok(group.advantages.every((advantage) => advantage === 0));
          const critic = of.grpo.baseline === 'critic';
          if (critic || !of.grpo.groupFilter) assert.equal(group.kept, group.rolloutIds.length > 0);
          const equal = new Set(group.rewards).size <= 1;
          if (!critic && equal && formulations[of.grpo.formulation].scale !== 'step') assert.ok(group.advantages.every((advantage) => advantage === 0));
        });
      }
    }),
    { numRuns: 200 },
  );
});
