import { defineRule, notApplicable, problem, unknown } from '#rule';
import { type DmarcBox, mendedBox } from '../repairs/dmarc-record.ts';
import { beginning, changes } from '../repairs/dmarc-words.ts';

/** Where no record can be offered. */
const unboxed = {
  en: (domain: string, box: DmarcBox) =>
    box === 'alias'
      ? `_dmarc.${domain} is an alias (CNAME). Ask the service that it leads to to correct this in the DMARC record there.`
      : 'Correct it in the record, or take the part away.',
  sv: (domain: string, box: DmarcBox) =>
    box === 'alias'
      ? `_dmarc.${domain} är ett alias (CNAME). Be tjänsten som det leder till att rätta det här i DMARC-posten där.`
      : 'Rätta det i posten, eller ta bort den delen.',
};

/** What was meant may still not be wanted: until now it has not counted. */
const strictly = {
  en: ' With aspf=s a subdomain for sending no longer belongs with From, and the DKIM signature must carry DMARC alone. To keep it as it works today, leave aspf out.',
  sv: ' Med aspf=s hör en underdomän för utskick inte längre ihop med avsändardomänen (From), och då måste DKIM-signaturen bära DMARC ensam. Utelämna aspf om det ska fungera som i dag.',
};

/** A hostile record has parts of 64 KB. */
const short = (parts: readonly string[]) => parts.join(', ').slice(0, 120);

export default defineRule({
  id: 'dmarc-tags',
  severity: 'major',
  reference: 'RFC 9989 sections 4.7, 4.8 and 4.10.1; RFC 6376 section 3.2',
  needs: ['dmarc', 'dmarcPassing'],
  check(facts) {
    const { dmarc } = facts;
    const { applied, author } = dmarc;
    if (applied === 'unknown') return unknown('unanswered');
    if (applied === 'none') return notApplicable('no-record');
    // A record without any power is the matter of dmarc-policy.
    if (applied.policy === null) return notApplicable('faulty-record');
    const { record, isSuffix } = applied;
    const ignored = () => {
      const own = author.steps[0]?.misspelt;
      if (!own) return [];
      const { data, more } = mendedBox(facts, own.meant, { domain: dmarc.domain, text: own.text });
      return [problem('ignored', data, more)];
    };
    // Nobody but the registry can change the record of a public suffix.
    if (isSuffix && record.domain !== dmarc.domain) return ignored();
    const { wrong, capitals, repeated, unread } = record;
    const { data, more } = mendedBox(facts, record);
    return [
      ...ignored(),
      ...(wrong.length > 0 ? [problem('wrong', { ...data, parts: short(wrong) }, more)] : []),
      ...(capitals.length > 0 ? [problem('capitals', { ...data, parts: short(capitals) }, more)] : []),
      ...(repeated.length > 0 ? [problem('repeated', { ...data, parts: short(repeated) }, more)] : []),
      ...(unread.length > 0
        ? [
            problem(
              'unread',
              {
                ...data,
                parts: short(unread),
                strict: record.aspf === 'r' && /\baspf=s\b/.test(more.change?.new ?? ''),
              },
              more,
            ),
          ]
        : []),
      ...(record.psd === 'y' && !isSuffix ? [problem('registry', data, more)] : []),
    ];
  },
  words: {
    en: {
      title: 'Spelling of the DMARC record',
      heading: {
        wrong: ({ domain }) => `A value in the DMARC record of ${domain} cannot be read`,
        capitals: ({ domain }) => `The DMARC record of ${domain} has tags in capitals`,
        repeated: ({ domain }) => `The DMARC record of ${domain} has the same tag twice`,
        unread: ({ domain }) => `A part of the DMARC record of ${domain} cannot be read`,
        registry: ({ domain }) => `The DMARC record of ${domain} says psd=y, as only registries may`,
        ignored: ({ domain }) => `The DMARC record of ${domain} cannot be read`,
      },
      mend: {
        wrong: () => 'Correct the value in the DMARC record',
        capitals: () => 'Write the DMARC tags in small letters',
        repeated: () => 'Let each DMARC tag stand once',
        unread: () => 'Correct the part of the DMARC record',
        registry: () => 'Take psd=y away from the DMARC record',
        ignored: () => 'Correct or remove the DMARC record',
      },
      why: 'The mail may still arrive, but without the protection you meant it to have: receivers pass over what they cannot read in a DMARC record, often without a word, and some disregard the whole record.',
      fix: {
        wrong: ({ domain, box, changed, wakes, lowered }) =>
          box === 'shown'
            ? `Change the record to the one below, and see that the policies in it (p, sp, np) are those you meant: where a value could not be made out, it says none.${changes.en({ changed, wakes, lowered })}`
            : unboxed.en(domain, box),
        capitals: ({ domain, box, changed, wakes, lowered }) =>
          box === 'shown'
            ? `Change the record to the one below, with the tags (the names before the equals signs) in small letters. Of a tag that stands twice it keeps the one in small letters, which is what counts today.${changes.en({ changed, wakes, lowered })}`
            : unboxed.en(domain, box),
        repeated: ({ domain, box, changed, wakes, lowered }) =>
          box === 'shown'
            ? `Let each tag (the name before an equals sign) stand once. The record below keeps the first of each: see that it is the one you meant.${changes.en({ changed, wakes, lowered })}`
            : unboxed.en(domain, box),
        unread: ({ domain, box, strict, changed, wakes, lowered }) =>
          box === 'shown'
            ? `Change the record to the one below.${strict ? strictly.en : ''}${changes.en({ changed, wakes, lowered })}`
            : unboxed.en(domain, box),
        registry: ({ domain, box, changed, wakes, lowered }) =>
          box === 'shown'
            ? `Change the record to the one below, without psd=y.${changes.en({ changed, wakes, lowered })}`
            : unboxed.en(domain, box),
        ignored: ({ box, wakes, lowered }) =>
          `Correct the record${box === 'shown' ? ' to the one below' : ''}, or remove it if the record of the domain above should apply here too.${box === 'shown' ? ` Make sure that its report address (rua) receives mail.${beginning.en({ wakes, lowered })}` : ''}`,
      },
      problems: {
        wrong: ({ domain, parts }) =>
          `In the DMARC record of ${domain}, this is not none, quarantine or reject: ${parts}. Receivers then treat the whole record as p=none.`,
        capitals: ({ domain, parts }) =>
          `In the DMARC record of ${domain}, these tags are in capitals, and many receivers pass over them: ${parts}.`,
        repeated: ({ domain, parts }) =>
          `In the DMARC record of ${domain}, these tags stand more than once, and some receivers then disregard the whole record: ${parts}.`,
        unread: ({ domain, parts }) =>
          `In the DMARC record of ${domain}, receivers pass over this, since they cannot read it: ${parts}.`,
        registry: ({ domain }) =>
          `The DMARC record of ${domain} has psd=y, which is for registries (such as the one of .se) alone. It parts your subdomains from ${domain}, so mail that bounces to one of them no longer belongs with it.`,
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
        unread: ({ domain }) => `En del av DMARC-posten för ${domain} går inte att läsa`,
        registry: ({ domain }) => `DMARC-posten för ${domain} har psd=y, som är till för domänregister`,
        ignored: ({ domain }) => `DMARC-posten för ${domain} går inte att läsa`,
      },
      mend: {
        wrong: () => 'Rätta värdet i DMARC-posten',
        capitals: () => 'Skriv DMARC-taggarna med små bokstäver',
        repeated: () => 'Låt varje DMARC-tagg stå en gång',
        unread: () => 'Rätta delen i DMARC-posten',
        registry: () => 'Ta bort psd=y ur DMARC-posten',
        ignored: () => 'Rätta eller ta bort DMARC-posten',
      },
      why: 'Mejlet kan komma fram ändå, men utan det skydd du hade tänkt dig: mottagarna hoppar över det de inte kan läsa i en DMARC-post, ofta utan att säga något, och en del bortser från hela posten.',
      fix: {
        wrong: ({ domain, box, changed, wakes, lowered }) =>
          box === 'shown'
            ? `Ändra posten till den nedan, och kontrollera att den har de policyer (p, sp, np) som du menade. Där ett värde inte gick att tyda står none.${changes.sv({ changed, wakes, lowered })}`
            : unboxed.sv(domain, box),
        capitals: ({ domain, box, changed, wakes, lowered }) =>
          box === 'shown'
            ? `Ändra posten till den nedan, med taggarna (namnen före likhetstecknen) i små bokstäver. Står en tagg två gånger är den med små bokstäver kvar, eftersom det är den som räknas i dag.${changes.sv({ changed, wakes, lowered })}`
            : unboxed.sv(domain, box),
        repeated: ({ domain, box, changed, wakes, lowered }) =>
          box === 'shown'
            ? `Låt varje tagg (namnet före ett likhetstecken) stå en gång. Posten nedan behåller den första av varje. Kontrollera att det är den du menade.${changes.sv({ changed, wakes, lowered })}`
            : unboxed.sv(domain, box),
        unread: ({ domain, box, strict, changed, wakes, lowered }) =>
          box === 'shown'
            ? `Ändra posten till den nedan.${strict ? strictly.sv : ''}${changes.sv({ changed, wakes, lowered })}`
            : unboxed.sv(domain, box),
        registry: ({ domain, box, changed, wakes, lowered }) =>
          box === 'shown'
            ? `Ändra posten till den nedan, utan psd=y.${changes.sv({ changed, wakes, lowered })}`
            : unboxed.sv(domain, box),
        ignored: ({ box, wakes, lowered }) =>
          `Rätta posten${box === 'shown' ? ' till den nedan' : ''}, eller ta bort den om posten för domänen ovanför ska gälla även här.${box === 'shown' ? ` Se till att rapportadressen (rua) tar emot mejl.${beginning.sv({ wakes, lowered })}` : ''}`,
      },
      problems: {
        wrong: ({ domain, parts }) =>
          `I DMARC-posten för ${domain} är det här varken none, quarantine eller reject: ${parts}. Då räknar mottagarna hela posten som p=none.`,
        capitals: ({ domain, parts }) =>
          `I DMARC-posten för ${domain} står de här taggarna med stora bokstäver, och många mottagare hoppar över dem: ${parts}.`,
        repeated: ({ domain, parts }) =>
          `I DMARC-posten för ${domain} står de här taggarna mer än en gång, och då bortser en del mottagare från hela posten: ${parts}.`,
        unread: ({ domain, parts }) =>
          `I DMARC-posten för ${domain} hoppar mottagarna över det här, eftersom de inte kan läsa det: ${parts}.`,
        registry: ({ domain }) =>
          `DMARC-posten för ${domain} har psd=y, som bara är till för domänregister (som det för .se). Det skiljer dina underdomäner från ${domain}, så ett mejl vars studsar går till en av dem hör inte längre ihop med den.`,
        ignored: ({ domain }) =>
          `${domain} har något som liknar en DMARC-post, men mottagarna kan inte läsa den. De använder posten för domänen ovanför.`,
      },
    },
  },
  examples: {
    good: [{}, { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=Reject; x=1'] } } }],
    bad: [
      {
        world: { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=none; aspf=strict; adkim=strict'] } } },
        finds: 'unread',
      },
      {
        world: { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=none; quarantine'] } } },
        finds: 'unread',
      },
      { world: { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=none; psd=y'] } } }, finds: 'registry' },
      {
        world: {
          from: 'a@news.example.se',
          zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=none; psd=y'] } },
        },
        finds: 'registry',
      },
      {
        world: {
          zone: {
            '_dmarc.example.se': { CNAME: ['d.example'] },
            'd.example': { TXT: ['v=DMARC1; P=none; p=none'] },
          },
        },
        finds: 'capitals',
      },
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
