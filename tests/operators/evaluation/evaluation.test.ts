import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cloze } from '../../../operators/evaluation/cloze.ts';
import type { ClozeItem, ProbeItem } from '../../../operators/evaluation/held-out-items.ts';
import { maskProbe } from '../../../operators/evaluation/mask-probe.ts';
import { spanClass } from '../../../operators/evaluation/span-class.ts';
import { summariseEvaluation } from '../../../operators/evaluation/summarise-evaluation.ts';
import { seedOf } from '../../../operators/flow/seeds.ts';
import { baseConfig } from '../../base-config.ts';
import { sampleText } from '../../sample-paragraph.ts';
import { rolloutTestDeps } from '../rollouts/rollout-test-deps.ts';

const at = (mask: string) => ({ start: sampleText.indexOf(mask), end: sampleText.indexOf(mask) + mask.length });
const item = (id: string, mask: string, name: string): ClozeItem => ({ id, title: 'Loire', text: sampleText, ...at(mask), mask, class: name });
const items = [item('a', 'France', 'knowledge'), item('b', 'longest', 'trivial'), item('c', '1006', 'noise')];
const probe: ProbeItem = {
  id: 'p',
  title: 'Loire',
  text: sampleText,
  spans: [
    { ...at('The Loire is the longest river in'), class: 'trivial' },
    { ...at('France'), class: 'knowledge' },
    { ...at('1006'), class: 'noise' },
  ],
};

describe('cloze', () => {
  test('predicts greedily, once an item, and compares exactly', async () => {
    const deps = rolloutTestDeps({ respond: ({ prompt }) => `\\boxed{${prompt.includes('in [mask]') ? 'France' : 'most '}}` });
    const rows = await cloze(deps, items, 7);
    assert.deepEqual(rows.map(({ itemId, answer, correct, spanClass: name, step }) => [itemId, answer, correct, name, step]), [
      ['a', 'France', true, 'knowledge', 7],
      ['b', 'most', false, 'trivial', 7],
      ['c', 'most', false, 'noise', 7],
    ]);
    const [request] = deps.engine.requests.generate;
    assert.deepEqual([deps.engine.calls.generate, request!.temperature, request!.groups[0]!.seeds.length], [1, 0, 1]);
  });

  test('samples clozeSamples answers an item: temperature and seeds are the run\'s and the same at every step', async () => {
    const config = baseConfig({ run: { seed: 3 }, evaluation: { clozeSamples: 2 }, rollouts: { temperature: 0.9 } });
    const deps = rolloutTestDeps({ respond: ({ index }) => `\\boxed{${index === 1 ? 'France' : 'Spain'}}` }, config);
    const rows = await cloze(deps, items, 0);
    await cloze(deps, items, 50);
    assert.deepEqual(rows.map(({ itemId, sampleIndex, correct }) => [itemId, sampleIndex, correct]), [
      ['a', 0, false], ['a', 1, true], ['b', 0, false], ['b', 1, false], ['c', 0, false], ['c', 1, false],
    ]);
    assert.deepEqual(summariseEvaluation(rows).cloze, {
      items: 3, correct: 1, accuracy: 1 / 6,
      byClass: [
        { spanClass: 'knowledge', items: 1, correct: 1, accuracy: 0.5 },
        { spanClass: 'noise', items: 1, correct: 0, accuracy: 0 },
        { spanClass: 'trivial', items: 1, correct: 0, accuracy: 0 },
      ],
    });
    const [before, after] = deps.engine.requests.generate;
    assert.deepEqual(before, after);
    assert.deepEqual([before!.temperature, before!.groups[0]!.seeds], [0.9, [0, 1].map((index) => seedOf(3, `cloze/a/${index}`))]);
  });

  test('hides the labelled place alone, though its text stands elsewhere', async () => {
    const deps = rolloutTestDeps({ respond: () => undefined });
    const text = 'Bonn is Bonn.';
    await cloze(deps, [{ id: 'x', title: '', text, start: 8, end: 12, mask: 'Bonn', class: 'inferable' }], 0);
    assert.match(deps.tokenizer.decode(deps.engine.requests.generate[0]!.groups[0]!.promptTokens), /Bonn is \[mask\]\./);
  });

  test('uses at most maxItems, and an item whose prompt is too long is wrong', async () => {
    const deps = rolloutTestDeps({ respond: () => '\\boxed{France}' }, baseConfig({ evaluation: { maxItems: 2 }, rollouts: { maxPromptTokens: 200 } }));
    const long = { ...items[0]!, id: 'long', text: sampleText.repeat(4), class: 'long' };
    const rows = await cloze(deps, [items[0]!, { ...items[0]!, id: 'a2' }, long], 0);
    assert.deepEqual(rows.map(({ itemId, correct, responseText }) => [itemId, correct, responseText]), [
      ['a2', true, '\\boxed{France}'],
      ['long', false, ''],
    ]);
  });

  test('asks nothing where there is nothing to ask', async () => {
    const deps = rolloutTestDeps({}, baseConfig({ rollouts: { maxPromptTokens: 5 } }));
    assert.equal((await cloze(deps, items, 0)).length, 3);
    assert.equal(deps.engine.calls.generate, 0);
  });
});

describe('maskProbe', () => {
  const config = baseConfig({ run: { seed: 3 }, evaluation: { probeSamples: 4 }, rollouts: { temperature: 0.9 } });

  test('samples masks and looks up the class of each', async () => {
    const masks = ['\\mask{France}', '\\mask{longest river}', 'none', '\\mask{Atlantic}'];
    const deps = rolloutTestDeps({ respond: ({ index }) => masks[index] }, config);
    const rows = await maskProbe(deps, [probe], 2);
    assert.deepEqual(rows.map(({ answer, correct, spanClass: name, sampleIndex }) => [answer, correct, name, sampleIndex]), [
      ['France', true, 'knowledge', 0],
      ['longest river', true, 'trivial', 1],
      [null, false, '', 2],
      ['Atlantic', true, 'unlabelled', 3],
    ]);
  });

  test("seeds are the item's, whatever the step; the temperature is the run's", async () => {
    const deps = rolloutTestDeps({}, config);
    await maskProbe(deps, [probe], 0);
    await maskProbe(deps, [probe], 50);
    const [before, after] = deps.engine.requests.generate;
    assert.deepEqual(before, after);
    assert.deepEqual(before!.groups[0]!.seeds, [0, 1, 2, 3].map((index) => seedOf(3, `probe/p/${index}`)));
    assert.equal(before!.temperature, 0.9);
  });
});

describe('spanClass', () => {
  const labelled = [
    { start: 0, end: 10, class: 'trivial' },
    { start: 10, end: 14, class: 'noise' },
    { start: 14, end: 20, class: 'knowledge' },
    { start: 20, end: 24, class: 'noise' },
  ];

  test('is the one with the most hidden characters, frame words left out', () => {
    assert.equal(spanClass([{ start: 0, end: 11 }], labelled), 'noise');
    assert.equal(spanClass([{ start: 10, end: 20 }], labelled), 'knowledge');
    assert.equal(spanClass([{ start: 10, end: 24 }], labelled), 'noise');
  });

  test('is trivial where only frame words are hidden, and unlabelled where nothing labelled is', () => {
    assert.equal(spanClass([{ start: 2, end: 9 }], labelled), 'trivial');
    assert.equal(spanClass([{ start: 30, end: 40 }], labelled), 'unlabelled');
  });

  test('adds up over all occurrences, and among equals takes the first in the text', () => {
    assert.equal(spanClass([{ start: 13, end: 16 }, { start: 20, end: 22 }], labelled), 'noise');
    assert.equal(spanClass([{ start: 12, end: 16 }], labelled), 'noise');
  });
});

describe('summariseEvaluation', () => {
  test('gives accuracy, usable share and picks by class', async () => {
    const clozeDeps = rolloutTestDeps({ respond: () => '\\boxed{France}' });
    const masks = ['\\mask{France}', '\\mask{France}', 'none', '\\mask{1006}'];
    const probeDeps = rolloutTestDeps({ respond: ({ index }) => masks[index] }, baseConfig({ evaluation: { probeSamples: 4 } }));
    const rows = [...(await cloze(clozeDeps, items, 0)), ...(await maskProbe(probeDeps, [probe], 0))];
    assert.deepEqual(summariseEvaluation(rows), {
      cloze: {
        items: 3,
        correct: 1,
        accuracy: 1 / 3,
        byClass: [
          { spanClass: 'knowledge', items: 1, correct: 1, accuracy: 1 },
          { spanClass: 'noise', items: 1, correct: 0, accuracy: 0 },
          { spanClass: 'trivial', items: 1, correct: 0, accuracy: 0 },
        ],
      },
      maskProbe: {
        samples: 4,
        usable: 3,
        usableShare: 0.75,
        byClass: [
          { spanClass: 'knowledge', masks: 2, share: 2 / 3 },
          { spanClass: 'noise', masks: 1, share: 1 / 3 },
        ],
        distinctMasksPerHundred: 200 / 3,
      },
    });
  });

  test('has nothing to say of nothing', () => {
    assert.deepEqual(summariseEvaluation([]), { cloze: null, maskProbe: null });
  });
});
