/*
 * How to put an operator of one's own into a pipeline. All that is needed comes from the package's public surface
 * (`import ... from 'pretrainzero'` in a program of its own).
 */
import { map, pipe, type OperatorFunction } from 'rxjs';
import {
  drawSpans,
  generateMasks,
  grpoUpdate,
  maskGroups,
  paragraphs,
  passageId,
  pipeline,
  predictionGroups,
  predictSpans,
  pretrainZero,
  regulariseMask,
  replaceStage,
  scoredGroups,
  scoreGroups,
  stage,
  stageNames,
  uniforms,
  seedOf,
  type MaskedPassage,
  type MaskGroup,
  type Paragraph,
  type RolloutDeps,
} from '../../../pipelines/index.ts';
import { stubConfig } from '../../stub-config.ts';
import type { Transport } from '../transport.ts';

/*
 * How to put an operator of one's own into a pipeline. All that is needed comes from the package's public surface
 * (`import ... from 'pretrainzero'` in a program of its own).
 */
import assert from 'node:assert/strict';

/** A span chooser of one's own: the years of the paragraph, in place of learned masks. */
function maskYears({ config }: RolloutDeps): OperatorFunction<Paragraph, MaskGroup> {
  const passageOf = (paragraph: Paragraph, year: string, maskIndex: number): MaskedPassage[] => {
    const id = passageId(paragraph.id, maskIndex);
    const mask = regulariseMask(paragraph.text, year, config.masks.regularise, config.masks.maxOccurrences, uniforms(seedOf(config.run.seed, id)));
    if (!mask.usable) return [];
    const { step, slot } = paragraph;
    return [{ id, paragraphId: paragraph.id, step, slot, maskIndex, maskRolloutId: null, maskText: year, spanStarts: mask.spanStarts, text: mask.maskedText }];
  };
  return map((paragraph) => {
    const years = paragraph.text.match(/\b1[0-9]{3}\b/g) ?? [];
    return { paragraph, maskRollouts: [], passages: years.flatMap((year, i) => passageOf(paragraph, year, i)) };
  });
}

export function ownOperator({ test, inMemory, stubRun }: Transport): void {
  test('an operator of one’s own chooses the spans; all else is the pipeline as it was', async () => {
    const years = pipeline('years')
      .stage('mask-years', maskYears, maskGroups)
      .stage('predict-spans', predictSpans, predictionGroups)
      .stage('score-groups', scoreGroups, scoredGroups)
      .update(grpoUpdate);
    const { outcome, store, events } = await stubRun(stubConfig(), { topology: years });
    assert.equal(outcome.kind, 'completed');
    assert.ok(events[0]?.type === 'started' && events[0].pipeline === 'years');
    const masks = store.commits.flatMap((commit) => commit.paragraphs.flatMap((message) => message.passages.map((passage) => passage.maskText)));
    assert.equal(masks.length, 18);
    assert.ok(masks.every((mask) => /^1\d{3}$/.test(mask)));
  });

  test('one stage of a pipeline is replaced: paragraphs of some titles are passed on without masks', async () => {
    const topology = replaceStage(pretrainZero, 'generate-masks', stage('generate-masks-of-some', paragraphs, generateMasksWithout(/[05]$/), maskGroups));
    assert.deepEqual(stageNames(topology), ['generate-masks-of-some', 'predict-spans', 'score-groups', 'update']);
    const { store } = await stubRun(stubConfig(), { topology });
    for (const { paragraph, predictions } of store.commits.flatMap((commit) => commit.paragraphs)) {
      assert.equal(predictions.length === 0, /[05]$/.test(paragraph.title), paragraph.title);
    }
  });

  inMemory('nothing runs', 'a stage that joins other edges than the one it replaces is refused', () => {
    const wrong = stage('draw', paragraphs, drawSpans, maskGroups);
    assert.throws(() => replaceStage(pretrainZero, 'score-groups', wrong), { code: 'USAGE', message: /joins paragraphs to mask-groups/ });
    assert.throws(() => replaceStage(pretrainZero, 'no-such-stage', wrong), { code: 'USAGE', message: /it has generate-masks, predict-spans, score-groups/ });
  });

  test('a message that is not of its edge’s record is refused, with the field', async () => {
    const careless = () => map((paragraph: Paragraph): MaskGroup => ({ paragraph: { ...paragraph, slot: 0.5 }, maskRollouts: [], passages: [] }));
    const topology = replaceStage(pretrainZero, 'generate-masks', stage('careless', paragraphs, careless, maskGroups));
    await assert.rejects(stubRun(stubConfig(), { topology }), { code: 'RECORD_INVALID', message: /mask_group: (?:record\.)?paragraph\.slot/ });
  });
}

/** Passes every paragraph on, but gives those of some titles no masks, so that nothing is learned from them. */
function generateMasksWithout(titles: RegExp) {
  return (deps: RolloutDeps): OperatorFunction<Paragraph, MaskGroup> =>
    pipe(
      generateMasks(deps),
      map((group) => (titles.test(group.paragraph.title) ? { ...group, maskRollouts: [], passages: [] } : group)),
    );
}
