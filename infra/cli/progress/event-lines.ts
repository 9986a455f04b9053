/** In: an event, and the view with it. Out: the lines that stay on the screen or in a log file: one a step. Pure. */
import type { EngineInfo } from '../../../operators/ports/engine.ts';
import type { RunEvent } from '../../../pipelines/run-events.ts';
import { count, duration } from '../amounts.ts';
import type { Ink } from '../ink.ts';
import { evaluationFigures } from './evaluation-figures.ts';
import { timeLeftMs, type RunView } from './run-view.ts';
import { learningFigures, workFigures } from './step-figures.ts';

/** Dead letters told one by one; further ones are counted. */
const lettersTold = 5;

export function eventLines(event: RunEvent, view: RunView, ink: Ink): string[] {
  switch (event.type) {
    case 'started': {
      const { engine } = event;
      return [
        `${ink.bold(event.name)}: ${event.pipeline}, ${event.steps} steps, in ${event.directory}`,
        ink.dim(`engine ${engine.backend} (${engine.reason}), ${threadsOf(engine)}${parametersOf(engine)}`),
      ];
    }
    case 'resumed':
      return [event.step === 0 ? 'no checkpoint was there: begins again with step 1' : `goes on after step ${event.step}, from ${event.checkpoint ?? 'its checkpoint'}`];
    case 'step-done': {
      const left = timeLeftMs(view);
      const parts = [...learningFigures(event), ...workFigures(event), duration(event.timing.totalMs), left === null || left === 0 ? [] : [`${duration(left)} left`]].flat();
      return [`step ${event.step}/${event.steps}  ${parts.join(' · ')}`];
    }
    case 'evaluation':
      return [`${event.step === 0 ? 'base model' : `after step ${event.step}`}  ${evaluationFigures(event.summary).join(' · ')}`];
    case 'warning':
      return [ink.yellow(`warning ${event.code}: ${event.message}`)];
    case 'dead-letter': {
      if (view.deadLetters > lettersTold) return [];
      const last = view.deadLetters === lettersTold ? ' (further ones are only counted; all are in the folder dead-letters)' : '';
      return [ink.yellow(`dead letter of ${event.letter.stage}, ${event.letter.code}: ${event.letter.message}${last}`)];
    }
    case 'flow':
    case 'credits':
    case 'stage-progress':
    case 'checkpoint':
    case 'finished':
    case 'failed':
      return [];
  }
}

function threadsOf({ threads }: EngineInfo): string {
  return threads === 0 ? '' : `${threads} thread${threads === 1 ? '' : 's'}, `;
}

function parametersOf({ parameters, trainedParameters }: EngineInfo): string {
  const all = `${count(parameters)} parameters`;
  return trainedParameters === parameters ? all : `${all}, frozen, with an adapter of ${count(trainedParameters)}`;
}
