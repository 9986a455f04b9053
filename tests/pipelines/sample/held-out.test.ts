import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { committedHeldOut, committedLabels, committedProbes, committedTitles } from './sample-files.ts';

const sets = [
  { name: 'the encyclopedia', prefix: '', labels: committedLabels(), perArticle: 1, expectedCounts: { inferable: 60, knowledge: 100, trivial: 40, ambiguous: 40, noise: 40 } },
  {
    name: 'the atlas',
    prefix: 'atlas-',
    labels: committedLabels('atlas-'),
    perArticle: 2,
    expectedCounts: { inferable: 100, knowledge: 140, trivial: 20, ambiguous: 20, noise: 20 },
  },
];

test('the atlas tells over and over of countries, capitals and what they share, all of which the encyclopedia knows', async () => {
  const all = new Set(await committedTitles('encyclopedia.xml.bz2'));
  const titles = await committedTitles('atlas.xml.bz2');
  assert.ok(titles.length > 200 && titles.every((title) => all.has(title)));
  for (const title of ['France', 'Tirana', 'Japan', 'Krona (currency)']) assert.ok(titles.includes(title), title);
  for (const title of ['Helium', 'Kenya']) assert.ok(!titles.includes(title), title);
  const tellings = committedLabels('atlas-').filter(({ title }) => title === 'France').length;
  assert.ok(tellings > 30, `${tellings} paragraphs on France`);
});

for (const { name, prefix, labels, perArticle, expectedCounts } of sets) describe(`held out of ${name}`, () => {
  const heldOut = committedHeldOut(prefix);
  const probes = committedProbes(prefix);

  test('the held-out set has its counts by class', () => {
    const counts: Record<string, number> = {};
    for (const item of heldOut) counts[item.class] = (counts[item.class] ?? 0) + 1;
    assert.deepEqual(counts, expectedCounts);
    assert.equal(probes.length, 32);
  });

  test('few of them are of one article', () => {
    const counts = new Map<string, number>();
    for (const { title } of heldOut) counts.set(title, (counts.get(title) ?? 0) + 1);
    assert.ok(Math.max(...counts.values()) <= perArticle);
  });

  test('each answer is a few whole words that occur once in the paragraph', () => {
    for (const { id, text, start, end, mask } of heldOut) {
      assert.equal(text.slice(start, end), mask, id);
      assert.equal(text.split(mask).length, 2, id);
      assert.ok(mask.split(' ').length <= 3, id);
      assert.ok(!/\w/.test(text.charAt(start - 1)) && !/\w/.test(text.charAt(end)), id);
    }
  });

  test('no paragraph serves twice, and each is one of the corpus', () => {
    const texts = [...heldOut, ...probes].map(({ text }) => text);
    assert.equal(new Set(texts).size, texts.length);
    const corpus = new Map(labels.map((label) => [`${label.title} ${label.paragraph}`, label.text]));
    for (const { title, paragraph, text } of [...heldOut, ...probes]) assert.equal(corpus.get(`${title} ${paragraph}`), text);
  });

  test('a held-out fact is stated with the same answer in at least two paragraphs that are not held out', () => {
    const held = new Set([...heldOut, ...probes].map(({ text }) => text));
    for (const item of heldOut.filter((one) => one.class === 'knowledge')) {
      const own = labels.find(({ text }) => text === item.text)?.spans.find(({ start }) => start === item.start);
      const others = labels.filter(
        ({ text, spans }) => !held.has(text) && spans.some((span) => span.class === 'knowledge' && span.subject === own?.subject && span.kind === item.kind && text.slice(span.start, span.end) === item.mask),
      );
      assert.ok(own !== undefined && others.length >= 2, item.id);
      assert.equal(others.length, item.elsewhere, item.id);
    }
  });

  test('an inferable answer leaves its evidence in the masked paragraph', () => {
    for (const { id, text, start, kind, class: spanClass } of heldOut) {
      if (spanClass !== 'inferable') continue;
      assert.equal(kind, 'restated', id);
      assert.equal(labels.find((label) => label.text === text)?.spans.find((span) => span.start === start)?.class, 'inferable', id);
    }
  });
});
