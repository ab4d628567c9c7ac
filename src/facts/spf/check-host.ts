/** check_host() of RFC 7208 section 4: whether one server may send one mail. As exact as a receiver's own. */
import type { DnsAnswer, RecordType, Resolver, SpfCheck, SpfResult } from '../../ports.ts';
import { askable, recordsOf, unanswered } from '../dns.ts';
import {
  type Addresses,
  addressesOf,
  addressValue,
  blockOf,
  dotted,
  holds,
  isFour,
  written,
} from './addresses.ts';
import { expandMacros, expandName, lettersOf, type MacroValues } from './macros.ts';
import {
  charactersRead,
  isExplanation,
  isSpfRecord,
  parseSpf,
  type SpfTerm,
  specRead,
  targetOf,
} from './record.ts';

/** Asks DNS; a name in lower case without a trailing dot. Never rejects. */
export type AskDns = (name: string, type: RecordType) => Promise<DnsAnswer>;

export interface SpfMail {
  ip: string;
  /** MAIL FROM; empty: the null reverse-path, for which HELO stands. */
  sender: string;
  helo: string;
  /** The receiver's own name and clock, for explanations (section 7.2). */
  receiver?: string;
  now?: Date;
}

export interface SpfJudgement {
  result: SpfResult;
  /** That was checked: of MAIL FROM, or of HELO where that is empty. */
  domain: string;
  /** What the domain tells whom it refuses (section 6.2); null: nothing. */
  explanation: string | null;
  /** The term that decided, and whose record holds it; null: none did. */
  by: { domain: string; term: string } | null;
  /** Something that the result rests on depends on the local part or on HELO. */
  eachMail: boolean;
}

/** Section 4.6.4. */
const limits = { lookups: 10, voids: 2, exchangers: 10, pointers: 10 };
/** Characters of a local part that macros read: RFC 5321 section 4.5.3.1.3 lets a path have 256. */
const localRead = 256;
const explanationRead = 1000;

const qualified = { '+': 'pass', '-': 'fail', '~': 'softfail', '?': 'neutral' } as const;

class Halt extends Error {
  readonly result: 'temperror' | 'permerror' | 'none';
  constructor(result: Halt['result']) {
    super(result);
    this.result = result;
  }
}

interface Evaluation {
  ask: AskDns;
  parse: typeof parseSpf;
  /** Of records that may still be read. */
  charactersLeft: number;
  ip: bigint;
  values: Omit<MacroValues, 'd' | 'p'>;
  lookups: number;
  voids: number;
  /** Letters that some target has used. */
  letters: Set<string>;
}

type Outcome = Pick<SpfJudgement, 'result' | 'by' | 'explanation'>;

/**
 * Judges one mail. Never rejects: what DNS does not say is `temperror`, and so are records with far more text than
 * any sender has. `parse`: for those who judge several mails of one domain.
 */
export async function checkHost(mail: SpfMail, ask: AskDns, parse = parseSpf): Promise<SpfJudgement> {
  const { ip, helo, receiver = 'unknown', now = new Date(0) } = mail;
  const sender = mail.sender === '' ? `postmaster@${helo}` : mail.sender;
  const at = sender.lastIndexOf('@');
  // Section 4.3: without a local part it is postmaster's.
  const local = at > 0 ? sender.slice(0, at).slice(-localRead) : 'postmaster';
  const domain = folded(sender.slice(at + 1));
  const value = addressValue(ip);
  const nothing = { domain, explanation: null, by: null, eachMail: false };
  // Nobody can say which server it was.
  if (value === null) return { ...nothing, result: 'temperror' };
  if (!isDomain(domain)) return { ...nothing, result: 'none' };
  const evaluation: Evaluation = {
    ask,
    parse,
    charactersLeft: charactersRead,
    ip: value,
    values: {
      s: `${local}@${sender.slice(at + 1)}`,
      l: local,
      o: sender.slice(at + 1),
      i: dotted(value),
      v: isFour(value) ? 'in-addr' : 'ip6',
      h: helo.slice(0, localRead),
      c: written(value),
      r: receiver,
      t: String(Math.floor(now.getTime() / 1000)),
    },
    lookups: 0,
    voids: 0,
    letters: new Set(),
  };
  const ended = (outcome: Outcome): SpfJudgement => ({
    domain,
    ...outcome,
    eachMail: ['s', 'l', 'h'].some((letter) => evaluation.letters.has(letter)),
  });
  try {
    return ended(await evaluate(domain, sender.slice(at + 1), evaluation, true));
  } catch (error) {
    if (error instanceof Halt) return ended({ result: error.result, by: null, explanation: null });
    throw error;
  }
}

function folded(name: string): string {
  return name.replace(/\.$/, '').replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Section 4.3: what is no name of several labels, or a domain literal, has no record. */
function isDomain(name: string): boolean {
  return askable(name) && name.includes('.') && !/^\[/.test(name);
}

/** `current`: the name with its letters as they came, for macros. */
async function evaluate(
  domain: string,
  current: string,
  evaluation: Evaluation,
  explains: boolean,
): Promise<Outcome> {
  const record = await findRecord(domain, evaluation);
  evaluation.charactersLeft -= record.length;
  if (evaluation.charactersLeft < 0) throw new Halt('temperror');
  const { terms, broken, explanation } = evaluation.parse(record);
  if (broken) throw new Halt('permerror');
  for (const term of terms) {
    if (term.kind === 'redirect' || !(await matches(term, current, evaluation))) continue;
    const result = qualified[term.qualifier];
    const told =
      explains && result === 'fail' && explanation !== null
        ? await explain(explanation, current, evaluation)
        : null;
    return { result, by: { domain, term: term.text }, explanation: told };
  }
  const redirect = terms.find(({ kind }) => kind === 'redirect');
  if (!redirect) return { result: 'neutral', by: null, explanation: null };
  spend(evaluation);
  const target = await targetName(redirect, current, evaluation);
  if (!isDomain(target)) throw new Halt('permerror');
  try {
    return await evaluate(target, target, evaluation, explains);
  } catch (error) {
    throw error instanceof Halt && error.result === 'none' ? new Halt('permerror') : error;
  }
}

async function findRecord(domain: string, evaluation: Evaluation): Promise<string> {
  if (!isDomain(domain)) throw new Halt('none');
  const records = (await look(domain, 'TXT', evaluation)).filter(isSpfRecord);
  const [record, ...more] = records;
  if (record === undefined) throw new Halt('none');
  if (more.length > 0) throw new Halt('permerror');
  return record;
}

/** @throws Halt where DNS gave no answer. */
async function look(name: string, type: RecordType, { ask }: Evaluation): Promise<string[]> {
  const answer = await ask(name, type);
  if (unanswered(answer)) throw new Halt('temperror');
  return recordsOf(answer).map(({ data }) => data);
}

function spend(evaluation: Evaluation): void {
  evaluation.lookups += 1;
  if (evaluation.lookups > limits.lookups) throw new Halt('permerror');
}

/** Once for a term, however many of its questions found nothing. */
function spendVoid(evaluation: Evaluation): void {
  evaluation.voids += 1;
  if (evaluation.voids > limits.voids) throw new Halt('permerror');
}

async function targetName(term: SpfTerm, current: string, evaluation: Evaluation): Promise<string> {
  const { spec } = targetOf(term.text);
  if (spec === null) return folded(current);
  if (spec.length > specRead) throw new Halt('temperror');
  for (const letter of lettersOf(spec)) evaluation.letters.add(letter);
  return expandName(spec, await valuesFor(spec, current, evaluation));
}

async function valuesFor(text: string, current: string, evaluation: Evaluation): Promise<MacroValues> {
  const p = lettersOf(text).has('p') ? await validatedName(current, evaluation) : '';
  return { ...evaluation.values, d: current, p };
}

async function matches(term: SpfTerm, current: string, evaluation: Evaluation): Promise<boolean> {
  const { kind, text } = term;
  const { ip } = evaluation;
  if (kind === 'all') return true;
  if (kind === 'ip4' || kind === 'ip6') return holds(blockOfTerm(term), ip);
  spend(evaluation);
  const name = await targetName(term, current, evaluation);
  if (kind === 'include') return includes(name, evaluation);
  if (kind === 'ptr') return (await validatedNames(evaluation)).some((one) => isBelow(one, name));
  // Section 4.8: what no question can carry matches nothing.
  if (!sayable(name)) return false;
  const bits = targetOf(text);
  if (kind === 'mx') return servesMail(name, bits, evaluation);
  const found = await look(name, kind === 'exists' || isFour(ip) ? 'A' : 'AAAA', evaluation);
  if (found.length === 0) spendVoid(evaluation);
  return kind === 'exists' ? found.length > 0 : lie(found, bits, ip);
}

const blocks = new WeakMap<SpfTerm, Addresses>();

/** Read once for all the addresses that are held against it. */
function blockOfTerm(term: SpfTerm): Addresses {
  const block = blocks.get(term) ?? addressesOf(term.text);
  blocks.set(term, block);
  return block;
}

/** A space can stand in a label, and `%_` writes one. */
function sayable(name: string): boolean {
  return askable(name.replaceAll(' ', '_'));
}

function lie(addresses: readonly string[], bits: { four: number; six: number }, ip: bigint): boolean {
  return addresses.some((address) => {
    const value = addressValue(address);
    return value !== null && isFour(value) === isFour(ip) && holds(blockOf(value, bits), ip);
  });
}

/** Section 5.2. */
async function includes(name: string, evaluation: Evaluation): Promise<boolean> {
  if (!isDomain(name)) throw new Halt('permerror');
  try {
    return (await evaluate(name, name, evaluation, false)).result === 'pass';
  } catch (error) {
    throw error instanceof Halt && error.result === 'none' ? new Halt('permerror') : error;
  }
}

/** Section 5.4: in order of preference. All servers are asked for at once, and read one after the other. */
async function servesMail(
  name: string,
  bits: { four: number; six: number },
  evaluation: Evaluation,
): Promise<boolean> {
  const found = await look(name, 'MX', evaluation);
  if (found.length === 0) spendVoid(evaluation);
  if (found.length > limits.exchangers) throw new Halt('permerror');
  const hosts = found
    .map((data) => data.split(' '))
    .toSorted(([one], [other]) => Number(one) - Number(other))
    .map(([, host = '']) => folded(host))
    .filter(sayable);
  const type = isFour(evaluation.ip) ? 'A' : 'AAAA';
  const asked = hosts.map((host) => evaluation.ask(host, type));
  for (const answer of asked) {
    const told = await answer;
    if (unanswered(told)) throw new Halt('temperror');
    if (
      lie(
        recordsOf(told).map(({ data }) => data),
        bits,
        evaluation.ip,
      )
    )
      return true;
  }
  return false;
}

/** Section 5.5: the names of the client that lead back to it. What DNS does not say is passed over. */
async function validatedNames({ ip, values, ask }: Evaluation): Promise<string[]> {
  const zone = isFour(ip) ? 'in-addr.arpa' : 'ip6.arpa';
  const pointers = await ask(`${folded(values.i).split('.').reverse().join('.')}.${zone}`, 'PTR');
  const names = recordsOf(pointers)
    .slice(0, limits.pointers)
    .map(({ data }) => folded(data))
    .filter(sayable);
  const type = isFour(ip) ? 'A' : 'AAAA';
  const answers = await Promise.all(names.map((name) => ask(name, type)));
  return names.filter((_, i) => {
    const answer = answers[i];
    return answer !== undefined && recordsOf(answer).some(({ data }) => addressValue(data) === ip);
  });
}

function isBelow(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`);
}

/** Section 7.3: the domain itself, else a name below it, else any. */
async function validatedName(current: string, evaluation: Evaluation): Promise<string> {
  const names = await validatedNames(evaluation);
  const domain = folded(current);
  return (
    names.find((name) => name === domain) ??
    names.find((name) => isBelow(name, domain)) ??
    names[0] ??
    'unknown'
  );
}

/** Section 6.2: whatever goes wrong, there is none. Counts against no limit. */
async function explain(spec: string, current: string, evaluation: Evaluation): Promise<string | null> {
  if (spec.length > specRead) return null;
  const name = expandName(spec, await valuesFor(spec, current, evaluation));
  if (!sayable(name)) return null;
  const answer = await evaluation.ask(name, 'TXT');
  const [whole, ...more] = recordsOf(answer).map(({ data }) => data);
  if (whole === undefined || more.length > 0 || !isExplanation(whole)) return null;
  const text = whole.slice(0, 4 * explanationRead);
  return expandMacros(text, await valuesFor(text, current, evaluation)).slice(0, explanationRead);
}

/** For mail that came in: as a receiver checks it, over the service's own resolver. */
export function createSpfCheck(resolver: Resolver): SpfCheck {
  return {
    async check({ ip, helo, mailFrom }, signal) {
      const mail = { ip, helo, sender: mailFrom };
      const { result, domain } = await checkHost(mail, (name, type) => resolver.ask({ name, type }, signal));
      return { result, domain };
    },
  };
}
