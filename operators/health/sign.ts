/**
 * The failure signs that a run is watched for. In: nothing. Out: their names, each with the code of its alarm. A sign is a figure of a step that grows as things go wrong; from its
 * threshold on (`alarms`) it is an alarm.
 */
import type { ErrorCode } from '../../schemas/error-codes.ts';

export const signs = [
  'instability', // of the min-max game
  'harm', // to the main objective
  'imbalance', // of what is picked
  'barren', // rollouts
] as const;
export type Sign = (typeof signs)[number];

export const signCodes: Readonly<Record<Sign, ErrorCode>> = { instability: 'GAME_UNSTABLE', harm: 'OBJECTIVE_HARMED', imbalance: 'PICKS_IMBALANCED', barren: 'NOTHING_LEARNED' };

/** A sign that has reached its threshold. */
export interface Alarm {
  readonly sign: Sign;
  readonly code: ErrorCode;
  /** Optimiser step. */
  readonly step: number;
  readonly value: number;
  readonly threshold: number;
  /** What was seen, with the value and the threshold. */
  readonly message: string;
}
