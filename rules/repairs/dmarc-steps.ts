/** How far DMARC has come, the record of the next stage, and whether the mail is ready for it. */
import type { Facts, PlannedRecord, Policy, StepReading } from '#rule';
import { isStrong } from './dkim-keys.ts';
import { mendedRecord, steppedRecord } from './dmarc-record.ts';

type Stage = 'none' | 'quarantine' | 'reject';
const strength = { none: 0, quarantine: 1, reject: 2 };

/** Of the step to `wanted`: done by that policy or a stronger one. `case`: what is in the way of a record. */
export function dmarcStep(dmarc: Facts['dmarc'], wanted: Stage): StepReading {
  const { registeredDomain, applied } = dmarc;
  const told = (domain: string, why = '') => ({ domain, case: why });
  if (dmarc.author.steps[0]?.state === 'several')
    return { state: 'open', records: [], data: told(dmarc.domain, 'several') };
  if (applied === 'unknown') return { state: 'unknown', records: [], data: told(registeredDomain) };
  const put = (domain: string, old: string | null, text: string | null): PlannedRecord[] =>
    text === null ? [] : [{ type: 'TXT', name: `_dmarc.${domain}`, old, new: text }];
  const isAlias = (domain: string) =>
    dmarc.author.steps.some((step) => step.domain === domain && step.isAlias);
  // A registry's record is not the sender's to change.
  if (applied === 'none' || (applied.isSuffix && applied.record.domain !== registeredDomain)) {
    const several = dmarc.author.steps.find(({ state }) => state === 'several');
    if (several) return { state: 'open', records: [], data: told(several.domain, 'several') };
    const near = dmarc.author.steps.find(({ misspelt }) => misspelt !== null);
    const at = near?.domain ?? registeredDomain;
    if (isAlias(at)) return { state: 'open', records: [], data: told(at, 'alias') };
    if (near?.misspelt) {
      const { text, meant } = near.misspelt;
      const next = meant && mendedRecord(dmarc, meant);
      const records = wanted === 'none' ? put(at, text, next) : [];
      return { state: 'open', records, data: told(at, next === null ? 'unclear' : 'misspelt') };
    }
    const fresh = `v=DMARC1; p=${wanted}; rua=mailto:dmarc@${registeredDomain}`;
    return { state: 'open', records: put(at, null, fresh), data: told(at) };
  }
  const { record, policy, effective, tag } = applied;
  const stands = record.policyFault ? null : (effective ?? policy);
  const named = record.rua.length > 0 || record.lost.some((part) => part.startsWith('rua='));
  if (stands !== null && strength[stands] >= strength[wanted] && (wanted !== 'none' || named)) {
    return { state: 'done', records: [], data: told(record.domain) };
  }
  if (isAlias(record.domain)) return { state: 'open', records: [], data: told(record.domain, 'alias') };
  // The first step is what the findings offer as well.
  const next =
    wanted === 'none'
      ? mendedRecord(dmarc, record)
      : steppedRecord(dmarc, record, tag === 'rua' ? 'p' : tag, wanted);
  const why = next === null ? 'unclear' : record.policyFault ? 'misspelt' : '';
  return { state: 'open', records: put(record.domain, record.text, next), data: told(record.domain, why) };
}

type Known = Pick<Facts, 'dmarc' | 'dkim' | 'spf' | 'dmarcReports'>;

/**
 * What bars a policy that hurts what does not pass. `pass`: the mail cannot pass DMARC as DNS stands. `unsaid`: too
 * little is known to say that it does. `reports`: nobody would see what it hurts.
 */
export function dmarcLacks(known: Known, wanted: Stage, policy: Policy): string[] {
  const ways = [byDkim(known, policy), bySpf(known, policy)];
  const passes = ways.includes(true);
  if (!passes && ways.every((way) => way === false)) return ['pass'];
  // What stands already is not taken back for what nobody knows.
  if (dmarcStep(known.dmarc, wanted).state === 'done') return [];
  return [...(passes ? [] : ['unsaid']), ...(hasReports(known) ? [] : ['reports'])];
}

/** A signature with an aligned key that all receivers can read. null: nobody knows. */
function byDkim({ dkim, dmarc }: Known, policy: Policy): boolean | null {
  const keys = dkim.keys
    .filter(({ by }) => by !== 'signature')
    .map((key) => ({ key, alignment: dmarc.signers.find(({ domain }) => domain === key.domain)?.alignment }))
    .filter(({ alignment }) => alignment !== 'not-aligned');
  // Few receivers can read Ed25519 (RFC 8463), and a key in testing proves nothing (RFC 6376 section 3.6.1).
  const carries = ({ state, record }: (typeof keys)[number]['key']) =>
    state === 'usable' && record?.type === 'rsa' && !record.testing;
  const good = keys.filter(({ key }) => carries(key) && isStrong(key, policy.dkim.leastBits));
  if (good.some(({ alignment }) => alignment === 'aligned')) return true;
  const isOpen = dkim.keys.length === 0 || good.length > 0;
  return isOpen || keys.some(({ key }) => key.state === 'unanswered') ? null : false;
}

/** An aligned MAIL FROM whose SPF lets what sends through. null: nobody knows what sends, or DNS did not say. */
function bySpf(
  { spf: { mailFrom: tree, addresses, services, server }, dmarc }: Known,
  policy: Policy,
): boolean | null {
  if (dmarc.spfAlignment === 'not-aligned') return false;
  if (tree === null || dmarc.spfAlignment !== 'aligned' || tree.root.state === 'unanswered') return null;
  const { root, breaks, lookups, voids, passes } = tree;
  const isSound = root.state === 'found' && root.faults.length === 0 && breaks.length === 0;
  const isWithin = lookups <= policy.spf.lookups && voids <= policy.spf.voids;
  if (!isSound || !isWithin || passes === false) return false;
  if (tree.unanswered.length > 0) return null;
  if (addresses.length > 0) return addresses.every(({ judgement }) => judgement.result === 'pass') || null;
  if (server !== null) return typeof server.lets === 'boolean' ? server.lets : null;
  return Object.values(services).includes(true) || null;
}

function hasReports({ dmarc: { applied }, dmarcReports: { destinations } }: Known): boolean {
  if (typeof applied !== 'object' || applied.record.rua.length === 0) return false;
  return destinations.some(
    ({ tags, mail, consent }) =>
      tags.includes('rua') && mail === 'host' && (consent === 'own' || consent === 'given'),
  );
}

/** What `data.lacks` says, before the step's own words. */
export const lacking = {
  en: ({ lacks = '', early }: StepReading['data']) =>
    [
      ...(early
        ? ['This policy stands already, though your own mail fails it and may go to spam or be turned away.']
        : lacks
          ? ['Wait with this.']
          : []),
      ...(has(lacks, 'pass')
        ? [
            'As DNS stands, your mail cannot pass DMARC: it needs a DKIM key of your own domain that all receivers can read (RSA, not in testing), or a sending subdomain that counts as your domain and whose SPF lets your sending server through.',
          ]
        : []),
      ...(early ? ['Mend that, or write p=none until you have.'] : []),
      ...(has(lacks, 'unsaid')
        ? [
            'Nothing shows yet that your mail passes DMARC: name its DKIM selector, or its sending subdomain and the addresses of the sending servers, and audit again.',
          ]
        : []),
      ...(has(lacks, 'reports')
        ? [
            'No DMARC reports can reach you yet, so nobody would see what it stops: mend the report address (rua) first.',
          ]
        : []),
    ].join(' '),
  sv: ({ lacks = '', early }: StepReading['data']) =>
    [
      ...(early
        ? [
            'Den här policyn gäller redan, fast dina egna mejl underkänns och kan hamna i skräpposten eller avvisas.',
          ]
        : lacks
          ? ['Vänta med det här.']
          : []),
      ...(has(lacks, 'pass')
        ? [
            'Så som DNS ser ut kan dina mejl inte klara DMARC: det behövs en DKIM-nyckel för din egen domän som alla mottagare kan läsa (RSA, inte på prov), eller en underdomän för utskick som räknas som din domän och vars SPF släpper igenom din utskicksserver.',
          ]
        : []),
      ...(early ? ['Rätta det, eller skriv p=none tills du har gjort det.'] : []),
      ...(has(lacks, 'unsaid')
        ? [
            'Inget visar än att dina mejl klarar DMARC: ange DKIM-selektorn, eller underdomänen för utskick och utskicksservrarnas adresser, och granska igen.',
          ]
        : []),
      ...(has(lacks, 'reports')
        ? [
            'Inga DMARC-rapporter kan nå dig än, så ingen skulle se vad den stoppar: rätta rapportadressen (rua) först.',
          ]
        : []),
    ].join(' '),
};

function has(lacks: string | number | boolean, code: string): boolean {
  return `${lacks}`.split(' ').includes(code);
}
