import { defineRule, problem, unanswered } from '#rule';
import { doubledWords } from '../repairs/spf-place.ts';

const kinds = {
  en: {
    dkim: 'DKIM key',
    dmarc: 'DMARC record',
    mx: 'MX record',
    mtaSts: 'MTA-STS record',
    tlsRpt: 'TLS-RPT record',
    bimi: 'BIMI record',
  },
  sv: {
    dkim: 'DKIM-nyckeln',
    dmarc: 'DMARC-posten',
    mx: 'MX-posten',
    mtaSts: 'MTA-STS-posten',
    tlsRpt: 'TLS-RPT-posten',
    bimi: 'BIMI-posten',
  },
};

/** Of a hostile name, which has 253 characters. */
const short = (name: string) => (name.length > 40 ? `${name.slice(0, 39)}…` : name);

export default defineRule({
  id: 'doubled-name',
  severity: 'minor',
  reference: 'RFC 1035 section 5.1 (a name without a dot at its end is completed with that of the zone)',
  needs: ['doubledNames'],
  check({ doubledNames: { found, silent } }) {
    if (found.length === 0) return silent.length > 0 ? unanswered(silent) : [];
    return found.map(({ kind, name, label, zone, at, type, text }) =>
      problem(
        'doubled',
        { kind, name, label, zone, at },
        { change: { kind: 'dns', type, name, old: null, new: text } },
      ),
    );
  },
  words: {
    en: {
      title: 'Names with the domain twice',
      heading: {
        doubled: ({ kind, zone }, count) =>
          count === 1
            ? `The ${kinds.en[kind]} has ${short(zone)} twice in its name`
            : `${count} records have ${short(zone)} twice in their names`,
      },
      mend: { doubled: () => 'Publish it under its right name' },
      why: 'To receivers it is not there: nobody looks at such a name. Whatever the record is to do for your mail, it does not do.',
      fix: {
        doubled: ({ label, zone, at }) =>
          `Publish the record below, and take away the one at ${at}. ${doubledWords.en} Here that is ${label || '@'}, in the zone ${zone}. Do this first: checks that find nothing under the right name propose a record of their own.`,
      },
      problems: {
        doubled: ({ kind, name, at }) =>
          `The ${kinds.en[kind]} that belongs at ${name} stands at ${at}, where nobody looks.`,
      },
    },
    sv: {
      title: 'Namn med domänen två gånger',
      heading: {
        doubled: ({ kind, zone }, count) =>
          count === 1
            ? `${kinds.sv[kind]} har ${short(zone)} två gånger i sitt namn`
            : `${count} poster har ${short(zone)} två gånger i sina namn`,
      },
      mend: { doubled: () => 'Publicera posten under rätt namn' },
      why: 'För mottagarna finns den inte, eftersom ingen letar på ett sådant namn. Det som posten ska göra för dina mejl gör den inte.',
      fix: {
        doubled: ({ label, zone, at }) =>
          `Publicera posten nedan och ta bort den på ${at}. ${doubledWords.sv} Här blir det ${label || '@'}, i zonen ${zone}. Gör det här först. Kontroller som inte hittar något på rätt namn föreslår annars en egen post.`,
      },
      problems: {
        doubled: ({ kind, name, at }) =>
          `${kinds.sv[kind]} som hör hemma på ${name} står på ${at}, där ingen letar.`,
      },
    },
  },
  examples: {
    good: [
      {},
      // One at the right name too: the other does no harm.
      { zone: { '_dmarc.example.se.example.se': { TXT: ['v=DMARC1; p=none'] } } },
      // A wildcard answers for every name.
      {
        zone: {
          'mejl.example.se': { TXT: ['v=spf1 include:amazonses.com ~all'] },
          '*.example.se': { MX: ['10 in.example.se'] },
        },
      },
    ],
    bad: [
      {
        world: {
          zone: {
            '_dmarc.example.se': 'NXDOMAIN',
            '_dmarc.example.se.example.se': { TXT: ['v=DMARC1; p=none'] },
          },
        },
        finds: 'doubled',
      },
      {
        world: {
          zone: {
            's1._domainkey.example.se': 'NXDOMAIN',
            's1._domainkey.example.se.example.se': { CNAME: ['s1.dkim.service.example'] },
            's1.dkim.service.example': {
              TXT: ['v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo='],
            },
          },
        },
        finds: 'doubled',
      },
      {
        world: {
          zone: {
            'mejl.example.se': { TXT: ['v=spf1 include:amazonses.com ~all'] },
            'mejl.example.se.example.se': { MX: ['10 feedback-smtp.eu-north-1.amazonses.com'] },
          },
        },
        finds: 'doubled',
      },
    ],
  },
});
