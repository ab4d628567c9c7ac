/** The real stylesheets and script, as a host reads them. */
import { readFileSync } from 'node:fs';

const folder = new URL('../../src/http/assets/', import.meta.url);
const types = { 'tokens.css': 'text/css', 'klarsignal.css': 'text/css', 'klarsignal.js': 'text/javascript' };

export const assets = new Map(
  Object.entries(types).map(([name, contentType]) => [
    name,
    { contentType, body: readFileSync(new URL(name, folder), 'utf8') },
  ]),
);
