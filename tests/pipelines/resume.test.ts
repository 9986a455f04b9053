import { resume, variants } from './bodies/resume.ts';
import { memory } from './transport.ts';

resume(memory, variants);
