/** What stages are called on screen, and what they count. In: a stage's name. Out: words. A stage of one's own keeps its name. */

const labels: Readonly<Record<string, string>> = {
  'generate-masks': 'masks',
  'draw-spans': 'masks',
  'draw-tokens': 'cuts',
  'draw-uncertain-tokens': 'cuts',
  'draw-uncertain-spans': 'masks',
  'draw-rare-spans': 'masks',
  'draw-entities': 'masks',
  'predict-spans': 'predictions',
  'score-groups': 'reward',
  'wrap-paragraphs': 'paragraphs',
  'wrap-passages': 'passages',
};

export function stageLabel(stage: string): string {
  return labels[stage] ?? stage;
}
