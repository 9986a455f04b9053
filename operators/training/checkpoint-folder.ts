/** Folder of a step's checkpoint within the run's folder, `/` between the parts. In: a step, from 1. Nothing can go wrong. */
export function checkpointFolder(step: number): string {
  return `checkpoints/step-${String(step).padStart(6, '0')}`;
}
