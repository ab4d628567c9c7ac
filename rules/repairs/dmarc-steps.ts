/** How far DMARC has come, the record of the next stage, and whether the mail is ready for it. */
import type { Facts, PlannedRecord, StepReading } from '#rule';
import { type AppliedPolicy, begins, mendedRecord, steppedRecord, waitingBox } from './dmarc-record.ts';
import { movedDmarc } from './doubled-names.ts';

type Stage = 'none' | 'quarantine' | 'reject';
const strength = { none: 0, quarantine: 1, reject: 2 };

/** Of the step to `wanted`: done by that policy or a stronger one. `case`: what is in the way of a record. */
export function dmarcStep(
  known: Pick<Facts, 'dmarc' | 'dmarcPassing'> & Partial<Pick<Facts, 'doubledNames'>>,
  wanted: Stage,
): StepReading {
  const { dmarc, doubledNames = { found: [], silent: [] } } = known;
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
      const next = meant && mendedRecord(known, meant);
      const records = wanted === 'none' ? put(at, text, next) : [];
      const data = { ...told(at, next === null ? 'unclear' : 'misspelt'), ...begins(known, meant, next) };
      return { state: 'open', records, data };
    }
    const moved = movedDmarc(dmarc, doubledNames, wanted);
    if (moved) {
      const { record } = moved;
      const told = { domain: record.name.slice('_dmarc.'.length), ...moved.data, lowered: moved.lowered };
      return { state: 'open', records: [record], data: { ...told, case: 'moved' } };
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
      ? mendedRecord(known, record)
      : steppedRecord(known, record, tag === 'rua' ? 'p' : tag, wanted);
  const why = next === null ? 'unclear' : record.policyFault ? 'misspelt' : '';
  const data = { ...told(record.domain, why), ...(wanted === 'none' ? begins(known, record, next) : {}) };
  return { state: 'open', records: put(record.domain, record.text, next), data };
}

type Known = Pick<Facts, 'dmarc' | 'dmarcPassing' | 'dmarcReports'>;

/**
 * What bars a policy that hurts what does not pass. `pass`: the mail cannot pass DMARC as DNS stands. `unsaid`: too
 * little is known to say that it does. `reports`: nobody would see what it hurts.
 */
export function dmarcLacks(known: Known, wanted: Stage): string[] {
  const { passes } = known.dmarcPassing;
  if (passes === false) return ['pass'];
  // What stands already is not taken back for what nobody knows.
  if (dmarcStep(known, wanted).state === 'done') return [];
  return [...(passes ? [] : ['unsaid']), ...(hasReports(known) ? [] : ['reports'])];
}

/** The box of a finding that would let more bind, with what it waits for: no record as long as the mail cannot pass. */
export function barredBox(
  known: Pick<Known, 'dmarc' | 'dmarcPassing'>,
  record: AppliedPolicy['record'],
  binding = false,
) {
  const { passes } = known.dmarcPassing;
  const barred = passes !== true;
  const { data, more } = waitingBox(known, record, { binding, barred });
  return { data: { ...data, waits: barred ? (passes === false ? 'pass' : 'unsaid') : '' }, more };
}

function hasReports({ dmarc: { applied }, dmarcReports: { destinations } }: Known): boolean {
  if (typeof applied !== 'object' || applied.record.rua.length === 0) return false;
  return destinations.some(
    ({ tags, mail, consent }) =>
      tags.includes('rua') && mail === 'host' && (consent === 'own' || consent === 'given'),
  );
}

/** Before what a finding says to do, where the mail cannot pass: see barredBox. */
export const waiting = {
  en: (waits: string) => (waits ? `${lacking.en({ lacks: waits })} ` : ''),
  sv: (waits: string) => (waits ? `${lacking.sv({ lacks: waits })} ` : ''),
};

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
