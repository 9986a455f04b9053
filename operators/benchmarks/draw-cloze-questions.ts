/**
 * Held-out spans of any corpus as questions: what stands in where there is no benchmark. In: a corpus, read once through. Out: at most `count` questions, one a paragraph: the span drawn as the `random-span`
 * baseline draws, from a seed that is a function of the paragraph's place in the corpus; its category is how many words are hidden. Paragraphs without a span that can be hidden are passed over. Fails as the corpus does;
 * CORPUS_EMPTY where no paragraph is left.
 */
import { filter, lastValueFrom, map, take, toArray } from 'rxjs';
import type { Config } from '../../schemas/config/config.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { CorpusParagraph } from '../../schemas/records/corpus-paragraph.ts';
import type { MaskGroup } from '../../schemas/records/edges.ts';
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import { paragraphs } from '../corpus/paragraphs.ts';
import type { ParagraphSource } from '../ports/paragraph-source.ts';
import { isExactMatch } from '../rewards/prediction-reward.ts';
import { drawSpans } from '../rollouts/draw-spans.ts';
import { parseLastBraced } from '../rollouts/parse-answer.ts';
import { promptSubject } from '../rollouts/prompt-subject.ts';
import type { PromptTemplate } from '../rollouts/prompt-template.ts';
import type { AskedQuestion } from './ask-questions.ts';

/** Stands in every row. */
export const clozeName = 'cloze@1';

export interface DrawClozeDeps {
  readonly source: ParagraphSource;
  readonly template: PromptTemplate;
  readonly config: Config;
}

export async function drawClozeQuestions({ source, template, config }: DrawClozeDeps, count: number): Promise<AskedQuestion[]> {
  const oneSpan: Config = { ...config, rollouts: { ...config.rollouts, masksPerParagraph: 1 } };
  const questions = await lastValueFrom(
    paragraphs(source).pipe(
      filter((item) => item.kind === 'paragraph'),
      map(({ paragraph }) => placed(paragraph)),
      drawSpans({ template, config: oneSpan, deadLetters: () => undefined }),
      filter(({ passages }) => passages.length > 0),
      take(count),
      map((group) => clozeQuestion(group, template)),
      toArray(),
    ),
  );
  if (questions.length > 0) return questions;
  throw new PretrainZeroError('CORPUS_EMPTY', 'no paragraph of the corpus has a span that can be hidden');
}

/** Its id says where it stands in the corpus, so that the span does not depend on what is read before. */
function placed(paragraph: CorpusParagraph): Paragraph {
  const id = [paragraph.file.split('/').at(-1), paragraph.pageId, paragraph.byteOffset, paragraph.paragraphIndex].join('/');
  return { id, step: 0, slot: 0, cohortFirstSlot: 0, cohortSize: 1, tokenEntropies: null, ...paragraph };
}

function clozeQuestion({ paragraph, passages: [passage] }: MaskGroup, template: PromptTemplate): AskedQuestion {
  const { maskText: expected, text } = passage!;
  const words = expected.split(' ').length;
  return {
    id: paragraph.id,
    category: `${words} word${words === 1 ? '' : 's'}`,
    expected,
    text,
    promptTokens: template.predictionPrompt(promptSubject(paragraph, text)),
    answer: (response) => parseLastBraced(response, 'boxed')?.answer ?? null,
    isRight: (answer) => isExactMatch(answer, expected),
  };
}
