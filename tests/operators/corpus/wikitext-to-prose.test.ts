import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hole } from '../../../operators/corpus/hole.ts';
import { isCleanProse, whyUnclean } from '../../../operators/corpus/is-clean-prose.ts';
import { isDisambiguation } from '../../../operators/corpus/is-disambiguation.ts';
import { createTemplateRenderer } from '../../../operators/corpus/render-template.ts';
import { wikitextToProse } from '../../../operators/corpus/wikitext-to-prose.ts';

const render = createTemplateRenderer();
const prose = (wikitext: string): string[] => wikitextToProse(wikitext, render).map((paragraph) => paragraph.text);

const lines: readonly (readonly [string, string, string])[] = [
  ['bold and italic', "'''Ada''' wrote ''notes'' and '''''more'''''.", 'Ada wrote notes and more.'],
  ['an apostrophe before bold', "L'''Aquila''' is old.", 'LAquila is old.'],
  ['links', 'The [[city]]s of [[Paris, Texas|Paris]] and [[Rome (city)|]].', 'The citys of Paris and Rome.'],
  ['external links', 'See [http://example.org the page] now.', 'See the page now.'],
  ['files and categories', 'Before.[[File:A.jpg|thumb|A [[caption]] here.]] After.[[Category:X]]', 'Before. After.'],
  ['language links', 'Text here.[[de:Text]]', 'Text here.'],
  ['notes', 'It rose.<ref name="a">Source [[x]].</ref> It fell.<ref name=b /> It lay.{{sfn|A|p=1}}', 'It rose. It fell. It lay.'],
  ['doubts', 'It rose{{citation needed|date=May 2015}} quickly.{{who?}}', 'It rose quickly.'],
  ['comments', 'A <!-- hidden [[x --> b.', 'A b.'],
  ['tags', 'A <span style="x">b</span> <small>c</small><br/>d.', 'A b c d.'],
  ['raised and lowered digits', 'H<sub>2</sub>O at 10<sup>5</sup> m<sup>-2</sup>, the 1<sup>st</sup>.', 'H₂O at 10⁵ m⁻², the 1st.'],
  ['character references', 'A&nbsp;B &ndash; C &amp; D &#233;&#x2014;', 'A B – C & D é—'],
  ['known templates', 'It is {{convert|5|km|mi}} long, {{circa|1900}}, {{lang|fr|bonjour}}, {{nowrap|a b}}.', 'It is 5 km long, c. 1900, bonjour, a b.'],
  ['measures', 'It has {{convert|661848|km2|abbr=on}} or {{convert|12.5|m3}}.', 'It has 661,848 km² or 12.5 m³.'],
  ['dashes', 'A{{snd}}b{{ndash}}c{{mdash}}d.', 'A – b–c—d.'],
  ['empty parentheses', "'''Foo''' ({{IPA-en|fuː}}) is a word.", 'Foo is a word.'],
  ['half-empty parentheses', "'''Foo''' ({{IPA-en|fuː}}; born 1 May 1900) and ({{lang-ru|X}}, {{unknown thing}}).", 'Foo (born 1 May 1900) and (X).'],
  ['pronunciations after a name', "'''Angola''' {{IPAc-en|æ|ŋ}}, once {{Nihongo|'''Go'''|碁}} {{IPA-ja|ɡo}} {{respell|GO}} was.", 'Angola, once Go (碁) was.'],
  ['stranded punctuation', 'One ( , two ; ) and three , four .', 'One (two) and three, four.'],
  ['spaced ellipses', 'He said . . . nothing . . . . So ... what.', 'He said ... nothing ... So ... what.'],
  ['magic words', '__NOTOC__A text.', 'A text.'],
  ['nowiki', 'A <nowiki>b</nowiki> c.', 'A b c.'],
  ['nested templates', 'A {{nowrap|{{lang|fr|b}} c}} d.', 'A b c d.'],
];
for (const [what, wikitext, expected] of lines) {
  test(`${what} become what a reader sees`, () => assert.deepEqual(prose(wikitext), [expected]));
}

test('boxes, tables, lists, galleries and quotes on lines of their own are no prose', () => {
  const wikitext = `{{Infobox person
| name = {{nowrap|Ada}}
| born = [[London]]
}}
{{About|x}}
The first paragraph stands here.
{| class="wikitable"
|-
| a || b
{|
| nested
|}
|}
* a list item
# another
: indented
; term
 preformatted
<gallery>
File:A.jpg|caption
</gallery>
----
The second paragraph stands here.`;
  assert.deepEqual(prose(wikitext), ['The first paragraph stands here.', 'The second paragraph stands here.']);
});

test('paragraphs know their section titles from the outermost inward, and lists of sources are left out', () => {
  const wikitext = 'Lead.\n== History ==\nPast.\n=== [[Early years|Early]] ===\nYouth.\n==Literature==\nPoems.\n==See also==\nNo.\n===Deeper===\nNo.\n== Legacy ==\nFame.\n== References ==\nNo.\n==External links==\nNo.';
  assert.deepEqual(
    wikitextToProse(wikitext, render).map(({ sections, text }) => [...sections, text]),
    [['Lead.'], ['History', 'Past.'], ['History', 'Early', 'Youth.'], ['Literature', 'Poems.'], ['Legacy', 'Fame.']],
  );
});

test('lines that follow each other are one paragraph', () => {
  assert.deepEqual(prose('One line\nand its end.\n\nAnother.'), ['One line and its end.', 'Another.']);
});

test('what cannot be shown leaves a hole, and the paragraph is turned down', () => {
  for (const wikitext of ['The value <math>x^2</math> is large enough.', 'The {{some unknown template|x}} is here to stay.', 'The code <code>x</code> runs well.', 'The vowel {{IPA|a}} is open.', 'It is pronounced {{IPAc-en|a}} here.']) {
    const [text = ''] = prose(wikitext);
    assert.ok(text.includes(hole), wikitext);
    assert.equal(whyUnclean(text), 'hole');
  }
});

test('a table that is not closed ends at the next heading', () => {
  assert.deepEqual(prose('{| class=x\n| a\n== Next ==\nText.'), ['Text.']);
});

test('leftovers of every kind are turned down', () => {
  const bad = {
    markup: ['A {{b c.', 'A b}} c.', 'A [[b c.', 'A b]] c.', 'A <ref b.', 'A | b c.', 'A == b.', 'A () b.', 'A , b.', '* A b c.', '# A b.', ': A b.', "A ''b c.", 'A &foo; b.'],
    fragment: ['The following are members:', 'A heading without a point', 'It ends in a comma,', 'where x is the mass.', 'and so on, in all of them.'],
    unbalanced: ['A (b c.', 'A b) c.', 'A [b c.'],
    address: ['See http://example.org for more.', 'Write to a@b.org now.'],
    'not-prose': ['1 2 3 4 5 6 7 8 9 10 a.'],
    disambiguation: ['Mercury may refer to several things.'],
  };
  for (const [reason, texts] of Object.entries(bad)) for (const text of texts) assert.equal(whyUnclean(text), reason, text);
  for (const text of ['He said "No." And (then) left.', 'It was [sic] so ... they say.', 'Das ist gut!', '這是一個句子。', 'It grew by .5 percent (see above).', 'In this sense, the word may refer to several things.', 'iPods are small.']) {
    assert.ok(isCleanProse(text), text);
  }
});

test('pages that tell names apart are known by template or title', () => {
  for (const text of ['x {{disambiguation}}', '{{Disambig}}', '{{hndis|Smith}}', '{{geodis}}', '{{Place name disambiguation}}', '{{surname}}']) assert.ok(isDisambiguation('A', text), text);
  assert.ok(isDisambiguation('Mercury (disambiguation)', ''));
  assert.ok(!isDisambiguation('Mercury', '{{About|x}} {{redirect|y||z (disambiguation)}}'));
});

test('any text whatever is taken, and what is clean has no markup', () => {
  const bits = fc.constantFrom('{{', '}}', '[[', ']]', '{|', '|}', '|', '<ref>', '</ref>', '<', '>', '==', "''", "'''", '\n', '*', '#', ':', '(', ')', ',', '&nbsp;', '&', ';', 'convert|1|km', 'File:a', 'word ', 'A sentence. ', '<!--', '-->', 'é', '\u0000', '😀', '=');
  const forbidden = /\{\{|\}\}|\[\[|\]\]|<ref|\||==|\(\)| ,|^[*#:]|''/;
  fc.assert(
    fc.property(fc.array(bits, { maxLength: 60 }), (pieces) => {
      for (const text of prose(pieces.join(''))) {
        assert.equal(text, text.trim());
        if (isCleanProse(text)) assert.doesNotMatch(text, forbidden);
      }
    }),
    { numRuns: 400 },
  );
});

test('time is linear in the length, whatever is not closed', () => {
  const length = 100_000;
  for (const piece of ['{{', '{{a|', '[[a|', '<ref>', '<ref name=x>a', '<!--', '=a=\n', '{|\n', ',', '(', '((a)', "'", '&', '[http://a ', ' ,', '(\uFFFC', '<sup>', '{{convert|']) {
    const steps = [1, 4].map((times) => {
      const text = piece.repeat((times * length) / piece.length);
      const start = process.cpuUsage().user;
      prose(text);
      return process.cpuUsage().user - start;
    });
    assert.ok(steps[1]! < 16 * Math.max(steps[0]!, 20_000), `${piece}: ${steps.join(' then ')} microseconds`);
  }
});
