import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { from, lastValueFrom, toArray } from 'rxjs';
import { seedOf } from '../../../operators/flow/seeds.ts';
import { contentSpans } from '../../../operators/rollouts/content-spans.ts';
import { generateMasks } from '../../../operators/rollouts/generate-masks.ts';
import type { MaskGroup } from '../../../schemas/records/edges.ts';
import type { Paragraph } from '../../../schemas/records/paragraph.ts';
import { baseConfig } from '../../base-config.ts';
import { sampleParagraph, sampleText } from '../../sample-paragraph.ts';
import { rolloutTestDeps, type RolloutTestDeps } from './rollout-test-deps.ts';

const run = (deps: RolloutTestDeps, paragraphs: readonly Paragraph[]): Promise<MaskGroup[]> =>
  lastValueFrom(from(paragraphs).pipe(generateMasks(deps), toArray()));

const scripted = (responses: readonly string[]) => rolloutTestDeps({ respond: ({ index }) => responses[index] }, baseConfig({ rollouts: { masksPerParagraph: responses.length } }));

describe('generateMasks', () => {
  test('a usable mask becomes a passage with its places and its text', async () => {
    const [group] = await run(scripted(['a river: \\mask{ France }']), [sampleParagraph()]);
    const [rollout] = group!.maskRollouts;
    assert.equal(rollout!.answer, 'France');
    assert.equal(rollout!.responseText.slice(rollout!.answerStart!, rollout!.answerEnd!), 'France');
    assert.deepEqual([rollout!.rejection, rollout!.occurrences], [null, 1]);
    assert.deepEqual(group!.passages, [
      {
        id: '000001/00/passage/0',
        paragraphId: '000001/00',
        step: 1,
        slot: 0,
        maskIndex: 0,
        maskRolloutId: '000001/00/mask/0',
        maskText: 'France',
        spanStarts: [sampleText.indexOf('France')],
        text: sampleText.replace('France', '[mask]'),
      },
    ]);
  });

  test('an unusable mask is kept as a rollout with its reason and makes no passage', async () => {
    const [group] = await run(scripted(['\\mask{Spain}', 'no idea', '\\mask{}', '\\mask{the}']), [sampleParagraph()]);
    assert.deepEqual(group!.maskRollouts.map((rollout) => rollout.rejection), ['not-in-paragraph', 'no-mask', 'empty-mask', null]);
    assert.deepEqual(group!.passages.map((passage) => passage.maskIndex), [3]);
  });

  test('a mask whose prediction prompt would be too long is rejected', async () => {
    const prompt = rolloutTestDeps().template.maskPrompt({ title: 'Loire', sections: [], text: sampleText });
    const config = baseConfig({ rollouts: { masksPerParagraph: 2, maxPromptTokens: prompt.length } });
    const deps = rolloutTestDeps({ respond: ({ index }) => ['\\mask{It}', '\\mask{Atlantic}'][index] }, config);
    const [group] = await run(deps, [sampleParagraph()]);
    assert.deepEqual(group!.maskRollouts.map((rollout) => rollout.rejection), ['prediction-prompt-too-long', null]);
    assert.equal(group!.passages.length, 1);
  });

  test('a paragraph whose prompt is too long goes on without masks, and a dead letter says where it came from', async () => {
    const deps = rolloutTestDeps({}, baseConfig({ rollouts: { maxPromptTokens: 150 } }));
    const long = sampleParagraph({ cohortSize: 2, text: sampleText.repeat(3) });
    const groups = await run(deps, [long, sampleParagraph({ slot: 1, cohortFirstSlot: 0, cohortSize: 2 })]);
    assert.deepEqual(groups.map((group) => group.maskRollouts.length), [0, 8]);
    assert.equal(deps.letters.length, 1);
    const { code, recordId, file, byteOffset, role } = deps.letters[0]!;
    assert.deepEqual({ code, recordId, file, byteOffset, role }, { code: 'PROMPT_TOO_LONG', recordId: '000001/00', file: 'rivers.jsonl', byteOffset: 1234, role: null });
    assert.match(deps.letters[0]!.message, /more than 150/);
  });

  test('a cohort in which every prompt is too long asks nothing of the engine', async () => {
    const deps = rolloutTestDeps({}, baseConfig({ rollouts: { maxPromptTokens: 10 } }));
    const groups = await run(deps, [sampleParagraph()]);
    assert.deepEqual([groups.length, deps.engine.calls.generate], [1, 0]);
  });

  test('one call of the engine a cohort, with a seed a rollout from its id', async () => {
    const deps = rolloutTestDeps({}, baseConfig({ run: { seed: 5 }, rollouts: { masksPerParagraph: 3, temperature: 0.7, maxMaskResponseTokens: 99 } }));
    const paragraphs = [1, 2].flatMap((step) => [0, 1].map((slot) => sampleParagraph({ step, slot, cohortFirstSlot: 0, cohortSize: 2 })));
    const groups = await run(deps, paragraphs);
    assert.equal(deps.engine.calls.generate, 2);
    assert.deepEqual(groups.map((group) => group.paragraph.id), ['000001/00', '000001/01', '000002/00', '000002/01']);
    const [request] = deps.engine.requests.generate;
    assert.deepEqual(request!.groups[1]!.seeds, [0, 1, 2].map((index) => seedOf(5, `000001/01/mask/${index}`)));
    assert.deepEqual([request!.temperature, request!.maxNewTokens], [0.7, 99]);
    assert.deepEqual(groups[1]!.maskRollouts.map((rollout) => rollout.seed), request!.groups[1]!.seeds);
  });

  test('the records do not depend on the order in which paragraphs arrive', async () => {
    const cohort = [0, 1, 2].map((slot) => sampleParagraph({ slot, cohortFirstSlot: 0, cohortSize: 3, title: `river ${slot}` }));
    assert.deepEqual(await run(rolloutTestDeps(), cohort), await run(rolloutTestDeps(), [...cohort].reverse()));
  });

  test('one-mask draws the occurrence from the id: again the same, for other rollouts another', async () => {
    const config = baseConfig({ masks: { regularise: 'one-mask' }, rollouts: { masksPerParagraph: 8 } });
    const places = async () => (await run(rolloutTestDeps({ respond: () => '\\mask{the}' }, config), [sampleParagraph()]))[0]!.passages.map((passage) => passage.spanStarts);
    const first = await places();
    assert.deepEqual(first, await places());
    assert.ok(first.every((starts) => starts.length === 1));
    assert.ok(new Set(first.map(String)).size > 1);
  });

  describe('second tries', () => {
    const config = (atLeast: number) => baseConfig({ rollouts: { masksPerParagraph: 4 }, masks: { atLeast } });
    const oneUsable = ['\\mask{Spain}', 'no idea', '\\mask{France}', '\\mask{}'];

    test('are asked for where there are fewer usable masks than wanted, as many as are wanting, under a rule', async () => {
      const asked: number[] = [];
      const respond = ({ index, seed }: { index: number; seed: number }) => {
        asked.push(seed);
        return asked.length > oneUsable.length ? '\\mask{Atlantic}' : oneUsable[index];
      };
      const deps = rolloutTestDeps({ respond }, config(3));
      const [group] = await run(deps, [sampleParagraph()]);
      assert.deepEqual(group!.maskRollouts.map(({ constraint }) => constraint), [null, null, null, null, 'names', 'names']);
      assert.deepEqual(group!.passages.map(({ id, maskText }) => [id, maskText]), [['000001/00/passage/2', 'France'], ['000001/00/passage/4', 'Atlantic'], ['000001/00/passage/5', 'Atlantic']]);
      const [first, second] = deps.engine.requests.generate;
      assert.equal(first!.groups[0]!.copying, null);
      assert.deepEqual([second!.groups[0]!.ids, second!.groups[0]!.promptTokens], [['000001/00/mask/4', '000001/00/mask/5'], first!.groups[0]!.promptTokens]);
      assert.deepEqual(asked, [0, 1, 2, 3, 4, 5].map((index) => seedOf(config(3).run.seed, `000001/00/mask/${index}`)));
      assert.equal(second!.groups[0]!.copying!.begins.length, contentSpans(sampleText).length);
    });

    test('of a paragraph without names or numbers are held to a word that carries content', async () => {
      const text = 'it rains on the hill and in the valley';
      const deps = rolloutTestDeps({ respond: ({ index }) => (index < 4 ? 'no idea' : '\\mask{hill}') }, config(1));
      const [group] = await run(deps, [sampleParagraph({ text })]);
      assert.equal(group!.maskRollouts.at(-1)!.constraint, 'content-words');
      const { copies, begins } = deps.engine.requests.generate[1]!.groups[0]!.copying!;
      assert.deepEqual([copies, [...begins]], ['content-words', ['rains', 'hill', 'valley'].map((word) => text.indexOf(word))]);
    });

    test('only of those paragraphs of a cohort that need them', async () => {
      const deps = rolloutTestDeps({ respond: ({ prompt, index }) => (prompt.startsWith('known') ? '\\mask{France}' : oneUsable[index]) }, config(2));
      const groups = await run(deps, ['known', 'unknown', 'known'].map((title, slot) => sampleParagraph({ slot, title, cohortFirstSlot: 0, cohortSize: 3 })));
      assert.deepEqual(groups.map(({ maskRollouts }) => maskRollouts.length), [4, 5, 4]);
      assert.equal(deps.engine.requests.generate[1]!.groups.length, 1);
    });

    test('are not asked for where there are enough, nor of a paragraph whose prompt is too long', async () => {
      const enough = rolloutTestDeps({ respond: () => '\\mask{France}' }, config(4));
      await run(enough, [sampleParagraph()]);
      const tooLong = rolloutTestDeps({}, baseConfig({ rollouts: { maxPromptTokens: 10 }, masks: { atLeast: 4 } }));
      const [group] = await run(tooLong, [sampleParagraph()]);
      assert.deepEqual([enough.engine.calls.generate, tooLong.engine.calls.generate, group!.maskRollouts.length], [1, 0, 0]);
    });
  });

  test("the engine's error ends the stream", async () => {
    const deps = rolloutTestDeps({ before: () => Promise.reject(new Error('out of order')) });
    await assert.rejects(run(deps, [sampleParagraph()]), /out of order/);
  });

  test('a sample with fewer log-probabilities than tokens is refused', async () => {
    const deps = rolloutTestDeps({ respond: () => ({ text: '\\mask{It}', logprobs: [-1] }) });
    await assert.rejects(run(deps, [sampleParagraph()]), /log-probabilities.*000001\/00\/mask\/0/);
  });
});
