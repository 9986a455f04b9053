/** Where things lie in a run's folder. Paths in the manifest are relative to it, with `/`. */
export const layout = {
  config: 'config.yaml',
  manifest: 'manifest.jsonl',
  timings: 'metrics/timings.jsonl',
  /** TensorBoard's; it asks for `tfevents` in the name. */
  events: 'metrics/tensorboard/events.out.tfevents.pretrainzero',
  lock: 'run.lock',
  /** Work in progress; whatever is here after a crash is rubbish. */
  staging: '.staging',
  checkpoints: 'checkpoints',
} as const;

/** Files that a checkpoint holds beside the engine's. */
export const checkpointFiles = {
  state: 'run-state.json',
  pending: 'pending.parquet',
  pendingLetters: 'pending-letters.parquet',
} as const;

/** Digits of a step in names, so that they sort. */
const stepDigits = 6;

export function stepPart(folder: string, step: number): string {
  return `${folder}/step=${String(step).padStart(stepDigits, '0')}.parquet`;
}

const partName = /^step=\d{6,}\.parquet$/;
const checkpointName = /^step-\d{6,}$/;

export const isPartName = (name: string): boolean => partName.test(name);
export const isCheckpointName = (name: string): boolean => checkpointName.test(name);
