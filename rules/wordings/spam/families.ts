/**
 * What mass mail and fraud are about, each by its phrases, and which check counts which of them: a phrase counts once.
 * A family takes the first of each kind, out of the body where that is enough; a phrase of the subject and a crowd of
 * others are counted by themselves.
 */
import { type Mention, mentionsOf, type Passages, type Phrases, shown, together } from '../phrases.ts';
import { accountThreats } from './account-threats.ts';
import { adult } from './adult.ts';
import { advanceFee } from './advance-fee.ts';
import { blackmail } from './blackmail.ts';
import { bulkTools } from './bulk-tools.ts';
import { charges } from './charges.ts';
import { coldOffers } from './cold-offers.ts';
import { cures } from './cures.ts';
import { documentLures } from './document-lures.ts';
import { easyMoney } from './easy-money.ts';
import { favours } from './favours.ts';
import { gambling } from './gambling.ts';
import { hype } from './hype.ts';
import { kinPleas } from './kin-pleas.ts';
import { loanOffers } from './loan-offers.ts';
import { medicines } from './medicines.ts';
import { moneyLures } from './money-lures.ts';
import { newAccounts } from './new-accounts.ts';
import { quickProfit } from './quick-profit.ts';
import { shadyGoods } from './shady-goods.ts';
import { warns } from './warnings.ts';

interface Family {
  of: Phrases;
  /** So many kinds make an offer. */
  kinds: number;
  /** One of these has to be there. */
  among?: readonly string[];
  /** Fraud: a mail that warns of it is none. */
  fraud?: true;
  /** One of them in the subject is a sign by itself. */
  subject?: true;
  /** Many of them close together are one as well. How sales talk is another check's matter. */
  dense?: true;
}

/** The first takes its phrases first. */
const families: readonly Family[] = [
  { of: accountThreats, kinds: 2, fraud: true, subject: true, dense: true },
  { of: newAccounts, kinds: 3, fraud: true, subject: true, dense: true },
  { of: kinPleas, kinds: 2, fraud: true },
  { of: favours, kinds: 2, among: ['goods'], fraud: true, subject: true, dense: true },
  { of: moneyLures, kinds: 2, among: ['claim'], fraud: true, dense: true },
  { of: documentLures, kinds: 2, fraud: true, subject: true, dense: true },
  { of: charges, kinds: 3, fraud: true, dense: true },
  { of: blackmail, kinds: 2, fraud: true, subject: true, dense: true },
  { of: advanceFee, kinds: 3, among: ['secret', 'transfer', 'prize'], subject: true },
  { of: easyMoney, kinds: 2, subject: true, dense: true },
  { of: loanOffers, kinds: 2, among: ['easy'], subject: true, dense: true },
  { of: cures, kinds: 2, among: ['proof'], subject: true, dense: true },
  { of: medicines, kinds: 2, among: ['shop'], subject: true, dense: true },
  { of: adult, kinds: 2, subject: true, dense: true },
  { of: gambling, kinds: 2, subject: true, dense: true },
  { of: quickProfit, kinds: 2, subject: true, dense: true },
  { of: bulkTools, kinds: 2, subject: true, dense: true },
  { of: coldOffers, kinds: 3 },
  { of: shadyGoods, kinds: 1, subject: true, dense: true },
  { of: hype, kinds: 2, subject: true },
];

/** Phrases of one subject, beside those that its own check has. */
const crowd = 3;
/** With those of its own check. */
const many = 5;
const kindsOfCrowd = 2;
/** Characters to each phrase, on average. */
const apart = 300;

interface Counted {
  /** What the check of each family counts. */
  own: ReadonlyMap<Phrases, readonly Mention[]>;
  subject: readonly Mention[];
  /** Of the first family that has so many, what no other check counts. */
  crowd: readonly Mention[];
  all: readonly Mention[];
}

const known = new WeakMap<Passages, Counted>();

/** Which phrases are counted where, for all checks of one mail. */
export function counted(passages: Passages): Counted {
  const before = known.get(passages);
  if (before) return before;
  const found = allotted(passages);
  known.set(passages, found);
  return found;
}

/** What the check of one family counts; empty where its phrases make no offer. */
export function offerOf(passages: Passages, of: Phrases): readonly Mention[] {
  return counted(passages).own.get(of) ?? [];
}

/** Those that share no word with what is counted. */
export function besides(mentions: readonly Mention[], taken: readonly Mention[]): readonly Mention[] {
  return taken.length === 0
    ? mentions
    : mentions.filter((one) => !taken.some((other) => overlap(one, other)));
}

function overlap(one: Mention, other: Mention): boolean {
  return one.part === other.part && one.index < other.end && other.index < one.end;
}

function allotted(passages: Passages): Counted {
  const warned = warns(passages);
  const length = Math.max(0, ...passages.map(({ text }) => text.length));
  const own = new Map<Phrases, readonly Mention[]>();
  const all: Mention[] = [];
  const subject: Mention[] = [];
  let crowded: readonly Mention[] = [];
  for (const family of families) {
    const free = besides(mentionsOf(passages, family.of), all);
    if (free.length === 0) continue;
    const offer = family.fraud && warned ? [] : offerIn(free, family);
    const firsts = firstOfEach(offer);
    const taken = [...firsts];
    const inSubject = family.subject ? besides(free, taken).filter(({ part }) => part === 'subject') : [];
    subject.push(...inSubject);
    taken.push(...inSubject);
    const rest = besides(free, taken);
    const dense =
      family.dense &&
      crowded.length === 0 &&
      rest.length >= crowd &&
      free.length >= many &&
      free.length * apart >= length &&
      new Set(free.map(({ kind }) => kind)).size >= kindsOfCrowd;
    if (dense) crowded = shown(rest);
    const counts = dense ? firsts : besides(offer, inSubject);
    if (offer.length > 0) own.set(family.of, counts);
    all.push(...counts, ...inSubject, ...(dense ? crowded : []));
  }
  return { own, subject, crowd: crowded, all };
}

/** Without the subject, where the body alone has enough. */
function offerIn(mentions: readonly Mention[], { kinds, among }: Family): readonly Mention[] {
  const body = together(
    mentions.filter(({ part }) => part !== 'subject'),
    kinds,
    among,
  );
  return body.length > 0 ? body : together(mentions, kinds, among);
}

function firstOfEach(mentions: readonly Mention[]): readonly Mention[] {
  return mentions.filter((one, place) => mentions.findIndex(({ kind }) => kind === one.kind) === place);
}
