/** What stages are called on screen, and what they count. In: a stage's name. Out: words. A stage of one's own keeps its name. */

const labels: Readonly<Record<string, string>> = {
  'generate-masks': 'masks',
  'draw-spans': 'masks',
  'predict-spans': 'predictions',
  'score-groups': 'reward',
  'wrap-paragraphs': 'paragraphs',
};

export function stageLabel(stage: string): string {
  return labels[stage] ?? stage;
}
