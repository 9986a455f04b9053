import { resume } from './bodies/resume.ts';
import { memory } from './transport.ts';

resume(memory);
