import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { generateMasks, maskGroups, paragraphs, parseLastBraced, predictionGroups, replaceStage, scoredGroups, scoreGroups, scoringRules, stage, type GenerationRule, type ParseAnswer, type Topology } from '../../../pipelines/index.ts';
import { replay } from '../../../pipelines/replay.ts';
import type { ReplayEvent, ReplayOutcome } from '../../../pipelines/replay/replay-events.ts';
import type { ReplayOptions } from '../../../pipelines/replay/replay-options.ts';
import { stubConfig } from '../../stub-config.ts';
import { createStubEngine } from '../../stub-engine.ts';
import { loggedStubRun, stubParts } from './logged-stub-run.ts';

let directory = '';
before(async () => {
  const respond = ({ prompt, seed }: { readonly prompt: string; readonly seed: number }) => (prompt.includes('[mask]') ? undefined : seed % 3 === 0 ? ' \\mask{lie}, no: \\mask{mill}' : seed % 3 === 1 ? ' \\mask{i}' : undefined);
  directory = await loggedStubRun(stubConfig({ run: { steps: 3 } }), { engine: createStubEngine({ accuracy: 0.5, respond }) });
});

const ask = (options: ReplayOptions): Promise<ReplayOutcome> => replay(directory, { parts: stubParts, ...options }).done;
const kept = (outcome: ReplayOutcome, role: 'mask' | 'predict') => {
  const { before: was, after } = outcome.changes!.roles[role].groups;
  return [was.kept ?? 0, after.kept ?? 0];
};

test('another regularisation: masks that are no whole words would have been refused, and nothing else is known to differ', async () => {
  const outcome = await ask({ set: ['masks.regularise=whole-words'] });
  const { masks, examples, roles } = outcome.changes!;
  assert.equal(outcome.kind, 'what-if');
  assert.equal(masks.before.usable! - masks.after.usable!, masks.after['not-whole-words']);
  assert.ok(masks.after['not-whole-words']! > 0);
  assert.ok(examples.length === 5 && examples.every(({ what, before: was, after }) => what === 'mask' && was === 'usable' && after === 'not-whole-words'));
  assert.equal(roles.predict.rewardsChanged, 0);
  assert.ok(roles.mask.rewardsChanged > 0, 'a mask that pays nothing is paid otherwise');
});

test('steps add up to the whole', async () => {
  const events: ReplayEvent[] = [];
  const { events: told, done } = replay(directory, { parts: stubParts, set: ['masks.maxOccurrences=1'] });
  told.subscribe((event) => events.push(event));
  const { changes } = await done;
  const steps = events.flatMap((event) => (event.type === 'step-changes' ? [event.changes] : []));
  assert.deepEqual(steps.map(({ step }) => step), [1, 2, 3]);
  assert.equal(steps.reduce((sum, { masks }) => sum + (masks.before.usable ?? 0), 0), changes!.masks.before.usable);
  assert.equal(changes!.masks.after.usable ?? 0, 0);
  assert.equal(changes!.update.responseTokens.after, 0);
});

test('questions that were never asked are unknown, not guessed', async () => {
  const { changes } = await ask({ set: ['masks.regularise=one-mask', 'rollouts.maxPromptTokens=3000'] });
  const unknown = changes!.roles.predict.groups.after.unknown ?? 0;
  assert.ok(unknown > 0, 'a text that occurs twice has only one place hidden');
  assert.ok((changes!.roles.mask.groups.after.unknown ?? 0) > 0);
  const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((all, count) => all + count, 0);
  assert.equal(sum(changes!.roles.predict.groups.after), sum(changes!.roles.predict.groups.before));
  assert.equal(changes!.roles.predict.rewardsChanged + changes!.roles.predict.advantagesChanged, 0);
});

test('samples that were not held to names do not stand for second tries, which smaller groups have sooner', async () => {
  const respond = ({ prompt, seed }: { readonly prompt: string; readonly seed: number }) => (prompt.includes('[mask]') ? undefined : seed % 3 === 0 ? ' \\mask{mill}' : ' none');
  const own = await loggedStubRun(stubConfig({ run: { steps: 3 }, masks: { atLeast: 2 } }), { engine: createStubEngine({ accuracy: 0.5, respond }) });
  const { changes } = await replay(own, { parts: stubParts, set: ['rollouts.masksPerParagraph=2'] }).done;
  const { masks, roles } = changes!;
  assert.equal(Object.values(masks.after).reduce((a, b) => a + b, 0), 2 * 3 * stubConfig().rollouts.paragraphsPerStep, 'two of each paragraph, and no other');
  assert.ok((roles.mask.groups.after.unknown ?? 0) > 0);
  const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((all, count) => all + count, 0);
  assert.equal(sum(roles.mask.groups.after), sum(roles.mask.groups.before));
});

test('groups of second tries that would have been asked otherwise are unknown, those of masks that are refused are gone', async () => {
  const own = await loggedStubRun(stubConfig({ run: { steps: 3 }, masks: { atLeast: 4 } }), {
    engine: createStubEngine({ accuracy: 0.5, respond: ({ prompt, seed }) => (prompt.includes('[mask]') ? undefined : seed % 2 === 0 ? ' \\mask{i}' : ' none') }),
  });
  const { masks, roles } = (await replay(own, { parts: stubParts, set: ['masks.regularise=whole-words'] }).done).changes!;
  const refused = masks.after['not-whole-words']!;
  const groups = (of: Readonly<Record<string, number>>): number => Object.values(of).reduce((all, count) => all + count, 0);
  assert.ok(refused > 0 && (roles.predict.groups.after.unknown ?? 0) > 0);
  assert.equal(groups(roles.predict.groups.before) - groups(roles.predict.groups.after), refused, 'a refused mask asks nothing');
});

test('smaller groups and lower limits take part of the samples', async () => {
  const smaller = (await ask({ set: ['rollouts.predictionsPerMask=2'] })).changes!;
  assert.equal(Object.values(smaller.predictions.after).reduce((a, b) => a + b, 0) * 2, smaller.roles.predict.rewarded.before);
  const shorter = (await ask({ set: ['rollouts.maxPredictionResponseTokens=8'] })).changes!;
  assert.ok(shorter.predictions.after['no-box']! > 0 && (shorter.predictions.after.right ?? 0) === 0);
});

test('other batches and rates of the same judgements', async () => {
  const { changes } = await ask({ set: ['engine.maxTokensPerMicroBatch=256', 'optimiser.learningRate=1'] });
  assert.ok(changes!.update.gradientBatches.after > changes!.update.gradientBatches.before);
  assert.ok(changes!.update.learningRate.after > changes!.update.learningRate.before);
  assert.deepEqual(changes!.examples, []);
});

test('another reward and another filter, by an operator of one’s own', async () => {
  const usable: GenerationRule = { version: 'usable@1', needs: 'group', rewards: (masks) => masks.map((mask) => (mask === null ? 0 : 1)) };
  const change = (own: Topology): Topology => replaceStage(own, 'score-groups', stage('score-groups', predictionGroups, (deps) => scoreGroups(deps, { ...scoringRules(deps.config), generation: usable }), scoredGroups));
  const rewarded = (await ask({ change })).changes!;
  assert.ok(rewarded.roles.mask.rewardsChanged > 0 && rewarded.roles.mask.rewardSum.after > rewarded.roles.mask.rewardSum.before);
  assert.equal(rewarded.roles.predict.rewardsChanged, 0);

  const dropAll = { predictionDropReason: () => 'all-zero' as const };
  const strict = (own: Topology): Topology => replaceStage(own, 'score-groups', stage('score-groups', predictionGroups, (deps) => scoreGroups(deps, { ...scoringRules(deps.config), ...dropAll }), scoredGroups));
  const [was, is] = kept(await ask({ change: strict }), 'predict');
  assert.ok(was! > 0 && is === 0);
});

test('another parser', async () => {
  const first: ParseAnswer = (text, command) => parseLastBraced(text.slice(0, text.indexOf('}') + 1), command);
  const change = (own: Topology): Topology => replaceStage(own, 'generate-masks', stage('generate-masks', paragraphs, (deps) => generateMasks(deps, first), maskGroups));
  const { changes } = await ask({ change });
  assert.ok(changes!.roles.predict.groups.after.unknown! > 0, 'first braces hold another mask');
});

test('what no log can answer is refused, with the reason', async () => {
  const refusals: readonly (readonly [setting: string, says: RegExp])[] = [
    ['rollouts.temperature=0.5', /decides what is sampled/],
    ['run.seed=9', /decides what is sampled/],
    ['rollouts.predictionsPerMask=8', /can be lowered, not raised/],
    ['grpo.clipLow=0.1', /--train/],
  ];
  for (const [setting, says] of refusals) await assert.rejects(ask({ set: [setting] }), { code: 'USAGE', message: says });
});

test('a setting that is as it was changes nothing: the log is compared', async () => {
  assert.equal((await ask({ set: ['masks.regularise=default'] })).kind, 'values');
});
