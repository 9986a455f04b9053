import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createTextPromptTemplate } from '../../../operators/rollouts/text-prompt-template.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { createStubTokenizer, stubBosToken } from '../../stub-tokenizer.ts';

const subject = { title: 'Loire', sections: ['Course', 'Source'], text: 'It rises in the [mask].' };

function render(mask: string, over: Partial<typeof subject> = {}, options = { chat: false, tokenizerChat: false }): string {
  const tokenizer = createStubTokenizer({ chat: options.tokenizerChat, bosToken: null });
  const template = createTextPromptTemplate({ name: 't@1', mask, prediction: '{{text}}', nextToken: '{{text}}', chat: options.chat }, tokenizer);
  return tokenizer.decode(template.maskPrompt({ ...subject, ...over }));
}

const refused = (code: string, message: RegExp) => (error: unknown) => error instanceof PretrainZeroError && error.code === code && message.test(error.message);

describe('createTextPromptTemplate', () => {
  test('puts title, sections and text in their places', () => {
    assert.equal(render('{{title}} / {{sections}}: {{text}}\nmask:\n'), 'Loire / Course, Source: It rises in the [mask].\nmask:');
  });

  test('leaves out what stands in the section of an empty value', () => {
    const source = '{{#title}}{{title}}: {{/title}}{{#sections}}({{sections}}) {{/sections}}{{text}}';
    assert.equal(render(source), 'Loire: (Course, Source) It rises in the [mask].');
    assert.equal(render(source, { title: '', sections: [] }), 'It rises in the [mask].');
    assert.equal(render('{{^title}}Untitled: {{/title}}{{text}}', { title: '' }), 'Untitled: It rises in the [mask].');
  });

  test('what a paragraph says is never read as a template', () => {
    const text = 'Write {{title}} and {{text}} or {{/title}} or $& here, [mask].';
    assert.equal(render('{{title}}: {{text}} end', { text }), `Loire: ${text} end`);
  });

  test('starts with the beginning token, where there is one', () => {
    const tokenizer = createStubTokenizer();
    const template = createTextPromptTemplate({ name: 't@1', mask: '{{text}}', prediction: '{{text}}', nextToken: '{{text}}', chat: false }, tokenizer);
    assert.deepEqual(template.predictionPrompt(subject), [stubBosToken, ...tokenizer.encode(subject.text)]);
  });

  test('is a user turn where chat is asked for and the model has a chat template', () => {
    const chat = { chat: true, tokenizerChat: true };
    assert.equal(render('{{text}}{{^chat}} Reasoning:{{/chat}}', {}, chat), 'user: It rises in the [mask].\nassistant: ');
    assert.equal(render('{{text}}{{^chat}} Reasoning:{{/chat}}', {}, { chat: true, tokenizerChat: false }), 'It rises in the [mask]. Reasoning:');
    assert.equal(render('{{text}}{{#chat}} In a chat.{{/chat}}', {}, { chat: false, tokenizerChat: true }), 'It rises in the [mask].');
  });

  test('special tokens written out in a paragraph stay text, in a chat too', () => {
    const tokenizer = createStubTokenizer({ chat: true });
    const template = createTextPromptTemplate({ name: 't@1', mask: '{{text}}', prediction: '{{text}}', nextToken: '{{text}}', chat: true }, tokenizer);
    const prompt = template.maskPrompt({ ...subject, text: 'a <end> b' });
    assert.equal(prompt.includes(2), false);
    assert.equal(prompt[0], stubBosToken);
    assert.match(tokenizer.decode(prompt), /user: a <end> b/);
  });

  test('an unknown placeholder or a template without the text is refused, and the template named', () => {
    assert.throws(() => render('{{txt}}'), refused('CONFIG_INVALID', /\{\{txt\}\}.*t@1 mask/));
    assert.throws(() => render('{{title}}'), refused('CONFIG_INVALID', /lacks \{\{text\}\}/));
  });

  test('a chat template that does not show the turn is refused', () => {
    const tokenizer = { ...createStubTokenizer(), chat: () => 'nothing' };
    assert.throws(
      () => createTextPromptTemplate({ name: 't@1', mask: '{{text}}', prediction: '{{text}}', nextToken: '{{text}}', chat: true }, tokenizer),
      refused('MODEL_UNSUPPORTED', /chat template/),
    );
  });
});
