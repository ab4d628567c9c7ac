import { defineRule, notApplicable, problem, unanswered, unknown } from '#rule';
import { foreign } from '../repairs/foreign.ts';
import { saysWhose } from '../repairs/spf-own.ts';
import { equals, mendSpf, senderOf, subjectOf } from '../repairs/spf-record.ts';

const all = /^[+\-~?]?all$/i;
const letsPass = /^\+?(?:include|a|mx|ptr|ip4|ip6|exists)(?:[:/]|$)/i;

const rule = defineRule({
  id: 'spf-scope',
  severity: 'blocker',
  reference: 'RFC 7208 sections 5.1 and 6.1',
  needs: ['spf', 'mailFrom'],
  check({ spf, mailFrom }, { policy }) {
    const { tree, place, isFrom } = subjectOf({ spf, mailFrom });
    const { root, all: end, everyone, wide, unanswered: silent, unread } = tree;
    // An open record lets anybody forge the domain, whatever the mail uses; a closed one says nothing of the mail.
    if (isFrom && wide !== true) return notApplicable('no-mail-from');
    const { domain, records, state } = root;
    if (state === 'none') return notApplicable('no-record');
    if (state === 'several') return notApplicable('faulty-record');
    if (everyone === null) {
      if (silent.length > 0) return unanswered(silent);
      if (wide !== false && wide !== true) return unknown(wide);
      if (end !== 'unknown') return [];
      return unknown(unread.some(({ state: why }) => why === 'cut') ? 'cut-short' : 'each-mail');
    }
    const [old = ''] = records;
    const { domain: holder, half } = everyone;
    const term = everyone.term.slice(0, 120);
    const next = mendSpf({ spf, mailFrom }, policy);
    const box = next !== null;
    const more = box ? { change: { kind: 'dns', type: 'TXT', name: domain, old, new: next } as const } : {};
    if (half) return [problem('wide', { domain, place, holder, term })];
    const named = old
      .split(' ')
      .some((word) => !all.test(word) && letsPass.test(word.replace(equals, '$1:')));
    const redirect = /(?:^| )redirect=/i.test(old);
    if (holder !== domain || !all.test(term) || named || redirect) {
      return [problem('everyone', { domain, place, holder, term, box, redirect }, more)];
    }
    const sender = isFrom ? 'other' : senderOf({ spf, mailFrom });
    return [problem('nothingElse', { domain, place, term, box, sender }, more)];
  },
  words: {
    en: {
      title: 'Who may send, by SPF',
      heading: {
        everyone: ({ domain }) => `Anyone may send in the name of ${domain}`,
        nothingElse: ({ domain }) => `Anyone may send in the name of ${domain}`,
        wide: ({ domain }) => `Half the internet may send in the name of ${domain}`,
      },
      mend: 'Close the SPF record to everyone else',
      why: 'Some filters know such records and trust no mail from them, so yours may go to spam. And anyone can send fraud in your name and pass the check.',
      fix: {
        everyone: ({ domain, place, holder, term, box, redirect }) =>
          place === 'foreign'
            ? foreign.en(domain)
            : holder === domain
              ? box
                ? `Take ${term} out: change the record to the one below.`
                : redirect
                  ? `Take ${term} out of the record: it then ends with the “redirect” that it has. See that this leads to a record which works.`
                  : `Take ${term} out of the record, name the servers that send for you, and end it with ~all.`
              : `Take away the part that leads to ${holder}: its record holds ${term}.`,
        nothingElse: ({ domain, place, term, box, sender }) => {
          if (place === 'foreign') return foreign.en(domain);
          if (box && (sender === 'ses' || sender === 'route')) return 'Change the record to the one below.';
          const rest = box ? ' If you send through Amazon SES alone, change it to the record below.' : '';
          return `Put the include of each service that sends for you in place of ${term}, and end the record with ~all.${rest}`;
        },
        wide: ({ domain, place, holder, term }) =>
          place === 'foreign'
            ? foreign.en(domain)
            : holder === domain
              ? `Take ${term} out of the record, and name only the servers that send for you.`
              : `Take away the part that leads to ${holder}: its record holds ${term}.`,
      },
      problems: {
        everyone: ({ domain, term }) =>
          `The SPF record of ${domain} lets anyone in the world send in its name (${term}).`,
        nothingElse: ({ domain, term }) =>
          `The SPF record of ${domain} lets anyone in the world send in its name (${term}), and names no server of yours.`,
        wide: ({ domain, term }) =>
          `The SPF record of ${domain} lets at least half of all addresses on the internet send in its name (${term}).`,
      },
    },
    sv: {
      title: 'Vilka som får skicka enligt SPF',
      heading: {
        everyone: ({ domain }) => `Vem som helst får skicka i namnet ${domain}`,
        nothingElse: ({ domain }) => `Vem som helst får skicka i namnet ${domain}`,
        wide: ({ domain }) => `Halva internet får skicka i namnet ${domain}`,
      },
      mend: 'Stäng SPF-posten för alla andra',
      why: 'En del filter känner igen sådana poster och litar inte på något mejl därifrån, så ditt kan hamna i skräpposten. Dessutom kan vem som helst skicka bedrägerier i ditt namn och klara kontrollen.',
      fix: {
        everyone: ({ domain, place, holder, term, box, redirect }) =>
          place === 'foreign'
            ? foreign.sv(domain)
            : holder === domain
              ? box
                ? `Ta bort ${term}: ändra posten till den nedan.`
                : redirect
                  ? `Ta bort ${term} ur posten. Då slutar den med den ”redirect” som finns där. Se till att den leder till en post som fungerar.`
                  : `Ta bort ${term} ur posten, ange servrarna som skickar åt dig och avsluta den med ~all.`
              : `Ta bort den del som leder till ${holder}. Posten där innehåller ${term}.`,
        nothingElse: ({ domain, place, term, box, sender }) => {
          if (place === 'foreign') return foreign.sv(domain);
          if (box && (sender === 'ses' || sender === 'route')) return 'Ändra posten till den nedan.';
          const rest = box ? ' Skickar du bara med Amazon SES, ändra den till posten nedan.' : '';
          return `Skriv include för varje tjänst som skickar åt dig i stället för ${term}, och avsluta posten med ~all.${rest}`;
        },
        wide: ({ domain, place, holder, term }) =>
          place === 'foreign'
            ? foreign.sv(domain)
            : holder === domain
              ? `Ta bort ${term} ur posten och ange bara servrarna som skickar åt dig.`
              : `Ta bort den del som leder till ${holder}. Posten där innehåller ${term}.`,
      },
      problems: {
        everyone: ({ domain, term }) =>
          `SPF-posten för ${domain} låter vem som helst skicka i domänens namn (${term}).`,
        nothingElse: ({ domain, term }) =>
          `SPF-posten för ${domain} låter vem som helst skicka i domänens namn (${term}) och nämner ingen av dina servrar.`,
        wide: ({ domain, term }) =>
          `SPF-posten för ${domain} låter minst hälften av alla adresser på internet skicka i domänens namn (${term}).`,
      },
    },
  },
  examples: {
    good: [{}, { zone: { 'mejl.example.se': { TXT: ['v=spf1 ip4:192.0.2.0/24 ?all'] } } }],
    bad: [
      { world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 mx +all'] } } }, finds: 'everyone' },
      { world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 +all'] } } }, finds: 'nothingElse' },
      {
        world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all'] } } },
        finds: 'wide',
      },
      {
        world: {
          zone: {
            'mejl.example.se': { TXT: ['v=spf1 a:h1.example/1 a:h2.example/1 ~all'] },
            'h1.example': { A: ['9.9.9.9'] },
            'h2.example': { A: ['200.9.9.9'] },
          },
        },
        finds: 'wide',
      },
      {
        world: {
          zone: {
            'mejl.example.se': { TXT: ['v=spf1 include:open.example -all'] },
            'open.example': { TXT: ['v=spf1 ip4:0.0.0.0/0 -all'] },
          },
        },
        finds: 'everyone',
      },
    ],
  },
});

export default saysWhose(rule);
