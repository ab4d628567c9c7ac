import { defineRule, notApplicable, problem, unknown } from '#rule';

/** A hostile record has parts of 64 KB. */
const short = (parts: readonly string[]) => parts.join(', ').slice(0, 120);

export default defineRule({
  id: 'dmarc-tags',
  severity: 'major',
  reference: 'RFC 9989 sections 4.7, 4.8 and 4.10.1; RFC 6376 section 3.2',
  needs: ['message', 'dmarc'],
  check({ message, dmarc: { applied, author } }) {
    if (applied === 'unknown') return unknown('unanswered');
    // A record without any power is the matter of dmarc-policy.
    if (applied === 'none' || applied.policy === null) return notApplicable('no-record');
    const { record } = applied;
    const { domain, wrong, capitals, repeated } = record;
    const put = (name: string, old: string, text: string | null) =>
      text === null
        ? {}
        : { change: { kind: 'dns', type: 'TXT', name: `_dmarc.${name}`, old, new: text } as const };
    const own = author.steps[0]?.misspelt;
    const ignored = own
      ? [problem('ignored', { domain: message.from.domain }, put(message.from.domain, own.text, own.mended))]
      : [];
    // Nobody but the registry can change the record of a public suffix.
    if (record.psd === 'y' && domain !== message.from.domain) return ignored;
    const more = put(domain, record.text, record.mended);
    return [
      ...ignored,
      ...(wrong.length > 0 ? [problem('wrong', { domain, parts: short(wrong) }, more)] : []),
      ...(capitals.length > 0 ? [problem('capitals', { domain, parts: short(capitals) }, more)] : []),
      ...(repeated.length > 0 ? [problem('repeated', { domain, parts: short(repeated) }, more)] : []),
    ];
  },
  words: {
    en: {
      title: 'Spelling of the DMARC record',
      why: 'Receivers pass over what they cannot read, often without a word. The mail goes, but without the protection you meant to have, and some throw the whole record away.',
      fix: {
        wrong: () =>
          'Change the record to the one below. It says none where the value could not be read: write quarantine or reject there if that is what you meant.',
        capitals: () => 'Change the record to the one below, with the tags in small letters.',
        repeated: () =>
          'Let each tag stand once. The record below keeps the first of each: see that it is the one you meant.',
        ignored: () => 'Mend the record, or take it away if the domain above speaks for this one too.',
      },
      problems: {
        wrong: ({ domain, parts }) =>
          `In the DMARC record of ${domain}, this is not none, quarantine or reject: ${parts}. Receivers then treat the whole record as p=none.`,
        capitals: ({ domain, parts }) =>
          `In the DMARC record of ${domain}, these tags are in capitals, and many receivers pass over them: ${parts}.`,
        repeated: ({ domain, parts }) =>
          `In the DMARC record of ${domain}, these tags stand more than once, and some receivers then throw away the whole record: ${parts}.`,
        ignored: ({ domain }) =>
          `${domain} has something like a DMARC record, but receivers cannot read it. They use the record of the domain above it.`,
      },
    },
    sv: {
      title: 'Stavningen i DMARC-posten',
      why: 'Mottagare hoppar över det de inte kan läsa, ofta utan att säga något. Mejlet går fram, men utan det skydd du tänkt dig, och en del kastar hela posten.',
      fix: {
        wrong: () =>
          'Ändra posten till den nedan. Där står none i stället för värdet som inte gick att läsa. Skriv quarantine eller reject om det var det du menade.',
        capitals: () => 'Ändra posten till den nedan, med taggarna i små bokstäver.',
        repeated: () =>
          'Låt varje tagg stå en gång. Posten nedan behåller den första av varje. Kontrollera att det är rätt.',
        ignored: () => 'Rätta posten, eller ta bort den om domänen ovanför ska gälla även här.',
      },
      problems: {
        wrong: ({ domain, parts }) =>
          `I DMARC-posten för ${domain} är det här varken none, quarantine eller reject: ${parts}. Då räknar mottagarna hela posten som p=none.`,
        capitals: ({ domain, parts }) =>
          `I DMARC-posten för ${domain} står de här taggarna med stora bokstäver, och många mottagare hoppar över dem: ${parts}.`,
        repeated: ({ domain, parts }) =>
          `I DMARC-posten för ${domain} står de här taggarna mer än en gång, och då kastar en del mottagare hela posten: ${parts}.`,
        ignored: ({ domain }) =>
          `${domain} har något som liknar en DMARC-post, men mottagarna kan inte läsa den. De använder posten för domänen ovanför.`,
      },
    },
  },
  examples: {
    good: [{}, { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=Reject; x=1'] } } }],
    bad: [
      {
        world: { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=rejekt; rua=mailto:d@example.se'] } } },
        finds: 'wrong',
      },
      {
        world: { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=none; SP=reject'] } } },
        finds: 'capitals',
      },
      {
        world: { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=none; p=reject'] } } },
        finds: 'repeated',
      },
      {
        world: {
          from: 'a@news.example.se',
          zone: { '_dmarc.news.example.se': { TXT: ['v=DMARC1 p=reject'] } },
        },
        finds: 'ignored',
      },
    ],
  },
});
