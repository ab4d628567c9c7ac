import { defineRule, notApplicable, problem, unanswered } from '#rule';
import { isAbsent } from '../repairs/absent-domain.ts';
import { foreign } from '../repairs/foreign.ts';
import { firstSpf } from '../repairs/spf-first.ts';
import { endOf, joinedWords } from '../repairs/spf-joined.ts';
import { missingWords } from '../repairs/spf-missing.ts';
import { saysWhose } from '../repairs/spf-own.ts';
import { misplacedWords } from '../repairs/spf-place.ts';
import { equals, mendSpf, senderOf, subjectOf } from '../repairs/spf-record.ts';

/** A hostile record has terms of 64 KB. */
const short = (text: string) => text.slice(0, 120);

const rule = defineRule({
  id: 'mail-from-spf',
  severity: 'blocker',
  reference: 'RFC 7208 sections 2.4, 4.5 and 4.6; Gmail and Outlook.com sender requirements, as of 2026-11',
  needs: ['spf', 'mailFrom', 'author', 'mailServers', 'zone'],
  check({ spf, mailFrom, author, mailServers, zone }, { policy }) {
    const { tree, place, isFrom } = subjectOf({ spf, mailFrom });
    const { misplaced } = tree;
    const { domain, records, faults, state, misspelt } = tree.root;
    // These break SPF for all mail that uses the record, whichever server sends it. Nothing else is certain.
    if (isFrom && state !== 'several' && faults.length === 0) return notApplicable('no-mail-from');
    if (state === 'unanswered') return unanswered([`${domain} TXT`]);
    const next = mendSpf({ spf, mailFrom }, policy);
    const put = (old: string | null) =>
      next === null ? {} : { change: { kind: 'dns', type: 'TXT', name: domain, old, new: next } as const };
    const box = next !== null;
    if (misspelt) return [problem('misspelt', { domain, place }, put(misspelt.text))];
    if (misplaced && place !== 'foreign') {
      const { name, text } = misplaced;
      const isAlias = place === 'alias';
      const change = { kind: 'dns', type: 'TXT', name: domain, old: null, new: text } as const;
      return [problem('misplaced', { domain, name, isAlias }, isAlias ? {} : { change })];
    }
    if (state === 'none') {
      if (place !== 'foreign' && isAbsent({ author, zone })) return notApplicable('no-domain');
      const sender = senderOf({ spf, mailFrom });
      const first =
        place === 'shared' && domain === author.domain
          ? firstSpf({ spf, mailFrom, author, mailServers })
          : null;
      if (first) {
        const change = { kind: 'dns', type: 'TXT', name: domain, old: null, new: first.text } as const;
        return [problem('first', { domain, host: first.host }, { change })];
      }
      return [problem('missing', { domain, place, sender, box }, put(null))];
    }
    if (state === 'several') {
      const data = { domain, place, count: records.length, end: endOf(next) };
      return [problem('several', data, put(records[0] ?? null))];
    }
    if (faults.length === 0) return [];
    const term = short(faults.join(' '));
    const [record = ''] = records;
    if (!faults.every((fault) => equals.test(fault))) {
      return [problem('invalid', { domain, place, term, box }, put(record))];
    }
    return [problem('equals', { domain, place, term }, put(record))];
  },
  words: {
    en: {
      title: 'SPF record',
      heading: {
        missing: ({ domain }) => `The domain ${domain} has no SPF record`,
        first: ({ domain }) => `The domain ${domain} has no SPF record`,
        misplaced: (data) => misplacedWords.en.heading(data),
        misspelt: ({ domain }) => `The SPF record of ${domain} cannot be read`,
        several: ({ domain, count }) => `The domain ${domain} has ${count} SPF records instead of one`,
        invalid: ({ domain }) => `A part of the SPF record of ${domain} cannot be read`,
        equals: ({ domain }) => `The SPF record of ${domain} has a spelling mistake`,
      },
      mend: {
        missing: () => 'Publish an SPF record',
        first: () => 'Publish an SPF record',
        misplaced: () => misplacedWords.en.mend,
        misspelt: () => 'Correct the SPF record',
        several: () => 'Join the SPF records into one',
        invalid: () => 'Correct the part that cannot be read',
        equals: () => 'Change the equals sign to a colon',
      },
      why: 'Without an SPF record that works, mail is turned away or goes to spam. Gmail and Outlook.com require one of everyone who sends them more than about 5,000 messages a day, and others are stricter. SPF is a DNS record that lists the servers which may send under a domain.',
      fix: {
        missing: (data) => missingWords.en.missing(data),
        first: (data) => missingWords.en.first(data),
        misplaced: (data) => misplacedWords.en.fix(data),
        misspelt: ({ domain, place }) =>
          place === 'foreign'
            ? foreign.en(domain)
            : 'Write it so that it starts with v=spf1 and a space: nothing before it, no quotes, no semicolons.',
        several: ({ domain, place, count, end }) =>
          place === 'foreign'
            ? foreign.en(domain)
            : end
              ? joinedWords.en({ domain, count, end })
              : `Join the SPF records of ${domain} into one: v=spf1 once, then all the other parts of every record, and one “all” at the end.`,
        invalid: ({ domain, place, box }) =>
          place === 'foreign'
            ? foreign.en(domain)
            : box
              ? 'Change the record to the one below, where that part is spelt as it was most likely meant.'
              : 'Correct or take away the part named above. The rest can stay as it is.',
        equals: ({ domain, place }) =>
          place === 'foreign'
            ? foreign.en(domain)
            : 'Write a colon in place of the equals sign, as in include:example.com.',
      },
      problems: {
        missing: ({ domain }) => `${domain} has no SPF record, so nobody is authorised to send for it.`,
        first: ({ domain }) => `${domain} has no SPF record, so nobody is authorised to send for it.`,
        misplaced: (data) => misplacedWords.en.problem(data),
        misspelt: ({ domain }) =>
          `${domain} has something like an SPF record, but receivers cannot read it, so it does not count.`,
        several: ({ domain, count }) =>
          `${domain} has ${count} SPF records. Receivers then treat SPF as broken.`,
        invalid: ({ domain, term }) => `The SPF record of ${domain} has a part that cannot be read: ${term}`,
        equals: ({ domain, term }) =>
          `The SPF record of ${domain} has an equals sign where a colon belongs: ${term}`,
      },
    },
    sv: {
      title: 'SPF-post',
      heading: {
        missing: ({ domain }) => `Domänen ${domain} har ingen SPF-post`,
        first: ({ domain }) => `Domänen ${domain} har ingen SPF-post`,
        misplaced: (data) => misplacedWords.sv.heading(data),
        misspelt: ({ domain }) => `SPF-posten för ${domain} går inte att läsa`,
        several: ({ domain, count }) => `Domänen ${domain} har ${count} SPF-poster i stället för en`,
        invalid: ({ domain }) => `En del av SPF-posten för ${domain} går inte att läsa`,
        equals: ({ domain }) => `SPF-posten för ${domain} har ett skrivfel`,
      },
      mend: {
        missing: () => 'Publicera en SPF-post',
        first: () => 'Publicera en SPF-post',
        misplaced: () => misplacedWords.sv.mend,
        misspelt: () => 'Rätta SPF-posten',
        several: () => 'Slå ihop SPF-posterna till en',
        invalid: () => 'Rätta den del som inte går att läsa',
        equals: () => 'Byt likhetstecknet mot ett kolon',
      },
      why: 'Utan en SPF-post som fungerar avvisas mejlet eller så hamnar det i skräpposten. Gmail och Outlook.com kräver en av alla som skickar dem mer än omkring 5\u00a0000 mejl om dagen, och andra är strängare. SPF är en DNS-post som räknar upp vilka servrar som får skicka under en domän.',
      fix: {
        missing: (data) => missingWords.sv.missing(data),
        first: (data) => missingWords.sv.first(data),
        misplaced: (data) => misplacedWords.sv.fix(data),
        misspelt: ({ domain, place }) =>
          place === 'foreign'
            ? foreign.sv(domain)
            : 'Skriv den så att den börjar med v=spf1 och ett mellanslag. Inget före, inga citattecken, inga semikolon.',
        several: ({ domain, place, count, end }) =>
          place === 'foreign'
            ? foreign.sv(domain)
            : end
              ? joinedWords.sv({ domain, count, end })
              : `Slå ihop SPF-posterna för ${domain} till en: v=spf1 en gång, sedan alla andra delar ur varje post, och ett enda ”all” sist.`,
        invalid: ({ domain, place, box }) =>
          place === 'foreign'
            ? foreign.sv(domain)
            : box
              ? 'Ändra posten till den nedan, där den delen är stavad som den troligen var tänkt.'
              : 'Rätta eller ta bort den del som nämns ovan. Resten kan stå kvar.',
        equals: ({ domain, place }) =>
          place === 'foreign'
            ? foreign.sv(domain)
            : 'Skriv kolon i stället för likhetstecken, som i include:example.com.',
      },
      problems: {
        missing: ({ domain }) =>
          `${domain} har ingen SPF-post, så ingen har tillstånd att skicka i dess namn.`,
        first: ({ domain }) => `${domain} har ingen SPF-post, så ingen har tillstånd att skicka i dess namn.`,
        misplaced: (data) => misplacedWords.sv.problem(data),
        misspelt: ({ domain }) =>
          `${domain} har något som liknar en SPF-post, men mottagarna kan inte läsa den, så den räknas inte.`,
        several: ({ domain, count }) =>
          `${domain} har ${count} SPF-poster. Då räknar mottagarna SPF-posten som trasig.`,
        invalid: ({ domain, term }) => `SPF-posten för ${domain} har en del som inte går att läsa: ${term}`,
        equals: ({ domain, term }) =>
          `SPF-posten för ${domain} har ett likhetstecken där det ska stå ett kolon: ${term}`,
      },
    },
  },
  examples: {
    good: [{}, { mailFrom: 'example.se' }],
    bad: [
      { world: { zone: { 'mejl.example.se': { TXT: ['other text'] } } }, finds: 'missing' },
      { world: { mailFrom: 'example.se', zone: { 'example.se': { A: ['192.0.2.1'] } } }, finds: 'first' },
      { world: { zone: { 'mejl.example.se': { CNAME: ['elsewhere.example'] } } }, finds: 'missing' },
      { world: { mailFrom: 'bounce.other.example' }, finds: 'missing' },
      {
        world: {
          zone: {
            'mejl.example.se': { A: ['192.0.2.1'] },
            '_spf.mejl.example.se': { TXT: ['v=spf1 a -all'] },
          },
        },
        finds: 'misplaced',
      },
      {
        world: {
          zone: {
            'mejl.example.se': { A: ['192.0.2.1'] },
            '*.mejl.example.se': { TXT: ['v=spf1 include:amazonses.com -all'] },
          },
        },
        finds: 'misplaced',
      },
      { world: { zone: { 'mejl.example.se': { TXT: [' v=spf1 mx -all'] } } }, finds: 'misspelt' },
      {
        world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 -all', 'v=spf1 mx ~all'] } } },
        finds: 'several',
      },
      {
        world: {
          zone: { 'mejl.example.se': { TXT: ['v=spf1 exists:%{i}.example.se -all', 'v=spf1 mx ~all'] } },
        },
        finds: 'several',
      },
      {
        world: {
          mailFrom: 'example.se',
          zone: {
            'example.se': { MX: ['0 example-se.mail.protection.outlook.com'] },
            'example-se.mail.protection.outlook.com': { A: ['192.0.2.99'] },
          },
        },
        finds: 'first',
      },
      { world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 ipv4:192.0.2.1 -all'] } } }, finds: 'invalid' },
      {
        world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 include=a.example -all'] } } },
        finds: 'equals',
      },
    ],
  },
});

export default saysWhose(rule);
