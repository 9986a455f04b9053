/** What the principal of each worker needs of a run's topics, and no more: the table in docs/kafka.md, which a test compares with this. */

export interface StageRights {
  readonly read: readonly string[];
  readonly write: readonly string[];
}

const all = { read: ['policy-versions'], write: ['dead-letters'] } as const;

export const stageRights: Readonly<Record<string, StageRights>> = {
  source: { read: [...all.read, 'grants', 'admissions'], write: [...all.write, 'admissions', 'paragraphs'] },
  'generate-masks': { read: [...all.read, 'paragraphs'], write: [...all.write, 'mask-groups'] },
  'predict-spans': { read: [...all.read, 'mask-groups'], write: [...all.write, 'prediction-groups'] },
  reward: { read: [...all.read, 'prediction-groups'], write: [...all.write, 'scored-groups'] },
  train: { read: [...all.read, 'admissions', 'scored-groups', 'committed-steps'], write: [...all.write, 'grants', 'policy-versions', 'step-commits'] },
  log: { read: [...all.read, 'step-commits', 'scored-groups', 'committed-steps'], write: [...all.write, 'committed-steps'] },
};
