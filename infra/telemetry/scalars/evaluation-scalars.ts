/** The held-out curves of a run. In: one evaluation's summary. Out: accuracy in all and by class, and what the generator picks. Pure. */
import type { EvaluationSummary } from '../../../operators/evaluation/summarise-evaluation.ts';
import type { Scalar } from './scalar.ts';

export function evaluationScalars({ cloze, maskProbe }: EvaluationSummary): Scalar[] {
  const accuracy = (value: number, spanClass: string): Scalar => ({
    ...{ name: 'held_out/accuracy', attributes: { class: spanClass }, unit: '1', value },
    doc: 'Share of the answers to held-out masked spans that are right, in all and by class of the span.',
  });
  const share = (value: number, spanClass: string): Scalar => ({
    ...{ name: 'held_out/mask_share', attributes: { class: spanClass }, unit: '1', value },
    doc: 'Share of the usable masks proposed on held-out paragraphs that are of the class.',
  });
  const scalars: Scalar[] = [];
  if (cloze !== null) scalars.push(accuracy(cloze.accuracy, 'all'), ...cloze.byClass.map((each) => accuracy(each.accuracy, each.spanClass)));
  if (maskProbe !== null) {
    const { usableShare, byClass, distinctMasksPerHundred } = maskProbe;
    scalars.push({ name: 'held_out/usable_mask_share', attributes: {}, unit: '1', doc: 'Share of the masks proposed on held-out paragraphs that are usable.', value: usableShare });
    if (distinctMasksPerHundred !== null) {
      scalars.push({ name: 'held_out/distinct_masks', attributes: {}, unit: '1', doc: 'Distinct texts per 100 usable masks proposed on held-out paragraphs.', value: distinctMasksPerHundred });
    }
    scalars.push(...byClass.map((each) => share(each.share, each.spanClass)));
  }
  return scalars;
}
