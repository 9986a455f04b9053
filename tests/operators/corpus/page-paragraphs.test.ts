import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Markup } from '../../../operators/corpus/page.ts';
import { pageParagraphs } from '../../../operators/corpus/page-paragraphs.ts';
import { createTemplateRenderer } from '../../../operators/corpus/render-template.ts';

const read = (text: string, markup: Markup): ReturnType<typeof pageParagraphs> => pageParagraphs({ title: 'T', pageId: '1', text, markup, byteOffset: 0 }, createTemplateRenderer());
const shown = (text: string, markup: Markup): string[][] => read(text, markup).paragraphs.map((paragraph) => [...paragraph.sections, paragraph.text]);

test('extracted text: short lines at the head of a block are section titles; lists and the sections of sources go', () => {
  const text = `The lead tells of it.\n\nHistory \n\nIt began long ago.\nIt went on.\n\n• a list item of it.\n\nArt (modern)\nIt was painted.\n\nSee also \n Some page.\n Another page.\n\nReferences\n\nA source of it.`;
  assert.deepEqual(shown(text, 'extracted'), [['The lead tells of it.'], ['History', 'It began long ago.'], ['History', 'It went on.'], ['Art (modern)', 'It was painted.']]);
});

test('extracted text and wikitext keep clean prose alone, and tell why the rest was left out', () => {
  assert.deepEqual(read('Good prose.\n\nThe members are as follows, in the order of the alphabet and with the year of their election:\n\nA {{left}} over.', 'extracted').unclean, ['fragment', 'markup']);
  assert.deepEqual(read("'''Good''' prose.\n\nThese are:\n* one\n\nThe value is <math>x</math> here.", 'wikitext').unclean, ['fragment', 'hole']);
  assert.deepEqual(read('Endless words. '.repeat(4000), 'wikitext').unclean, ['hole']);
});

test('plain text is taken as it is, a paragraph between blank lines', () => {
  assert.deepEqual(shown('One\nline.\n \n\ttwo {{three}}\n\n\n', 'plain'), [['One line.'], ['two {{three}}']]);
});
