/**
 * The nearest open peer over the shared templates. It sees the HTML alone, so here nobody asks DNS or draws; both
 * begin with the HTML as text, and MJML is left aside, since it takes none.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AuditReport, auditEmail } from '@emailens/engine';
import { clients } from '../../../rules/clients/index.ts';
import { rules } from '../../../rules/index.ts';
import { policy } from '../../../rules/policy.ts';
import { ruleSet } from '../../../rules/version.ts';
import { createPreflight } from '../../../src/preflight.ts';
import { readSubmission } from '../../../src/submission.ts';
import { clock, noBrowser, resolverOf } from '../../world.ts';
import { callLibraries } from './libraries.ts';
import { inTurn, median } from './timing.ts';

const templates = new URL('../../../../shared/data/templates-html/', import.meta.url).pathname;
const goal = 3;
const pace = { warming: 3, rounds: 5 };

export async function measurePeer(): Promise<void> {
  if (!existsSync(templates)) {
    console.log(`SKIPPED the peer: ${templates} is not there`);
    return;
  }
  const resolver = await resolverOf({});
  const preflight = createPreflight(rules, ruleSet, { resolver, browser: noBrowser, clock, policy, clients });
  const times: { ours: number[]; peer: number[]; libraries: number[] } = {
    ours: [],
    peer: [],
    libraries: [],
  };
  const counts: { ours: number[]; peer: number[] } = { ours: [], peer: [] };
  for (const file of globSync('**/*.html', { cwd: templates }).sort()) {
    const html = readFileSync(join(templates, file), 'utf8');
    const bytes = new TextEncoder().encode(html);
    const audited = async () => {
      const handed = { bytes, filename: 'a.html', from: 'F <brev@example.se>', subject: 'Höstmöte' };
      const read = await readSubmission(handed, 'org_bench', policy.limits);
      if (!read.ok) return 0;
      const { verdict } = await preflight.audit(read.submission, { leaveOut: { dns: true, previews: true } });
      return verdict.findings.filter(({ outcome }) => outcome === 'fail').length;
    };
    const found = await audited();
    const said = saidBy(auditEmail(html));
    const alone = () => callLibraries(bytes, async () => {}, []);
    const [ours = 0, peer = 0, libraries = 0] = await inTurn([audited, () => auditEmail(html), alone], pace);
    times.ours.push(ours);
    times.peer.push(peer);
    times.libraries.push(libraries);
    counts.ours.push(found);
    counts.peer.push(said);
  }
  await resolver.close();
  const [one, two, three] = [median(times.ours), median(times.peer), median(times.libraries)];
  console.log(
    `${times.ours.length} templates, without DNS and previews, against @emailens/engine, ${pace.rounds} rounds, medians of processor time`,
  );
  console.log(
    `  ours ${one.toFixed(1)} ms, the peer ${two.toFixed(1)} ms: ratio ${(one / two).toFixed(2)} (goal at most ${goal}); its libraries alone ${three.toFixed(1)} ms`,
  );
  console.log(
    `  findings a template: ours ${median(counts.ours)}, at most ${Math.max(...counts.ours)}; the peer ${median(counts.peer)}, at most ${Math.max(...counts.peer)}`,
  );
}

/** Everything that it has to say of a mail, one line each. */
function saidBy({
  compatibility,
  spam,
  links,
  accessibility,
  images,
  templateVariables,
  inboxPreview,
}: AuditReport) {
  const issues = [spam, links, accessibility, images, templateVariables, inboxPreview].map(
    (part) => (part as { issues?: readonly unknown[] }).issues?.length ?? 0,
  );
  return compatibility.warnings.length + issues.reduce((sum, count) => sum + count, 0);
}
