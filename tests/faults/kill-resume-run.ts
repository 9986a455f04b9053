/**
 * The process that `kill-resume.test.ts` kills: a run with the stub engine and the real run folder. In: the folder, `resume` where
 * it shall go on, the staleness, what masks are paid for. Prints a line once the run is open and one at its end. Its answers and weights are hashes of all that it was trained on.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { launch } from '../../pipelines/launch.ts';
import { loadPromptTemplate } from '../../pipelines/load-prompt-template.ts';
import type { Config } from '../../schemas/config/config.ts';
import { statelessAnswer } from '../stateless-answer.ts';
import { stubConfig } from '../stub-config.ts';
import { createStubEngine } from '../stub-engine.ts';
import { createStubParagraphSource } from '../stub-paragraph-source.ts';
import { createStubTokenizer } from '../stub-tokenizer.ts';

const [directory = '', mode = '', maxStaleness = '0', generation] = process.argv.slice(2);
const config = stubConfig({
  run: { steps: 16, checkpointEvery: 3, keepCheckpoints: 2 },
  rewards: { generation: generation as Config['rewards']['generation'], recentSteps: 4 },
  grpo: { maxStaleness: Number(maxStaleness), refillParagraphs: 1 },
});
const tokenizer = createStubTokenizer();
const engine = createStubEngine({ respond: statelessAnswer, before: () => sleep(2) });
const run = launch(config, {
  directory,
  resume: mode === 'resume',
  parts: {
    tokenizer,
    engine,
    template: await loadPromptTemplate('short', tokenizer),
    source: createStubParagraphSource({ letterEvery: 5 }),
    heldOut: { cloze: [], probe: [] },
  },
});
run.events.subscribe((event) => {
  if (event.type === 'started') process.stdout.write('started\n');
});
const outcome = await run.done;
process.stdout.write(`${outcome.kind} ${engine.weights()}\n`);
