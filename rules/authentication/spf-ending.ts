import { defineRule, problem } from '#rule';
import { ownSpf, saysWhose } from '../repairs/spf-own.ts';

const rule = defineRule({
  id: 'spf-ending',
  severity: 'minor',
  reference: 'RFC 7208 sections 4.7, 5.1 and 8.2',
  needs: ['spf', 'mailFrom'],
  check(facts, { policy }) {
    const own = ownSpf(facts, policy);
    if ('none' in own) return own.none;
    const { tree, domain, words, more, box } = own;
    // Whoever lets all in, or nobody, has a graver fault.
    if (tree.everyone || tree.passes === false) return [];
    const redirect = words.find((word) => /^redirect=/i.test(word))?.slice('redirect='.length) ?? null;
    const holder = words.some((word) => /^[+\-~?]?all$/i.test(word)) ? null : redirect;
    const data = { domain, holder: holder?.slice(0, 120) ?? null, box };
    if (tree.all === null) return [problem('open', data, more)];
    return tree.all === '?' ? [problem('neutral', data, more)] : [];
  },
  words: {
    en: {
      title: 'How the SPF record ends',
      heading: {
        open: ({ domain }) => `The SPF record of ${domain} has no end`,
        neutral: ({ domain }) => `The SPF record of ${domain} says nothing about strangers`,
      },
      mend: {
        open: () => 'End the SPF record with ~all',
        neutral: () => 'Change ?all to ~all',
      },
      why: 'Your own mail passes. But receivers learn nothing about mail that somebody else sends in your name: the last part of the record says what to think of it, and here it says neither yes nor no.',
      fix: {
        open: ({ box, holder }) =>
          box
            ? 'Change the record to the one below.'
            : `Write ~all last in the record${holder ? ` of ${holder}, which this one leads to` : ''}.`,
        neutral: ({ box, holder }) =>
          box
            ? 'Change the record to the one below, once it names every server that sends for you.'
            : `Change ?all to ~all in the record${holder ? ` of ${holder}, which this one leads to` : ''}, once it names every server that sends for you.`,
      },
      problems: {
        open: ({ domain }) => `The SPF record of ${domain} ends without “all” and without “redirect”.`,
        neutral: ({ domain }) => `The SPF record of ${domain} ends with ?all, which means “no opinion”.`,
      },
    },
    sv: {
      title: 'Hur SPF-posten slutar',
      heading: {
        open: ({ domain }) => `SPF-posten för ${domain} saknar slut`,
        neutral: ({ domain }) => `SPF-posten för ${domain} säger ingenting om främmande servrar`,
      },
      mend: {
        open: () => 'Avsluta SPF-posten med ~all',
        neutral: () => 'Ändra ?all till ~all',
      },
      why: 'Dina egna mejl godkänns. Men mottagarna får inte veta något om mejl som någon annan skickar i ditt namn. Den sista delen av posten säger vad de ska tro om sådana, och här säger den varken ja eller nej.',
      fix: {
        open: ({ box, holder }) =>
          box
            ? 'Ändra posten till den nedan.'
            : `Skriv ~all sist i posten${holder ? ` för ${holder}, som den här leder till` : ''}.`,
        neutral: ({ box, holder }) =>
          box
            ? 'Ändra posten till den nedan när den nämner alla servrar som skickar åt dig.'
            : `Ändra ?all till ~all i posten${holder ? ` för ${holder}, som den här leder till` : ''}, när den nämner alla servrar som skickar åt dig.`,
      },
      problems: {
        open: ({ domain }) => `SPF-posten för ${domain} slutar utan ”all” och utan ”redirect”.`,
        neutral: ({ domain }) => `SPF-posten för ${domain} slutar med ?all, som betyder ”ingen åsikt”.`,
      },
    },
  },
  examples: {
    good: [
      {},
      {
        zone: {
          'mejl.example.se': { TXT: ['v=spf1 redirect=_spf.example.se'] },
          '_spf.example.se': { TXT: ['v=spf1 ip4:192.0.2.1 -all'] },
        },
      },
    ],
    bad: [
      { world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 ip4:192.0.2.1'] } } }, finds: 'open' },
      { world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 ip4:192.0.2.1 ?all'] } } }, finds: 'neutral' },
    ],
  },
});

export default saysWhose(rule);
