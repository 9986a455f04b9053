/** The process that `run-experiment.test.ts` kills: a grid with stub engines. In: the experiment's file and folder. Prints a line at its first event and one at its end. */
import { setTimeout as sleep } from 'node:timers/promises';
import { loadExperiment } from '../../../infra/config/load-experiment.ts';
import { runExperiment } from '../../../pipelines/experiment/run-experiment.ts';
import { gridDeps, stubLaunch } from './stub-grid.ts';

const [file = '', directory = ''] = process.argv.slice(2);
let told = false;
const emit = (): void => {
  if (!told) process.stdout.write('started\n');
  told = true;
};
const { complete } = await runExperiment(await loadExperiment(file, '/'), gridDeps(directory, { jobs: 2, launch: stubLaunch({ before: () => sleep(2) }), emit }));
process.stdout.write(`complete ${complete}\n`);
