/** Names of domains as people read them; rules compare them too. */
export { namedWith, unicodeName } from '../rule/unicode-name.ts';
