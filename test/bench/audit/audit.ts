/** An audit without previews against the sum of its libraries called alone on the same mail. */
import { clients } from '../../../rules/clients/index.ts';
import { rules } from '../../../rules/index.ts';
import { policy } from '../../../rules/policy.ts';
import { ruleSet } from '../../../rules/version.ts';
import { createUdpResolver } from '../../../src/adapters/resolver/udp.ts';
import { parseZone, startZoneServer } from '../../../src/adapters/resolver/zone.ts';
import { createPreflight } from '../../../src/preflight.ts';
import { readSubmission } from '../../../src/submission.ts';
import { clock, fetcherOf, identitiesOf, mailServersOf, noBrowser, soundZone } from '../../world.ts';
import { callLibraries, createAsker, createValidator } from './libraries.ts';
import { newsletter } from './newsletter.ts';
import { inTurn } from './timing.ts';

/** Before anything is measured: a service has run for a while. */
const warming = 100;
const rounds = 120;
const goal = 1.5;

/** `libraries` aside, for a profile of the audit alone. */
export async function measureAudit(alone = false): Promise<void> {
  const parsed = parseZone(soundZone);
  if (!parsed.ok) throw new Error(parsed.message);
  const server = await startZoneServer(parsed.zone);
  const world = {
    resolver: createUdpResolver({ servers: [server], clock }),
    fetcher: fetcherOf({}),
    mailServers: mailServersOf({}),
    identities: identitiesOf({}),
    browser: noBrowser,
    clock,
    policy,
    clients,
  };
  const preflight = createPreflight(rules, ruleSet, world);
  const bytes = new TextEncoder().encode(newsletter());
  const handed = {
    bytes,
    from: 'F <brev@example.se>',
    mailFrom: 'mejl.example.se',
    subject: 'Höstmöte',
    dkimSelectors: ['s1'],
  };
  const ours = async () => {
    const read = await readSubmission(handed, 'org_bench', policy.limits);
    if (!read.ok) throw new Error('the newsletter is not a submission');
    await preflight.audit(read.submission, { leaveOut: { dns: false, previews: true } });
  };
  await ours();
  const questions = [...server.asked.keys()];
  const asker = createAsker(server.port);
  const libraries = () => callLibraries(bytes, asker.ask, questions);
  // Not in turn: what ours leaves behind would be swept at the libraries' cost, and double it as it happens to fall.
  const [two = 0] = alone ? [] : await inTurn([libraries], { warming, rounds });
  const [one = 0] = await inTurn([ours], { warming, rounds });
  console.log(
    `audit of ${Math.round(bytes.length / 1024)} KB without previews, ${questions.length} DNS questions, ${rounds} rounds, medians of processor time`,
  );
  console.log(
    alone
      ? `  ours ${one.toFixed(1)} ms`
      : `  ours ${one.toFixed(1)} ms, its libraries alone ${two.toFixed(1)} ms: ratio ${(one / two).toFixed(2)} (goal at most ${goal})`,
  );
  if (!alone) {
    const validate = createValidator();
    const [validated = 0] = await inTurn([() => validate(bytes)], { warming: 5, rounds: 15 });
    console.log(
      `  not part of the ratio: html-validate alone on the same mail ${validated.toFixed(1)} ms; it is installed, and in an audit our own facts do its work`,
    );
  }
  asker.close();
  await server.close();
}
