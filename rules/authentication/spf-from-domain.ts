import { defineRule, notApplicable, problem, unanswered } from '#rule';
import { isAbsent } from '../repairs/absent-domain.ts';
import { faultWords } from '../repairs/spf-faults.ts';
import { absentWords, firstSpf } from '../repairs/spf-first.ts';
import { endOf, joinedWords } from '../repairs/spf-joined.ts';
import { saysWhose } from '../repairs/spf-own.ts';
import { misplacedWords } from '../repairs/spf-place.ts';
import { causes, fromOf, mendSpf } from '../repairs/spf-record.ts';
import { overWords, partWords, shorterOf } from '../repairs/spf-shorter.ts';

/** Of the parts that cannot be read, or lead nowhere. */
const named = 3;
const short = (text: string) => text.slice(0, 120);
/** Of the examples. */
const many = <T>(count: number, one: (i: number) => T) => Array.from({ length: count }, (_, i) => one(i));
const blocks = (i: number) => many(7, (j) => `ip4:198.51.${i}.${2 * j + 1}`).join(' ');

const rule = defineRule({
  id: 'spf-from-domain',
  severity: 'minor',
  reference: 'RFC 7208 sections 2.4, 3, 4.5 and 4.6',
  needs: ['spf', 'mailFrom', 'author', 'mailServers', 'zone'],
  check({ spf, mailFrom, author, mailServers, zone }, { policy }) {
    const of = fromOf(spf);
    const { root, everyone, breaks, lookups, voids, misplaced, unanswered: silent } = of.tree;
    const { domain, state, faults, misspelt, records } = root;
    // Of the domain that receivers check, other checks speak.
    if (spf.mailFrom?.root.domain === domain) return notApplicable('other-checks');
    if (state === 'unanswered') return unanswered([`${domain} TXT`]);
    const isUnread = state === 'several' || faults.length > 0;
    // What harms whoever uses the record, or lets anybody use it, they tell also where MAIL FROM is not known.
    if (spf.mailFrom === null && (isUnread || everyone)) return notApplicable('other-checks');
    const next = mendSpf({ spf, mailFrom }, policy, of);
    const put = (old: string | null, text: string | null) =>
      text === null ? {} : { change: { kind: 'dns', type: 'TXT', name: domain, old, new: text } as const };
    const more = put(records[0] ?? null, next);
    const data = { domain, box: next !== null };
    if (misspelt) {
      return [problem('broken', { ...data, part: short(misspelt.text) }, put(misspelt.text, next))];
    }
    if (misplaced) {
      const { name, text } = misplaced;
      const isAlias = of.place === 'alias';
      return [problem('misplaced', { ...data, name, isAlias }, isAlias ? {} : put(null, text))];
    }
    if (state === 'none') {
      if (isAbsent({ author, zone })) return notApplicable('no-domain');
      const first = firstSpf({ spf, mailFrom, author, mailServers });
      const takes = author.mail === 'host' || author.mail === null;
      const told = {
        domain,
        takes,
        box: first !== null,
        host: first?.host ?? '',
        sends: first?.sends ?? true,
      };
      return [problem('absent', told, put(null, first?.text ?? null))];
    }
    if (state === 'several') {
      return [problem('several', { ...data, count: records.length, end: endOf(next) }, more)];
    }
    if (faults.length > 0) {
      const part = faults.slice(0, named).map(short).join(' ');
      return [problem('broken', { ...data, part }, more)];
    }
    if (everyone) return [problem('everyone', { ...data, term: short(everyone.term) }, more)];
    const limits = policy.spf;
    const { box, flattened, change, parts } = shorterOf(of);
    const gone = new Map(breaks.map(({ via, cause }) => [via, cause]));
    const [isLong, isEmpty] = [lookups > limits.lookups, voids > limits.voids];
    const over = { ...data, box, flattened };
    const found = [
      ...[...gone].slice(0, named).map(([via, cause]) => {
        return problem('gone', { ...data, term: short(via), cause }, more);
      }),
      ...(isLong ? [problem('long', { ...over, lookups, limit: limits.lookups }, { change })] : []),
      ...(isEmpty ? [problem('empty', { ...over, voids, limit: limits.voids }, { change })] : []),
      ...(isLong || isEmpty ? parts : []).map((part) => problem('part', part.data, { change: part.change })),
    ];
    return found.length === 0 && silent.length > 0 ? unanswered(silent) : found;
  },
  words: {
    en: {
      title: 'SPF of the From domain',
      heading: {
        absent: ({ domain }) => `The From domain ${domain} has no SPF record`,
        misplaced: (data) => misplacedWords.en.heading(data),
        part: (data) => partWords.en.heading(data),
        several: ({ domain }) => `The From domain ${domain} has several SPF records`,
        broken: ({ domain }) => `The SPF record of the From domain ${domain} cannot be read`,
        everyone: ({ domain }) => `Anyone may send with a Return-Path at ${domain}`,
        gone: ({ domain }) => `The SPF record of ${domain} leads to something that is broken`,
        long: ({ domain }) => `The SPF record of ${domain} needs too many look-ups`,
        empty: ({ domain }) => `The SPF record of ${domain} leads to too much that is empty`,
      },
      mend: {
        absent: () => 'Publish an SPF record for the From domain too',
        misplaced: () => misplacedWords.en.mend,
        part: () => partWords.en.mend,
        several: () => 'Join the records into one',
        broken: () => 'Correct the part that cannot be read',
        everyone: () => 'Close the record to everyone else',
        gone: () => 'Take out the part that is broken',
        long: () => 'Shorten the record',
        empty: () => 'Take out what leads nowhere',
      },
      why: 'Everyday mail from your own mailboxes has this domain as its Return-Path (MAIL FROM), which receivers check. Without a sound record that mail fails more often, and anybody else can use the domain. It touches this mailing only if that has the same Return-Path.',
      fix: {
        absent: (data) => absentWords.en(data),
        misplaced: (data) => misplacedWords.en.fix(data),
        several: ({ domain, count, end }) =>
          end
            ? joinedWords.en({ domain, count, end })
            : `Join the SPF records of ${domain} into one: v=spf1 once, then all the other parts, and one “all” at the end.`,
        broken: (data) => faultWords.en.broken(data),
        everyone: (data) => faultWords.en.everyone(data),
        gone: (data) => faultWords.en.gone(data),
        long: (data) => overWords.en.long(data),
        part: (data) => partWords.en.fix(data),
        empty: (data) => overWords.en.empty(data),
      },
      problems: {
        absent: ({ domain }) => `${domain} has no SPF record.`,
        misplaced: (data) => misplacedWords.en.problem(data),
        several: ({ domain, count }) =>
          `${domain} has ${count} SPF records, and receivers then treat SPF as broken.`,
        broken: ({ domain, part }) => `Receivers cannot read this in the SPF record of ${domain}: ${part}`,
        everyone: ({ domain, term }) => `The SPF record of ${domain} lets anyone in (${term}).`,
        gone: ({ domain, term, cause }) =>
          `In the SPF record of ${domain}, ${term} ${causes.en[cause]}. Receivers stop there.`,
        long: ({ domain, lookups, limit }) =>
          `The SPF record of ${domain} needs ${lookups} look-ups. Receivers stop at ${limit} and treat it as broken.`,
        part: (data) => partWords.en.problem(data),
        empty: ({ domain, voids, limit }) =>
          `${voids} look-ups of the SPF record of ${domain} find nothing. Receivers allow ${limit} and treat it as broken.`,
      },
    },
    sv: {
      title: 'SPF för avsändardomänen',
      heading: {
        absent: ({ domain }) => `Avsändardomänen ${domain} har ingen SPF-post`,
        misplaced: (data) => misplacedWords.sv.heading(data),
        part: (data) => partWords.sv.heading(data),
        several: ({ domain }) => `Avsändardomänen ${domain} har flera SPF-poster`,
        broken: ({ domain }) => `SPF-posten för avsändardomänen ${domain} går inte att läsa`,
        everyone: ({ domain }) => `Vem som helst får skicka med Return-Path på ${domain}`,
        gone: ({ domain }) => `SPF-posten för ${domain} leder till något som är trasigt`,
        long: ({ domain }) => `SPF-posten för ${domain} kräver för många uppslag`,
        empty: ({ domain }) => `SPF-posten för ${domain} leder till för mycket som är tomt`,
      },
      mend: {
        absent: () => 'Publicera en SPF-post även för avsändardomänen',
        misplaced: () => misplacedWords.sv.mend,
        part: () => partWords.sv.mend,
        several: () => 'Slå ihop posterna till en',
        broken: () => 'Rätta den del som inte går att läsa',
        everyone: () => 'Stäng posten för alla andra',
        gone: () => 'Ta bort den del som är trasig',
        long: () => 'Korta posten',
        empty: () => 'Ta bort det som inte leder någonstans',
      },
      why: 'Vardagsmejl från dina egna brevlådor har den här domänen som Return-Path (MAIL FROM), och den kontrollerar mottagarna. Utan en fungerande post stoppas de mejlen oftare, och vem som helst kan använda domänen. Utskicket berörs bara om det har samma Return-Path.',
      fix: {
        absent: (data) => absentWords.sv(data),
        misplaced: (data) => misplacedWords.sv.fix(data),
        several: ({ domain, count, end }) =>
          end
            ? joinedWords.sv({ domain, count, end })
            : `Slå ihop SPF-posterna för ${domain} till en: v=spf1 en gång, sedan alla andra delar, och ett enda ”all” sist.`,
        broken: (data) => faultWords.sv.broken(data),
        everyone: (data) => faultWords.sv.everyone(data),
        gone: (data) => faultWords.sv.gone(data),
        long: (data) => overWords.sv.long(data),
        part: (data) => partWords.sv.fix(data),
        empty: (data) => overWords.sv.empty(data),
      },
      problems: {
        absent: ({ domain }) => `${domain} har ingen SPF-post.`,
        misplaced: (data) => misplacedWords.sv.problem(data),
        several: ({ domain, count }) =>
          `${domain} har ${count} SPF-poster, och då räknar mottagarna SPF som trasigt.`,
        broken: ({ domain, part }) => `Mottagarna kan inte läsa det här i SPF-posten för ${domain}: ${part}`,
        everyone: ({ domain, term }) => `SPF-posten för ${domain} släpper in vem som helst (${term}).`,
        gone: ({ domain, term, cause }) =>
          `I SPF-posten för ${domain} finns ${term}, som ${causes.sv[cause]}. Där ger mottagarna upp.`,
        long: ({ domain, lookups, limit }) =>
          `SPF-posten för ${domain} kräver ${lookups} uppslag. Mottagarna slutar vid ${limit} och räknar posten som trasig.`,
        part: (data) => partWords.sv.problem(data),
        empty: ({ domain, voids, limit }) =>
          `${voids} uppslag i SPF-posten för ${domain} ger inget svar. Mottagarna tillåter ${limit} och räknar posten som trasig.`,
      },
    },
  },
  examples: {
    good: [{}, { mailFrom: null }, { mailFrom: null, dkimSelectors: null }],
    bad: [
      { world: { zone: { 'example.se': { MX: ['10 in.example.se'] } } }, finds: 'absent' },
      {
        world: { zone: { 'example.se': { TXT: ['v=spf1 mx -all', 'v=spf1 a -all'] } } },
        finds: 'several',
      },
      { world: { zone: { 'example.se': { TXT: ['v=spf1 ipv4:192.0.2.1 -all'] } } }, finds: 'broken' },
      { world: { zone: { 'example.se': { TXT: ['v=spf1 mx +all'] } } }, finds: 'everyone' },
      {
        world: { mailFrom: null, zone: { 'example.se': { TXT: ['v=spf1 include:gone.example -all'] } } },
        finds: 'gone',
      },
      {
        world: {
          zone: { 'example.se': { A: ['192.0.2.1'] }, 'example.se.example.se': { TXT: ['v=spf1 a -all'] } },
        },
        finds: 'misplaced',
      },
      {
        world: {
          zone: {
            'example.se': { TXT: [`v=spf1 ${many(11, (i) => `a:n${i}.example.se`).join(' ')} -all`] },
            ...Object.fromEntries(many(11, (i) => [`n${i}.example.se`, { A: ['192.0.2.1'] }])),
          },
        },
        finds: 'long',
      },
      {
        world: {
          mailFrom: null,
          zone: {
            'example.se': {
              TXT: [
                `v=spf1 include:big.example ${many(8, (i) => `a:n${i}.example.se`).join(' ')} -all`,
                `proof=${'x'.repeat(200)}`,
              ],
            },
            'big.example': { TXT: [`v=spf1 ${many(5, (i) => `include:b${i}.example`).join(' ')} -all`] },
            ...Object.fromEntries(many(8, (i) => [`n${i}.example.se`, { A: [`203.0.113.${3 * i}`] }])),
            ...Object.fromEntries(many(5, (i) => [`b${i}.example`, { TXT: [`v=spf1 ${blocks(i)} -all`] }])),
          },
        },
        finds: 'part',
      },
      {
        world: {
          zone: { 'example.se': { TXT: ['v=spf1 a:x.example.se a:y.example.se a:z.example.se -all'] } },
        },
        finds: 'empty',
      },
    ],
  },
});

export default saysWhose(rule);
