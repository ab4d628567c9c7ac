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
      heading: {
        wrong: ({ domain }) => `A value in the DMARC record of ${domain} cannot be read`,
        capitals: ({ domain }) => `The DMARC record of ${domain} has tags in capitals`,
        repeated: ({ domain }) => `The DMARC record of ${domain} has the same tag twice`,
        ignored: ({ domain }) => `The DMARC record of ${domain} cannot be read`,
      },
      mend: {
        wrong: () => 'Correct the value in the DMARC record',
        capitals: () => 'Write the DMARC tags in small letters',
        repeated: () => 'Let each DMARC tag stand once',
        ignored: () => 'Correct or remove the DMARC record',
      },
      why: 'The mail may still arrive, but without the protection you meant it to have: receivers pass over what they cannot read in a DMARC record, often without a word, and some disregard the whole record.',
      fix: {
        wrong: () =>
          'Change the record to the one below. It says none where the value could not be read: write quarantine or reject there if that is what you meant.',
        capitals: () =>
          'Change the record to the one below, with the tags (the names before the equals signs) in small letters.',
        repeated: () =>
          'Let each tag (the name before an equals sign) stand once. The record below keeps the first of each: see that it is the one you meant.',
        ignored: () =>
          'Correct the record, or remove it if the record of the domain above should apply here too.',
      },
      problems: {
        wrong: ({ domain, parts }) =>
          `In the DMARC record of ${domain}, this is not none, quarantine or reject: ${parts}. Receivers then treat the whole record as p=none.`,
        capitals: ({ domain, parts }) =>
          `In the DMARC record of ${domain}, these tags are in capitals, and many receivers pass over them: ${parts}.`,
        repeated: ({ domain, parts }) =>
          `In the DMARC record of ${domain}, these tags stand more than once, and some receivers then disregard the whole record: ${parts}.`,
        ignored: ({ domain }) =>
          `${domain} has something like a DMARC record, but receivers cannot read it. They use the record of the domain above it.`,
      },
    },
    sv: {
      title: 'Stavningen i DMARC-posten',
      heading: {
        wrong: ({ domain }) => `Ett värde i DMARC-posten för ${domain} går inte att läsa`,
        capitals: ({ domain }) => `DMARC-posten för ${domain} har taggar med stora bokstäver`,
        repeated: ({ domain }) => `DMARC-posten för ${domain} har samma tagg två gånger`,
        ignored: ({ domain }) => `DMARC-posten för ${domain} går inte att läsa`,
      },
      mend: {
        wrong: () => 'Rätta värdet i DMARC-posten',
        capitals: () => 'Skriv DMARC-taggarna med små bokstäver',
        repeated: () => 'Låt varje DMARC-tagg stå en gång',
        ignored: () => 'Rätta eller ta bort DMARC-posten',
      },
      why: 'Mejlet kan komma fram ändå, men utan det skydd du hade tänkt dig: mottagarna hoppar över det de inte kan läsa i en DMARC-post, ofta utan att säga något, och en del bortser från hela posten.',
      fix: {
        wrong: () =>
          'Ändra posten till den nedan. Där står none i stället för värdet som inte gick att läsa. Skriv quarantine eller reject om det var det du menade.',
        capitals: () =>
          'Ändra posten till den nedan, med taggarna (namnen före likhetstecknen) i små bokstäver.',
        repeated: () =>
          'Låt varje tagg (namnet före ett likhetstecken) stå en gång. Posten nedan behåller den första av varje. Kontrollera att det är den du menade.',
        ignored: () => 'Rätta posten, eller ta bort den om posten för domänen ovanför ska gälla även här.',
      },
      problems: {
        wrong: ({ domain, parts }) =>
          `I DMARC-posten för ${domain} är det här varken none, quarantine eller reject: ${parts}. Då räknar mottagarna hela posten som p=none.`,
        capitals: ({ domain, parts }) =>
          `I DMARC-posten för ${domain} står de här taggarna med stora bokstäver, och många mottagare hoppar över dem: ${parts}.`,
        repeated: ({ domain, parts }) =>
          `I DMARC-posten för ${domain} står de här taggarna mer än en gång, och då bortser en del mottagare från hela posten: ${parts}.`,
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
