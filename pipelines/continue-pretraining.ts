/**
 * The baseline of plain next-token cross-entropy on the same text (4.2). With `pretraining.formatShare` some paragraphs are shown as
 * one of the two prompts with an answer: this is how the bundled base model was made.
 */
import { wrapParagraphs } from '../operators/training/wrap-paragraphs.ts';
import { crossEntropyUpdate } from '../operators/training/update-rule.ts';
import { scoredGroups } from './edges.ts';
import { pipeline } from './topology.ts';

export const continuePretraining = pipeline('continue-pretraining')
  .stage('wrap-paragraphs', wrapParagraphs, scoredGroups)
  .update(crossEntropyUpdate);
