/** The command line as a process of its own. */
import { keepCompiled } from './cache.ts';

keepCompiled(process.env);
// What is loaded before is not kept.
await import('./command-line.ts');
