/** From what contenders told to the rows of the table. In: outcomes of one measurement. Out: rows, ours first. Nothing can go wrong. */
import { disagreement } from './agreement.ts';
import type { ContenderKind } from './contenders.ts';
import type { Measurement } from './measurements.ts';
import type { Outcome } from './rounds.ts';

export interface EngineRow {
  readonly model: string;
  readonly measured: string;
  readonly by: string;
  /** Over the rounds; for a rate the best is the highest. Absent: why not stands in the note. */
  readonly median?: number;
  readonly best?: number;
  readonly unit?: string;
  /** How many times as fast as each peer, by the medians. */
  readonly speed?: string;
  /** Peak of resident memory. */
  readonly gigabytes?: number;
  readonly note?: string;
}

interface Measured {
  readonly kind: ContenderKind;
  readonly outcome: Outcome;
  /** Why its figures do not count; null where they do. */
  readonly refusal: string | null;
}

/** @param sgemm the machine's rate, GFLOP/s; null where it was not measured */
export function rowsOf(model: string, measurement: Measurement, measured: readonly Measured[], sgemm: number | null): EngineRow[] {
  const peers = measured.filter(({ kind, outcome, refusal }) => !kind.isOurs && refusal === null && 'rounds' in outcome);
  return measured.map(({ kind, outcome, refusal }) => {
    const head = { model, measured: measurement.title, by: kind.name };
    if (!('rounds' in outcome)) return { ...head, note: outcome.failure };
    const broken = refusal ?? outcome.rounds.map((figures) => disagreement(figures, measurement.expected)).find((each) => each !== null);
    if (typeof broken === 'string') return { ...head, note: `refused: ${broken}` };
    const { median, best } = summary(outcome, measurement);
    const ratio = (peer: Outcome): number => (measurement.amount === null ? summary(peer, measurement).median / median : median / summary(peer, measurement).median);
    return {
      ...head,
      median,
      best,
      unit: measurement.unit,
      ...(kind.isOurs && peers.length > 0 ? { speed: peers.map((peer) => `${ratio(peer.outcome).toFixed(2)} × ${peer.kind.name}`).join('; ') } : {}),
      ...(outcome.peakBytes === null ? {} : { gigabytes: outcome.peakBytes / 1e9 }),
      ...noteOf(outcome, measurement, sgemm),
    };
  });
}

/** In the measurement's unit. */
export function summary(outcome: Outcome, { amount }: Pick<Measurement, 'amount'>): { readonly median: number; readonly best: number } {
  const seconds = 'rounds' in outcome ? outcome.rounds.map((figures) => figures.seconds as number).sort((a, b) => a - b) : [];
  const [median, best] = [seconds[Math.floor(seconds.length / 2)]!, seconds[0]!].map((each) => (amount === null ? each : amount / each));
  return { median: median!, best: best! };
}

/** Positions computed, where ours tells them, and the share of the machine's arithmetic. */
function noteOf(outcome: Extract<Outcome, { rounds: unknown }>, { flops, expected }: Measurement, sgemm: number | null): { note?: string } {
  const { tokensComputed, tokensInRows } = outcome.rounds[0] as { readonly tokensComputed?: number; readonly tokensInRows?: number };
  const positions = tokensComputed ?? (expected.tokensInRows as number | undefined);
  const seconds = summary(outcome, { amount: null }).median;
  const notes = [
    ...(tokensComputed === undefined || tokensComputed === tokensInRows ? [] : [`${percent(tokensComputed / tokensInRows!)} of the positions computed`]),
    ...(flops === null || positions === undefined || sgemm === null ? [] : [`${percent(flops(positions) / 1e9 / seconds / sgemm)} of sgemm`]),
  ];
  return notes.length === 0 ? {} : { note: notes.join('; ') };
}

function percent(share: number): string {
  return `${Math.round(100 * share)}%`;
}
