/** check_host() of RFC 7208 section 4: whether one server may send one mail. As exact as a receiver's own. */
import type { Resolver, SpfCheck, SpfResult } from '../../ports.ts';
import { addressValue, dotted, holds, isFour, written } from './addresses.ts';
import {
  type AskDns,
  type Evaluation,
  folded,
  Halt,
  isDomain,
  look,
  sayable,
  spend,
  spendVoid,
} from './evaluation.ts';
import { explain } from './explanation.ts';
import { blockOfTerm, lie, servesMail } from './matching.ts';
import { isBelow, targetName, validatedNames } from './names.ts';
import { charactersRead, isSpfRecord, parseSpf, type SpfTerm, targetOf } from './record.ts';

export type { AskDns } from './evaluation.ts';

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

/** Characters of a local part that macros read: RFC 5321 section 4.5.3.1.3 lets a path have 256. */
const localRead = 256;

const qualified = { '+': 'pass', '-': 'fail', '~': 'softfail', '?': 'neutral' } as const;

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

/** Section 5.2. */
async function includes(name: string, evaluation: Evaluation): Promise<boolean> {
  if (!isDomain(name)) throw new Halt('permerror');
  try {
    return (await evaluate(name, name, evaluation, false)).result === 'pass';
  } catch (error) {
    throw error instanceof Halt && error.result === 'none' ? new Halt('permerror') : error;
  }
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
