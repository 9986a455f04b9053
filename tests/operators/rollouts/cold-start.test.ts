import assert from 'node:assert/strict';
import { test } from 'node:test';
import { from, lastValueFrom, toArray } from 'rxjs';
import { coldStart } from '../../../operators/rollouts/cold-start.ts';
import { drawSpans } from '../../../operators/rollouts/draw-spans.ts';
import { generateMasks } from '../../../operators/rollouts/generate-masks.ts';
import { baseConfig } from '../../base-config.ts';
import { sampleParagraph } from '../../sample-paragraph.ts';
import { rolloutTestDeps } from './rollout-test-deps.ts';

const config = baseConfig({ run: { coldStartSteps: 2 } });
const of = (step: number, slot = 0) => sampleParagraph({ step, slot });

test('the first steps have random spans, the later ones learned masks', async () => {
  const deps = rolloutTestDeps({}, config);
  const paragraphs = [1, 2, 3].map((step) => of(step));
  const groups = await lastValueFrom(from(paragraphs).pipe(coldStart(generateMasks)(deps), toArray()));
  const random = await lastValueFrom(from(paragraphs.slice(0, 2)).pipe(drawSpans(rolloutTestDeps({}, config)), toArray()));
  assert.deepEqual(groups.slice(0, 2), random);
  assert.equal(groups[2]!.maskRollouts.length, 8);
  assert.equal(deps.engine.calls.generate, 1);
});

test('a refill of the cold start that comes while a later step is sampled keeps its place', async () => {
  const groups = await lastValueFrom(from([of(3), of(2, 1)]).pipe(coldStart(generateMasks)(rolloutTestDeps({}, config)), toArray()));
  assert.deepEqual(groups.map(({ paragraph }) => paragraph.id), ['000003/00', '000002/01']);
});

test('without a cold start it is the chooser itself', () => {
  const chooser = generateMasks(rolloutTestDeps());
  assert.equal(coldStart(() => chooser)(rolloutTestDeps()), chooser);
});
