import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadPromptTemplate } from '../../pipelines/load-prompt-template.ts';
import { createStubTokenizer } from '../stub-tokenizer.ts';

const passage = { title: 'Loire', sections: ['Course'], text: 'It rises in the [mask].' };

describe('the bundled prompts', () => {
  test('short: a few tokens around the text, and for a prediction the words before the mask', async () => {
    const tokenizer = createStubTokenizer();
    const template = await loadPromptTemplate('short', tokenizer);
    assert.equal(template.name, 'short@1');
    assert.equal(tokenizer.decode(template.maskPrompt(passage)), 'Loire: It rises in the [mask].\nmask:');
    assert.equal(tokenizer.decode(template.predictionPrompt(passage)), 'Loire: It rises in the [mask].\nfill: It rises in the');
    assert.equal(tokenizer.decode(template.predictionPrompt({ ...passage, title: '' })), 'It rises in the [mask].\nfill: It rises in the');
    assert.equal(tokenizer.decode(template.predictionPrompt({ ...passage, text: '[mask] rises here.' })), 'Loire: [mask] rises here.\nfill:');
    assert.equal(tokenizer.decode(template.nextTokenPrompt({ ...passage, text: 'It ends. It rises in the' })), 'Loire: It ends. It rises in the [mask] ...\nfill: It rises in the');
  });

  test('full: asks for the answer in its command, after the passage with its article and section', async () => {
    const tokenizer = createStubTokenizer();
    const template = await loadPromptTemplate('full', tokenizer);
    assert.equal(template.name, 'full@1');
    const [mask, prediction] = [template.maskPrompt(passage), template.predictionPrompt(passage)].map((tokens) => tokenizer.decode(tokens));
    assert.match(mask!, /\\mask\{\}[^]*Article: Loire\nSection: Course\nParagraph:\nIt rises in the \[mask\]\.\n\nReasoning:$/);
    assert.match(tokenizer.decode(template.nextTokenPrompt({ ...passage, text: 'It rises in th' })), /\\boxed\{\}[^]*Article: Loire\nSection: Course\nText:\nIt rises in th\n\nReasoning:$/);
    assert.match(prediction!, /\\boxed\{\}[^]*Article: Loire\nSection: Course\nPassage:\nIt rises in the \[mask\]\.\n\nReasoning:$/);
  });

  test("full: is a user's turn where the model has a chat template", async () => {
    const tokenizer = createStubTokenizer({ chat: true });
    const template = await loadPromptTemplate('full', tokenizer);
    assert.match(tokenizer.decode(template.predictionPrompt(passage)), /^user: In the passage[^]*the \[mask\]\.\nassistant: $/);
  });

  test('masked passages of one paragraph begin alike, so that engines can share the beginning', async () => {
    const tokenizer = createStubTokenizer();
    for (const kind of ['short', 'full'] as const) {
      const template = await loadPromptTemplate(kind, tokenizer);
      const [a, b] = ['The Loire rises in the [mask].', 'The Loire [mask] in the hills.'].map((text) => template.predictionPrompt({ ...passage, text }));
      const shared = a!.findIndex((token, i) => token !== b![i]);
      assert.ok(tokenizer.decode(a!.slice(0, shared)).endsWith('The Loire '));
    }
  });
});
