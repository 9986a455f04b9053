import { flowControl } from './bodies/flow-control.ts';
import { memory } from './transport.ts';

flowControl(memory);
