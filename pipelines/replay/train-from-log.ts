/**
 * Learns a fresh model from a log alone. In: an opened replay (the whole log up to a step), and the new run's folder. Out: that folder, a run like others but for where its samples came
 * from: its commits name the log's step and the hash that proves it, and the note `trained-from.json` says it in words. Can go wrong: what a run throws; LOG_DAMAGED;
 * MODEL_INVALID where the model's tokens are not those of the log.
 *
 * Off-policy: the loss takes the ratio of the new model's probability of each token to the one it was sampled with, as logged, clipped and truncated by `grpo` as in a run
 * (eq. 11). Without changes and from the same base, it is the run itself: the same weights, to the bit on one engine.
 */
import { createLetterBox } from '../../operators/flow/letter-box.ts';
import { createStopwatch } from '../../operators/flow/stopwatch.ts';
import { createHealthWatch } from '../../operators/health/health-watch.ts';
import { rebuildHealth } from '../../operators/health/rebuild-health.ts';
import type { ParagraphSource } from '../../operators/ports/paragraph-source.ts';
import { toCorpusPosition } from '../../operators/replay/log-position.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { EvaluationRow } from '../../schemas/records/evaluation-row.ts';
import { evaluateHeldOut } from '../held-out.ts';
import { closeParts, openParts } from '../open-parts.ts';
import type { RunParts } from '../run-parts.ts';
import { judgedSteps, type JudgedLoggedStep } from './judged-steps.ts';
import type { OpenedReplay } from './open-replay.ts';
import { rolloutsOf } from './replay-counts.ts';
import type { EmitReplay } from './replay-events.ts';
import type { ReplayOptions } from './replay-options.ts';
import { recordProvenance } from './record-provenance.ts';
import { requireWhole } from './require-whole.ts';
import { feedSteps } from './step-feeder.ts';

export async function trainFromLog(opened: OpenedReplay, options: ReplayOptions, emit: EmitReplay, signal: AbortSignal): Promise<string> {
  const { range, config, log } = opened;
  if (range.from !== 1) throw new PretrainZeroError('USAGE', `--train begins with step 1, as a fresh model does, not with step ${range.from}`);
  if (config.run.steps < range.to) throw new PretrainZeroError('USAGE', `run.steps is ${config.run.steps}, and the log has ${range.to} steps to learn from`, { key: 'run.steps' });
  const { directory, resume: resuming = false } = options.train!;
  const given = { tokenizer: opened.tokenizer, template: opened.judge.template, source: noSource, ...options.parts };
  const own: { -readonly [K in keyof RunParts]?: RunParts[K] } = {};
  try {
    const parts = await openParts(config, { directory, resume: resuming, given, opened: own, onWarning: (_code, message) => emit({ type: 'note', message }) });
    const resume = await parts.store.resumePoint();
    if (resume.checkpointDirectory !== null) await parts.engine.load(resume.checkpointDirectory);
    await recordProvenance(opened, directory, options.set ?? []);
    const letters = createLetterBox();
    const evaluate = (step: number): Promise<readonly EvaluationRow[]> => evaluateHeldOut(parts.heldOut, { ...parts, config }, step);
    const feed = feedSteps({
      ...parts,
      config,
      update: opened.topology.sink.update,
      letters,
      stopwatch: createStopwatch(parts.clock),
      health: createHealthWatch(config.alarms, await rebuildHealth({ step: parts.pastStep, evaluations: parts.evaluations }, resume.step, config.alarms.window)),
      baseEvaluations: resume.step === 0 ? await evaluate(0) : [],
      evaluate,
      stopping: () => signal.aborted,
      announce: () => undefined,
      onProgress: () => undefined,
      onCommitted: (report) => emit({ type: 'step-trained', report }),
      onAlarm: ({ code, message, step }) => emit({ type: 'warning', code, message, step }), // the samples are there, whatever is learned from them: nothing stops
      // Samples of other weights differ from these by design.
      onWarning: (code, message, step) => (code === 'LOGPROB_DRIFT' ? undefined : emit({ type: 'warning', code, message, step })),
    });
    const judging = judgedSteps(opened);
    for (let step = resume.step + 1; step <= range.to && !signal.aborted; step++) {
      const judged = await judging.read(step);
      requireWhole(log, judged.logged);
      if (step === 1) requireSameTokens(opened, judged);
      for (const letter of judging.letters(judged)) letters.put(letter);
      const corpusPosition = toCorpusPosition({ run: opened.own.run.name, step, hash: log.steps[step - 1]!.hash });
      await feed({ step, paragraphs: judged.messages, pending: [], settled: true, rescored: false, corpusPosition, last: step === range.to });
      emit({ type: 'step-replayed', step, rollouts: rolloutsOf(judged.logged.tables), rows: judged.messages.length });
    }
    return directory;
  } finally {
    await closeParts(own);
  }
}

/** Paragraphs come out of the log, never from a corpus. */
const noSource: ParagraphSource = { open: () => Promise.reject(new PretrainZeroError('USAGE', 'a training from a log reads no corpus')) };

function requireSameTokens({ config }: OpenedReplay, { logged, messages }: JudgedLoggedStep): void {
  if (rolloutsOf(logged.tables) === 0 || messages.some(({ maskRollouts, predictions }) => maskRollouts.length + predictions.length > 0)) return;
  throw new PretrainZeroError('MODEL_INVALID', 'the model makes other tokens of the prompts than the log has: its samples cannot be learned from', { file: config.model.path });
}
