/**
 * Speed as ratios measured in one run: `npm run bench`. These machines are noisy, so nothing here is a test.
 * An audit against the sum of its libraries called alone, and against the nearest open peer; the service's start
 * against a bare Hono server. `--only audit|alone|peer|start`: one of them; `alone` is for a profile of the audit.
 */
import { parseArgs } from 'node:util';
import { measureAudit } from './audit/audit.ts';
import { measurePeer } from './audit/peer.ts';
import { measureStart } from './audit/start.ts';

const parts = { audit: () => measureAudit(), peer: measurePeer, start: measureStart };
const { values } = parseArgs({ options: { only: { type: 'string' } } });
if (values.only === 'alone') await measureAudit(true);
else
  for (const [name, measure] of Object.entries(parts))
    if ([undefined, name].includes(values.only)) await measure();
