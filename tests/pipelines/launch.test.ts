import { launches } from './bodies/launch.ts';
import { memory } from './transport.ts';

launches(memory);
