import { endToEnd } from './bodies/end-to-end.ts';
import { memory } from './transport.ts';

endToEnd(memory);
