/** In: a report. Out: what its figures mean: budget, tokens, intervals, and the rules by which picks are told apart. Pure. */
import { measureText, type ExperimentReport } from '../experiment-terms.ts';
import { tokens } from '../figure-text.ts';
import type { Block } from '../report-block.ts';

export function methodSection({ experiment, comparison: { variants, backends } }: ExperimentReport): Block[] {
  const { budget, seeds, base } = experiment;
  const notes = variants.flatMap(({ name, note }) => (note === null ? [] : [`${name}: ${note}`]));
  const spent =
    'tokens' in budget
      ? `Budget: ${tokens(budget.tokens)} tokens a run. A variant's steps are the budget over the tokens that a step took in its tuning runs at the chosen rate; what was spent stands in the table of costs.`
      : `Budget: ${budget.steps} steps a run, the same for all; tokens differ, and stand in the table of costs.`;
  return [
    { type: 'heading', text: 'How to read this' },
    {
      type: 'list',
      items: [
        `Runs: ${base}, seeds ${seeds.join(', ')}; engine ${backends.join(', ') || 'unknown'}. A seed decides the order of the corpus, every sample and nothing else, so two variants with the same seed are a pair.`,
        spent,
        'Tokens: positions that went through the model: of prompts as sampled, each group’s prompt once; of responses as sampled; of training, a beginning that sequences of a pass share once. Evaluations are not counted, nor is what a selection rule computes to score spans.',
        'Seconds: of steps, as the runs’ own clock has them, with checkpoints; of runs side by side on one machine each is slower than alone.',
        `Measure: ${measureText(experiment.measure)}; exact match, at the last evaluation.`,
        'Intervals: 95%, Student’s t over seeds (mean ± t(0.975, n − 1) s / √n), each by itself: with many comparisons some exclude 0 by chance. “Ahead” and “behind” are said where the interval of the paired difference excludes 0.',
        'Class of a mask: that of the corpus’s side file with the most hidden characters; frame words count only where nothing else is hidden.',
        'Kind of a mask, the first that fits: date (months, weekdays, years 1000 to 2099, with numerals and “of”, “the”); number (numerals and number words); function (only words of a closed list: articles, pronouns, prepositions, conjunctions, auxiliaries); name (at least half of the other words have a capital that does not come from beginning a sentence); other.',
        'Rarity: log2(paragraphs / paragraphs that hold the mask’s rarest word), over the distinct paragraphs that the runs read. Position: where the mask begins, as a share of the paragraph. Solved: share of its predictions that were right.',
        ...notes,
      ],
    },
  ];
}
