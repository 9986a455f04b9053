import { faultsInAStep } from './bodies/faults-in-a-step.ts';
import { memory } from './transport.ts';

faultsInAStep(memory);
