import { z } from 'zod';
import { rolloutServerSection } from './rollouts-section.ts';
import { tinkerSection } from './tinker-section.ts';

const count = z.int().min(0);
const positive = z.int().min(1);
const share = z.number().min(0).max(1);

export const runSection = z.strictObject({
  name: z.string().regex(/^[\w.-]+$/).describe('Name of the run; its folder is runs/NAME unless --out says otherwise.'),
  seed: z.int().min(0).max(2 ** 32 - 1).describe('Seed of everything that is drawn.'),
  steps: positive.describe('Optimiser steps.'),
  coldStartSteps: count.describe('pretrain-zero: the first steps, whose masks are random spans in place of learned ones; 0: none.'),
  checkpointEvery: positive.describe('Steps between checkpoints; the last step always has one.'),
  keepCheckpoints: positive.describe('How many of the newest checkpoints stay on disk.'),
});

export const modelSection = z.strictObject({
  path: z.string().min(1).describe('Hugging Face folder of the base model, a .gguf file, hf://owner/name[@revision], or `sample` for the bundled one.'),
});

/** Also null: all weights are trained. */
export const loraSection = z
  .strictObject({
    rank: positive.describe('Columns of the two thin matrices that stand for the change of a weight.'),
    alpha: z.number().positive().describe('The change is multiplied by alpha / rank.'),
    targets: z
      .array(z.enum(['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj']))
      .min(1)
      .describe('Layers of each block that get an adapter, as PEFT names them.'),
  })
  .nullable();

export const engineSection = z.strictObject({
  backend: z.enum(['auto', 'node-gpu', 'node', 'webgpu', 'wasm']).describe('TensorFlow.js backend; auto takes the best that loads of node-gpu, node, wasm.'),
  threads: count.describe('CPU threads; 0 takes all cores.'),
  maxRowsPerBatch: positive.describe('Rows decoded together; with engine.tinker or engine.rollouts, samples asked of the server at once.'),
  maxTokensPerMicroBatch: positive.describe('Positions of one training micro-batch; a beginning that its sequences share counts once.'),
  recomputeActivations: z.boolean().describe('Training keeps of each layer its input alone and computes the rest again on the way back: less memory, more work.'),
  lora: loraSection.describe('Trains LoRA adapters and leaves the base model as it is; null trains all weights.'),
  tinker: tinkerSection.describe('A server that speaks the Tinker protocol and holds the model; null: the model is in this process.'),
  rollouts: rolloutServerSection.describe("A server with OpenAI's completions that samples in the engine's place; null: the engine samples itself."),
});

export const corpusSection = z.strictObject({
  path: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).describe('Path, glob or hf:// address, or a list of them; `sample` for the bundled encyclopedia, `atlas` for its part on countries and capitals.'),
  format: z.enum(['auto', 'mediawiki', 'parquet', 'jsonl', 'text', 'questions']).describe('Input format; auto goes by the file name; `questions` (for post-training): JSON Lines, JSON or Parquet rows of question and answer.'),
  minTokens: positive.describe('Shorter paragraphs are left out.'),
  maxTokens: positive.describe('Longer paragraphs are cut at sentences.'),
  maxPageBytes: positive.describe('Pages with more bytes of text become a dead letter.'),
  nearDuplicateThreshold: share.describe('Estimated Jaccard similarity of word shingles from which a paragraph is left out; 1 keeps all but exact copies.'),
  shuffleWindow: positive.describe('Paragraphs shuffled together; 1 keeps the order.'),
  repeat: z.boolean().describe('Whether to start again at the end.'),
  exclude: z.string().nullable().describe('JSONL of held-out items whose `text` must never be trained on; `sample` or `atlas` for the bundled ones; null for none.'),
});

export const rolloutsSection = z.strictObject({
  paragraphsPerStep: positive.describe('Paragraphs of one optimiser step.'),
  masksPerParagraph: positive.describe('Group size of the generation role.'),
  predictionsPerMask: positive.describe('Group size of the prediction role.'),
  promptTemplate: z.enum(['short', 'full', 'question']).describe('`short` for tiny models, `full` for instruction-capable ones, `question` for post-training.'),
  maxPromptTokens: positive.describe('Paragraphs whose prompt is longer are dropped.'),
  maxMaskResponseTokens: positive.describe('Response limit of the generation role.'),
  maxPredictionResponseTokens: positive.describe('Response limit of the prediction role.'),
  temperature: z.number().positive().describe('Sampling temperature, used for training log-probabilities too.'),
});

export const masksSection = z.strictObject({
  regularise: z.enum(['default', 'one-mask', 'whole-words', 'content-words']).describe('Mask regularisation: the first three as in 4.4. `content-words`: as `whole-words`, and a mask of nothing but articles, prepositions, pronouns and other such words of English is not usable.'),
  constrained: z.boolean().describe('Whether a mask can only be a copy of whole words of its paragraph: tokens that would leave it have no probability, in sampling and in training alike. Of the engine in this process.'),
  atLeast: count.describe('Usable masks wanted of a paragraph. Where `rollouts.masksPerParagraph` samples have fewer, as many as are wanting are sampled again, each a copy of one name or number of the paragraph (where it has none, of a word that is no article, preposition or the like). 0: none. Of the engine in this process.'),
  maxOccurrences: positive.describe('A mask is kept if its text occurs fewer times than this.'),
  spanLengthP: z.number().gt(0).max(1).describe('Pipelines that draw spans: p of the geometric length in words.'),
  maxSpanWords: positive.describe('Pipelines that draw spans: longest span in words.'),
  topShare: z.number().gt(0).max(1).describe('entropy-ntp, entropy-span, rare-span: share of the tokens or spans, those of highest entropy or rarity, that is drawn from.'),
  minContextTokens: count.describe('random-ntp, entropy-ntp, entropy-span: tokens of the paragraph before the first that may be chosen.'),
});

export const optimiserSection = z.strictObject({
  learningRate: z.number().positive().describe('Peak learning rate.'),
  schedule: z.enum(['cosine', 'constant']).describe('Decay after the warm-up.'),
  warmupSteps: count.describe('Steps of linear warm-up.'),
  beta1: share.describe('AdamW.'),
  beta2: share.describe('AdamW.'),
  epsilon: z.number().positive().describe('AdamW.'),
  weightDecay: z.number().min(0).describe('AdamW, decoupled; not on norms.'),
  gradientClip: z.number().positive().describe('Global L2 norm of the gradient.'),
});

export const rewardsSection = z.strictObject({
  generation: z
    .enum(['difficulty', 'difficulty-without-zero', 'variety-in-group', 'variety-over-steps', 'progress', 'unambiguous'])
    .describe('What a mask is paid for; `difficulty` is eq. 9 (docs/objectives.md has them all).'),
  recentSteps: positive.describe('variety-over-steps, progress, unambiguous: steps before the present one whose spans are remembered.'),
});

export const grpoSection = z.strictObject({
  formulation: z
    .enum(['grpo', 'dr-grpo', 'rloo', 'reinforce++', 'reinforce++-baseline'])
    .describe('How rewards become advantages, and what the loss is divided by; `grpo` is eq. 10 with a token-level mean (docs/objectives.md has them all).'),
  groupFilter: z.boolean().describe('Whether groups whose rewards are all alike are dropped; kept, their tokens count in the mean.'),
  clipLow: share.describe('Ratio not below 1 - clipLow.'),
  clipHigh: z.number().min(0).describe('Ratio not above 1 + clipHigh.'),
  ratioCap: z.number().min(1).describe('Truncation of importance ratios where the clip does not act.'),
  baseline: z.enum(['group-mean', 'critic']).describe("What a reward is compared with: what grpo.formulation says, of eq. 10 its group's mean, or a value head's forecast of it."),
  criticLearningRate: z.number().positive().describe('Learning rate of the value head: by how much its forecast may move in a step, about.'),
  maxStaleness: count.describe('How many updates old the weights of a rollout may be; 0 is exactly on-policy.'),
  refillParagraphs: count.describe('Further paragraphs that a step may draw in place of those without a kept group.'),
});

export const pretrainingSection = z.strictObject({
  copyingShare: share.describe('continue-pretraining: share of paragraphs whose words, in random order, are told over and over: it teaches copying and nothing else.'),
  formatShare: share.describe('continue-pretraining: share of the other paragraphs shown as one of the two prompts with an answer.'),
  contentMaskShare: share.describe('continue-pretraining: share of shown mask answers that are content words; the rest are random spans.'),
});

export const evaluationSection = z.strictObject({
  cloze: z.string().nullable().describe('JSONL of held-out masked spans; `sample` or `atlas` for the bundled sets; null for none.'),
  probe: z.string().nullable().describe('JSONL of held-out paragraphs on which masks are sampled; `sample` or `atlas` for the bundled ones; null for none.'),
  every: count.describe('Steps between evaluations; 0: before and after only.'),
  maxItems: positive.describe('Cloze items used, spread over the classes.'),
  clozeSamples: count.describe("Answers per cloze item, sampled at the run's temperature; accuracy is their mean (mean@k). 0: one greedy answer."),
  probeSamples: positive.describe('Masks sampled per probe paragraph.'),
});

export const alarmsSection = z.strictObject({
  onAlarm: z.enum(['warn', 'stop']).describe('What an alarm does: it is told and the run goes on, or the run ends after the step, with a checkpoint.'),
  window: z.int().min(4).describe('Steps that instability, imbalance and barren are taken over.'),
  instability: share.describe('Alarm from this swing of the share of right predictions about its trend on (a standard deviation, beyond chance).'),
  harm: share.describe('Alarm from this fall of held-out accuracy below its best on (beyond chance).'),
  imbalance: share.describe('Alarm from this share of one text in what is masked on.'),
  barren: share.describe('Alarm from this share of rollouts that take no part in an update on.'),
});

export const benchmarkSection = z.strictObject({
  name: z
    .enum(['cloze', 'mmlu-pro', 'super-gpqa', 'bbeh', 'math-500', 'olympiad-bench', 'minerva', 'gsm8k', 'amc23', 'aime24'])
    .describe('What `evaluate` asks: a published benchmark, or `cloze`: hidden spans of a corpus.'),
  path: z.string().min(1).nullable().describe("The benchmark's files in their published layout: path, glob or hf:// address; null: where they are published (cloze: corpus.path)."),
  examples: z.string().min(1).nullable().describe('Files of the same layout with worked examples to stand before each question, for example of the validation split; null for none.'),
  shots: count.describe('Worked examples before each question, the first of its category.'),
  maxItems: positive.nullable().describe('Questions asked, spread over the categories; null: all (cloze: 1000).'),
  samples: count.nullable().describe("Answers per question, sampled at the run's temperature (mean@k). 0: one greedy answer; null: as published."),
});

export const verifierSection = z.strictObject({
  kind: z.enum(['exact', 'numeric', 'latex', 'multiple-choice']).describe('post-training: how an answer is compared with the right one.'),
  tolerance: z.number().min(0).lt(1).describe('numeric, latex: relative tolerance of numbers that are written with a decimal point.'),
});

export const logSection = z.strictObject({
  rowGroupRows: positive.describe('Rows of one Parquet row group.'),
  compressionLevel: z.int().min(1).max(19).describe('zstd level.'),
  tensorboard: z.boolean().describe('Whether the curves are written for TensorBoard too, below metrics/tensorboard.'),
});
