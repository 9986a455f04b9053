import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { paragraphKey } from '../../../../infra/explorer/log/paragraph-key.ts';
import { searchStep } from '../../../../infra/explorer/log/search-step.ts';
import { stepDigest } from '../../../../infra/explorer/log/step-digest.ts';
import { surfaceKind } from '../../../../infra/explorer/log/surface-kind.ts';
import type { StepCommit } from '../../../../operators/ports/run-store.ts';
import { committedSteps, folderBytes } from '../folder-bytes.ts';
import { newFolder, smallRun } from '../small-run.ts';

const parent = newFolder();
after(() => rmSync(parent, { recursive: true }));

const commitOne = async (name: string, changes: (commit: StepCommit) => StepCommit) => {
  const run = await smallRun(parent, name);
  const commit = await run.commit(changes);
  const [step] = await committedSteps(join(parent, name));
  return { commit, step: step!, source: folderBytes(join(parent, name)) };
};

/** The first paragraph's first mask: three predictions of four say the same wrong thing, one is right. */
const agreeing = (commit: StepCommit): StepCommit => {
  const [first, ...others] = commit.paragraphs;
  const mask = first!.passages[0]!.maskIndex;
  const predictions = first!.predictions.map((prediction) => {
    if (prediction.maskIndex !== mask) return prediction;
    return prediction.index === 0 ? { ...prediction, answer: first!.passages[0]!.maskText, correct: true } : { ...prediction, answer: 'Atlantis', correct: false };
  });
  return { ...commit, paragraphs: [{ ...first!, predictions }, ...others] };
};

test('a line for every mask, with what its predictions came to', async () => {
  const { commit, step, source } = await commitOne('digest', agreeing);
  const { masks, paragraphs } = await stepDigest(source, step, null);
  assert.equal(masks.length, commit.paragraphs.flatMap(({ maskRollouts }) => maskRollouts).length);
  assert.deepEqual(paragraphs.map(({ key }) => key), commit.paragraphs.map(({ paragraph }) => paragraphKey(paragraph)));
  const passage = commit.paragraphs[0]!.passages[0]!;
  const found = masks.find(({ slot, index }) => slot === 0 && index === passage.maskIndex)!;
  assert.deepEqual([found.text, found.solved, found.attempts, found.agreeing], [passage.maskText, 1, 4, 3]);
  for (const { groups, paragraph, passages } of commit.paragraphs) {
    const fate = (of: (typeof groups)[number]) => (of.kept ? 'kept' : of.dropReason);
    for (const { maskIndex } of passages) {
      const mask = masks.find(({ slot, index }) => slot === paragraph.slot && index === maskIndex)!;
      assert.equal(mask.predictFate, fate(groups.find((group) => group.maskIndex === maskIndex)!));
      assert.equal(mask.maskFate, fate(groups.find(({ role }) => role === 'mask')!));
    }
  }
});

test('a mask that was not usable has its reason and what was proposed', async () => {
  const { step, source } = await commitOne('rejected', (commit) => {
    const [first, ...others] = commit.paragraphs;
    const maskRollouts = first!.maskRollouts.map((mask) => (mask.index === 1 ? { ...mask, answer: 'nowhere', rejection: 'not-in-paragraph' as const } : mask));
    const passages = first!.passages.filter(({ maskIndex }) => maskIndex !== 1);
    const predictions = first!.predictions.filter(({ maskIndex }) => maskIndex !== 1);
    return { ...commit, paragraphs: [{ ...first!, maskRollouts, passages, predictions }, ...others] };
  });
  const { masks } = await stepDigest(source, step, null);
  assert.deepEqual(
    masks.filter(({ slot }) => slot === 0).map(({ index }) => index),
    [0, 1, 2, 3],
  );
  const mask = masks.find(({ slot, index }) => slot === 0 && index === 1)!;
  assert.deepEqual([mask.text, mask.rejection, mask.attempts, mask.predictFate], ['nowhere', 'not-in-paragraph', 0, null]);
});

test('the class of a hidden text is that of the labels, or what it looks like where there are none', async () => {
  const { commit, step, source } = await commitOne('classes', (each) => each);
  const asked: string[] = [];
  const labelled = await stepDigest(source, step, ({ text, maskText, spanStarts }) => {
    assert.equal(text.slice(spanStarts[0], spanStarts[0]! + maskText.length), maskText);
    asked.push(text);
    return 'knowledge';
  });
  const passages = commit.paragraphs.flatMap((paragraph) => paragraph.passages);
  assert.deepEqual(asked, passages.map(({ slot }) => commit.paragraphs[slot]!.paragraph.text));
  for (const { rejection, spanClass } of labelled.masks) assert.equal(spanClass, rejection ?? 'knowledge');
  const { masks } = await stepDigest(source, step, null);
  for (const { rejection, text, spanClass } of masks) assert.equal(spanClass, rejection ?? surfaceKind(text));
});

test('search finds a text in paragraphs and in the responses of both roles, whatever its case and signs', async () => {
  const { step, source } = await commitOne('search', (commit) => {
    const [first, ...others] = commit.paragraphs;
    const maskRollouts = first!.maskRollouts.map((mask, i) => (i === 0 ? { ...mask, responseText: 'so (A+B)* it is' } : mask));
    const predictions = first!.predictions.map((prediction, i) => (i === 0 ? { ...prediction, responseText: 'perhaps (a+b)*?' } : prediction));
    return { ...commit, paragraphs: [{ ...first!, paragraph: { ...first!.paragraph, text: `before (a+b)* after` }, maskRollouts, predictions }, ...others] };
  });
  const hits = await searchStep(source, step, '(a+b)*');
  assert.deepEqual(
    hits.map(({ slot, place, match }) => [slot, place, match]),
    [
      [0, 'paragraph', '(a+b)*'],
      [0, 'mask', '(A+B)*'],
      [0, 'prediction', '(a+b)*'],
    ],
  );
  assert.equal(hits[2]!.before, 'perhaps ');
  assert.deepEqual(await searchStep(source, step, 'not to be found'), []);
});
