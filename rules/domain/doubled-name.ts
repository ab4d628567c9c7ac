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
  needs: ['doubledNames', 'author'],
  check({ doubledNames: { found, silent }, author }) {
    if (found.length === 0) return silent.length > 0 ? unanswered(silent) : [];
    return found.flatMap(({ kind, name, label, zone, at, type, text, others }) => {
      // The other checks and the plan put one that is missing in its place; of these alone none of them asks.
      const isIdle = kind === 'mx' && name === author.domain && author.mail !== 'nowhere';
      const isAlone =
        (kind === 'bimi' && others.length === 0) || isIdle || (kind === 'mx' && others.length > 0);
      const data = { kind, name, label, zone, at, isAlone };
      return [text, ...others].map((each) => {
        const place = isAlone ? { name, old: null, new: each } : { name: at, old: each, new: null };
        return problem('doubled', data, { change: { kind: 'dns', type, ...place } });
      });
    });
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
      mend: {
        doubled: ({ isAlone }) =>
          isAlone ? 'Publish it under its right name' : 'Take away the record with the doubled name',
      },
      why: 'To receivers it is not there: nobody looks at such a name. Whatever the record is to do for your mail, it does not do.',
      fix: {
        doubled: ({ name, label, zone, at, isAlone }) =>
          isAlone
            ? `Publish the record below, and take away the one at ${at}. ${doubledWords.en} Here that is ${label || '@'}, in the zone ${zone}.`
            : `Take the record below away, when the right one stands at ${name}: what to put there is said where it is missed, and in the plan. ${doubledWords.en} Here that is ${label || '@'}, in the zone ${zone}.`,
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
      mend: {
        doubled: ({ isAlone }) =>
          isAlone ? 'Publicera posten under rätt namn' : 'Ta bort posten med dubblerat namn',
      },
      why: 'För mottagarna finns den inte, eftersom ingen letar på ett sådant namn. Det som posten ska göra för dina mejl gör den inte.',
      fix: {
        doubled: ({ name, label, zone, at, isAlone }) =>
          isAlone
            ? `Publicera posten nedan och ta bort den på ${at}. ${doubledWords.sv} Här blir det ${label || '@'}, i zonen ${zone}.`
            : `Ta bort posten nedan när den rätta finns på ${name}: vad som ska stå där säger kontrollen som saknar den, och planen. ${doubledWords.sv} Här blir det ${label || '@'}, i zonen ${zone}.`,
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
