/** Records that stand at their name with that of the zone once more: each is offered at its right name, as it stands. */
import type { Facts } from '#rule';
import { restedRecord } from './dmarc-record.ts';

type Doubled = Facts['doubledNames'];
type DoubledName = Doubled['found'][number];

/** For the words; empty where nothing stands at a doubled name. */
export interface MovedData {
  /** Where it stands. */
  at: string;
  /** What a control panel for the zone wants as its name; empty: the zone itself. */
  label: string;
  zone: string;
}

export const unmoved: MovedData = { at: '', label: '', zone: '' };

/** The record of a name that stands at the doubled one, to be published where it belongs; none where it is not alone. */
export function movedRecord({ found }: Doubled, kind: DoubledName['kind'], name: string) {
  const one = found.find((each) => each.kind === kind && each.name === name);
  return one && one.others.length === 0 ? moved(one, one.text) : null;
}

/** The MTA-STS record; null too where what stands there would not count at its right name either (RFC 8461, 3.1). */
export function movedSts(doubled: Doubled, name: string) {
  const one = movedRecord(doubled, 'mtaSts', name);
  const isSound =
    one?.record.type === 'CNAME' || /^v=STSv1; ?id=[a-z0-9]{1,32};? ?$/i.test(one?.record.new ?? '');
  return isSound ? one : null;
}

/** The key of a selector, in whichever of the sender's domains it was meant to stand. */
export function movedKey({ found }: Doubled, selector: string) {
  const one = found.find((each) => each.kind === 'dkim' && each.name.startsWith(`${selector}._domainkey.`));
  return one && one.others.length === 0 ? moved(one, one.text) : null;
}

/**
 * The DMARC record that was meant for the From domain or the one above it. It never counted, so no report has shown
 * what a policy that binds would stop: it begins with `policy`. null: there is none that can be offered.
 */
export function movedDmarc(
  dmarc: Facts['dmarc'],
  { found }: Doubled,
  policy: 'none' | 'quarantine' | 'reject' = 'none',
) {
  const names = [dmarc.domain, dmarc.registeredDomain].map((domain) => `_dmarc.${domain}`);
  const one = names
    .map((name) => found.find((each) => each.kind === 'dmarc' && each.name === name))
    .find(Boolean);
  if (!one?.dmarc) return null;
  const { text, lowered } = restedRecord(dmarc, one.dmarc, policy);
  if (one.type === 'CNAME')
    return lowered || policy !== 'none' ? null : { ...moved(one, one.text), lowered: '' };
  return text === null ? null : { ...moved(one, text), lowered };
}

function moved({ type, name, at, label, zone }: DoubledName, text: string) {
  const record = { type, name, old: null, new: text } as const;
  return { record, change: { kind: 'dns', ...record } as const, data: { at, label, zone } };
}

/** Where the record in the box was found, and how it comes to stand right. */
export const movedWords = {
  en: ({ at, label, zone }: MovedData) =>
    at === ''
      ? ''
      : ` It is what stands at ${at}, where nobody looks. Many control panels add the name of the domain themselves: as its name, write ${label || '@'} alone in the zone ${zone}.`,
  sv: ({ at, label, zone }: MovedData) =>
    at === ''
      ? ''
      : ` Det är den som står på ${at}, där ingen letar. Många kontrollpaneler lägger till domänens namn själva: skriv bara ${label || '@'} som namn i zonen ${zone}.`,
};

/** Where a policy that binds was written in it. */
export const loweredWords = {
  en: (lowered: string) =>
    lowered
      ? ` There it says ${lowered}, but that has never counted: begin with p=none, and raise it when reports show that all your own mail passes.`
      : '',
  sv: (lowered: string) =>
    lowered
      ? ` Där står ${lowered}, men det har aldrig räknats: börja med p=none, och höj när rapporter visar att alla dina egna mejl godkänns.`
      : '',
};
