/** In: how a run ended, and what it was started with. Out: the three things to do next, as commands. Pure. */
import type { RunOutcome } from '../../../pipelines/run-events.ts';
import type { Config } from '../../../schemas/config/config.ts';
import { samplesPredictions } from '../../../schemas/config/samples-predictions.ts';
import { quote } from '../command-name.ts';
import type { NextStep } from './outcome-lines.ts';

export interface RunCall {
  /** How the program is called. */
  readonly command: string;
  readonly configName: string;
  readonly config: Config;
  /** The settings that it was called with. */
  readonly set: readonly string[];
  /** The command that goes on with this run. */
  readonly again: string;
}

export function nextSteps(outcome: RunOutcome, call: RunCall): NextStep[] {
  const { command, configName, config, set } = call;
  const folder = quote(outcome.directory);
  const sampled = samplesPredictions(config.pipeline);
  const sample = { command: `${command} sample ${folder}`, purpose: 'see what was masked and predicted, and what it was paid' };
  const verify = { command: `${command} verify ${folder}`, purpose: 'check every file of the run, and that no rollout was lost or counted twice' };
  const look = sampled && outcome.step > 0 ? [sample, verify] : [verify];
  if (outcome.kind === 'interrupted') return [{ command: call.again, purpose: 'go on with this run' }, ...look];
  if (outcome.kind === 'alarm') return [...look, { command: goOnWithWarnings(call), purpose: 'go on all the same: alarms are told and stop nothing' }];
  const seed = config.run.seed + 1;
  const otherSeed = {
    command: `${command} run ${quote(configName)}${withSettings(set)} --set run.seed=${seed} --out ${quote(`${outcome.directory}-seed-${seed}`)}`,
    purpose: 'the same with another seed: figures of one run say little',
  };
  if (configName !== 'quickstart') return [...look, otherSeed];
  const settings = set.filter((setting) => !/^\s*(run\.name|run\.coldStartSteps|pipeline)\s*=/.test(setting)); // the baseline has its own, and no cold start
  const baseline = { command: `${command} run quickstart-random-span${withSettings(settings)}`, purpose: 'the same steps with random masks: what the learned choice is compared with' };
  const ownText = { command: `${command} run quickstart --set corpus.path=PATH --out runs/own-text`, purpose: 'text of your own: a Wikipedia dump (.xml.bz2), Parquet, JSONL or plain text' };
  return [sample, baseline, ownText];
}

/** A later setting of a key takes the place of an earlier one. */
function goOnWithWarnings({ again }: RunCall): string {
  return again.replace(/ --resume$/, ' --set alarms.onAlarm=warn --resume');
}

function withSettings(set: readonly string[]): string {
  return set.map((setting) => ` --set ${quote(setting)}`).join('');
}
