/**
 * Ids of records: `step/slot/role/index`. A record is a function of (config, corpus, policy version, id), so ids are
 * made here alone. Steps count from 1 and are padded to 6 digits, slots from 0 to 2: text order is step order.
 */

/** `000012/03` */
export function paragraphId(step: number, slot: number): string {
  return `${String(step).padStart(6, '0')}/${String(slot).padStart(2, '0')}`;
}

/** `000012/03/mask/5` */
export function maskRolloutId(paragraph: string, index: number): string {
  return `${maskGroupId(paragraph)}/${index}`;
}

/** `000012/03/passage/5` */
export function passageId(paragraph: string, maskIndex: number): string {
  return `${paragraph}/passage/${maskIndex}`;
}

/** `000012/03/predict/5/2` */
export function predictionRolloutId(paragraph: string, maskIndex: number, index: number): string {
  return `${predictionGroupId(paragraph, maskIndex)}/${index}`;
}

/** `000012/03/mask`: the generation group of a paragraph. */
export function maskGroupId(paragraph: string): string {
  return `${paragraph}/mask`;
}

/** `000012/03/predict/5`: the prediction group of a mask. */
export function predictionGroupId(paragraph: string, maskIndex: number): string {
  return `${paragraph}/predict/${maskIndex}`;
}

/** The group that a rollout of either role belongs to: its id without the last part. */
export function groupIdOfRollout(rolloutId: string): string {
  return rolloutId.slice(0, rolloutId.lastIndexOf('/'));
}

/** The prediction group of what a mask rollout proposed: `000012/03/mask/5` -> `000012/03/predict/5`. */
export function groupIdOfMask(maskRollout: string): string {
  const [step, slot, , index] = maskRollout.split('/');
  return predictionGroupId(`${step!}/${slot!}`, Number(index));
}
