import { ownOperator } from './bodies/own-operator.ts';
import { memory } from './transport.ts';

ownOperator(memory);
