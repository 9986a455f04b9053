/** What the failure signs remember before the first step of a replay. In: an opened replay. Out: the state, from the steps before in the run's folder: topics may be trimmed as far. Can go wrong: what reading the log throws. */
import type { HealthState } from '../../operators/health/health-state.ts';
import { rebuildHealth } from '../../operators/health/rebuild-health.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { EvaluationRow } from '../../schemas/records/evaluation-row.ts';
import type { OpenedReplay } from './open-replay.ts';

export function healthBefore({ inFolder: log, range, config }: OpenedReplay): Promise<HealthState> {
  const step = async (of: number) => {
    const { tables } = await log.read(of);
    const [report] = tables.steps;
    if (report === undefined) throw new PretrainZeroError('LOG_DAMAGED', `the report of step ${of} is not there`, { file: log.place('steps', of) });
    return { ...report, passages: tables.passages };
  };
  const evaluations = async (of: number): Promise<readonly EvaluationRow[]> => (await log.read(Math.max(1, of))).tables.evaluations.filter((row) => row.step === of);
  return rebuildHealth({ step, evaluations }, range.from - 1, config.alarms.window);
}
