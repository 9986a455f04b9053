import assert from 'node:assert/strict';
import { test } from 'node:test';
import { committedLabels } from './sample-files.ts';

const labels = committedLabels();
const CLASSES = { trivial: [0.3, 0.6], inferable: [0.08, 0.3], knowledge: [0.12, 0.4], ambiguous: [0.06, 0.25], noise: [0.015, 0.06] } as const; // least and most of the spans

test('spans lie in their text, in order, without overlap', () => {
  for (const { title, text, spans } of labels) {
    let end = 0;
    for (const span of spans) {
      assert.ok(span.start >= end && span.end > span.start && span.end <= text.length, title);
      end = span.end;
    }
  }
});

test('every letter and digit of the prose belongs to a span, but for endings such as "\'s"', () => {
  for (const { title, text, spans } of labels) {
    let rest = text;
    for (const { start, end } of spans) rest = rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end);
    assert.doesNotMatch(rest.replaceAll("'s", ''), /[A-Za-z0-9]/, title);
  }
});

test('each class has a sane share', (t) => {
  const counts = new Map<string, { spans: number; letters: number }>();
  for (const { spans } of labels) {
    for (const span of spans) {
      const count = counts.get(span.class) ?? { spans: 0, letters: 0 };
      counts.set(span.class, { spans: count.spans + 1, letters: count.letters + span.end - span.start });
    }
  }
  const sum = (of: 'spans' | 'letters'): number => [...counts.values()].reduce((all, count) => all + count[of], 0);
  for (const [name, [least, most]] of Object.entries(CLASSES)) {
    const count = counts.get(name) ?? { spans: 0, letters: 0 };
    t.diagnostic(`${name}: ${((100 * count.spans) / sum('spans')).toFixed(1)}% of spans, ${((100 * count.letters) / sum('letters')).toFixed(1)}% of letters`);
    assert.ok(count.spans / sum('spans') >= least && count.spans / sum('spans') <= most, name);
  }
});

test('the size is right for a toy model', (t) => {
  const words = labels.map(({ text }) => text.split(' ').length);
  const letters = labels.reduce((all, { text }) => all + text.length, 0);
  t.diagnostic(`${labels.length} paragraphs, ${words.reduce((a, b) => a + b)} words, ${letters} letters`);
  assert.ok(letters > 1_200_000 && letters < 2_500_000);
  assert.ok(words.every((count) => count >= 40 && count <= 130));
});

test('every knowledge span has its answer and its subject in another paragraph', () => {
  const texts = labels.map(({ text }) => text.toLowerCase());
  const known = new Map<string, number[]>();
  const paragraphsOn = (name: string): number[] => {
    let on = known.get(name);
    if (!on) known.set(name, (on = texts.flatMap((text, i) => (text.includes(name) ? [i] : []))));
    return on;
  };
  labels.forEach(({ text, spans }, here) => {
    for (const span of spans) {
      if (span.class !== 'knowledge') continue;
      const answer = text.slice(span.start, span.end).toLowerCase();
      const name = (span.subject ?? '').replace(/ \(.*\)$/, '').toLowerCase();
      assert.ok(name !== '' && paragraphsOn(name).some((i) => i !== here && texts[i]!.includes(answer)), `${span.subject} ${span.kind} ${answer}`);
    }
  });
});

test('no paragraph is told twice', () => {
  assert.equal(new Set(labels.map(({ text }) => text)).size, labels.length);
});

test('the prose has none of the slips that frames invite', () => {
  for (const { title, text } of labels) {
    const slip = /undefined|[{}[\]@$|#]|  | ,| \.|\b(the [Tt]he|an? [Tt]he|in in)\b|\ba [aioAIO][a-z]/.exec(text);
    assert.equal(slip, null, `${title}: ${slip?.[0]} in ${text}`);
  }
});
