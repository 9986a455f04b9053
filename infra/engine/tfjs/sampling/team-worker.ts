/** A thread of a team. In: `TeamMember` as worker data. Out: one message when it is ready; its parts of passes. Wrong: see `TeamControl`. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadNativeLibrary } from '../backend/native-library.ts';
import { PolicyWeights } from '../model/policy-weights.ts';
import { ropeTables } from '../model/rope-table.ts';
import { KernelProducts } from './kernel-products.ts';
import { openKernels } from './kernels/open-kernels.ts';
import { RowRunner } from './row-runner.ts';
import type { TeamMember } from './team.ts';
import { TeamControl } from './team-control.ts';

const { index, control, config, weights, memory, packed, places, scratch, isNative } = workerData as TeamMember;
if (isNative) loadNativeLibrary();
const model = { weights: new PolicyWeights(config, weights), ropes: ropeTables(config) };
const kernels = openKernels(memory);
const runner = new RowRunner({ memory, kernels, model, products: new KernelProducts(kernels, packed), places, scratch });
parentPort!.postMessage('ready');
new TeamControl(control).follow(index, runner);
