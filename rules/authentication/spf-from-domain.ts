import { defineRule, notApplicable, problem, unanswered } from '#rule';

/** Of the parts that cannot be read. */
const named = 3;
const short = (text: string) => text.slice(0, 120);

export default defineRule({
  id: 'spf-from-domain',
  severity: 'minor',
  reference: 'RFC 7208 sections 2.4, 3, 4.5 and 4.6',
  needs: ['spf'],
  check({ spf }, { policy }) {
    const { author, mailFrom } = spf;
    const { domain, state, faults, misspelt, records } = author.root;
    // Of the domain that receivers check, other checks speak.
    if (mailFrom?.root.domain === domain) return notApplicable('other-checks');
    if (state === 'unanswered') return unanswered([`${domain} TXT`]);
    if (misspelt) return [problem('broken', { domain, part: short(misspelt.text) })];
    if (state === 'none') return [problem('absent', { domain })];
    if (state === 'several') return [problem('several', { domain, count: records.length })];
    if (faults.length > 0) {
      return [problem('broken', { domain, part: faults.slice(0, named).map(short).join(' ') })];
    }
    if (author.everyone) return [problem('everyone', { domain, term: short(author.everyone.term) })];
    const [gone] = author.breaks;
    if (gone) return [problem('gone', { domain, term: short(gone.via) })];
    const { lookups, voids } = author;
    const limits = policy.spf;
    if (lookups > limits.lookups) return [problem('long', { domain, lookups, limit: limits.lookups })];
    if (voids > limits.voids) return [problem('empty', { domain, voids, limit: limits.voids })];
    return author.unanswered.length > 0 ? unanswered(author.unanswered) : [];
  },
  words: {
    en: {
      title: 'SPF of the From domain',
      heading: {
        absent: ({ domain }) => `The From domain ${domain} has no SPF record`,
        several: ({ domain }) => `The From domain ${domain} has several SPF records`,
        broken: ({ domain }) => `The SPF record of the From domain ${domain} cannot be read`,
        everyone: ({ domain }) => `Anyone may send with a Return-Path at ${domain}`,
        gone: ({ domain }) => `The SPF record of ${domain} leads to something that is broken`,
        long: ({ domain }) => `The SPF record of ${domain} needs too many look-ups`,
        empty: ({ domain }) => `The SPF record of ${domain} leads to too much that is empty`,
      },
      mend: {
        absent: () => 'Publish an SPF record for the From domain too',
        several: () => 'Join the records into one',
        broken: () => 'Correct the part that cannot be read',
        everyone: () => 'Close the record to everyone else',
        gone: () => 'Take out the part that is broken',
        long: () => 'Shorten the record',
        empty: () => 'Take out what leads nowhere',
      },
      why: 'This mailing does not hang on it: receivers check SPF for the Return-Path (MAIL FROM), which is another domain here. But everyday mail from your own mailboxes has this domain there, and without a sound record anybody else can use it.',
      fix: {
        absent: ({ domain }) =>
          `Publish a TXT record at ${domain}: v=spf1, then the include of each service where you have mailboxes, then ~all. If no server sends under it, publish v=spf1 -all.`,
        several: ({ domain }) =>
          `Join the SPF records of ${domain} into one: v=spf1 once, then all the other parts, and one “all” at the end.`,
        broken: ({ domain }) =>
          `Correct the SPF record of ${domain}, or take out the part that is named above.`,
        everyone: ({ domain, term }) =>
          `Take ${term} out of the SPF record of ${domain}, or the part that leads to it, and end the record with ~all.`,
        gone: ({ domain, term }) =>
          `Take ${term} out of the SPF record of ${domain}. If it belongs to a service that you still use, ask it for the right name.`,
        long: ({ domain, limit }) =>
          `Take the services that you no longer use out of the SPF record of ${domain}, and ptr, a and mx where they are not needed, until ${limit} look-ups are enough. Each include, a, mx, ptr, exists and redirect is one, with all those inside it.`,
        empty: ({ domain }) =>
          `Take the parts whose names have no record out of the SPF record of ${domain}.`,
      },
      problems: {
        absent: ({ domain }) => `${domain} has no SPF record.`,
        several: ({ domain, count }) =>
          `${domain} has ${count} SPF records, and receivers then treat SPF as broken.`,
        broken: ({ domain, part }) => `Receivers cannot read this in the SPF record of ${domain}: ${part}`,
        everyone: ({ domain, term }) => `The SPF record of ${domain} lets anyone in (${term}).`,
        gone: ({ domain, term }) =>
          `In the SPF record of ${domain}, ${term} leads to a name without a sound SPF record. Receivers stop there.`,
        long: ({ domain, lookups, limit }) =>
          `The SPF record of ${domain} needs ${lookups} look-ups. Receivers stop at ${limit} and treat it as broken.`,
        empty: ({ domain, voids, limit }) =>
          `${voids} look-ups of the SPF record of ${domain} find nothing. Receivers allow ${limit} and treat it as broken.`,
      },
    },
    sv: {
      title: 'SPF för avsändardomänen',
      heading: {
        absent: ({ domain }) => `Avsändardomänen ${domain} har ingen SPF-post`,
        several: ({ domain }) => `Avsändardomänen ${domain} har flera SPF-poster`,
        broken: ({ domain }) => `SPF-posten för avsändardomänen ${domain} går inte att läsa`,
        everyone: ({ domain }) => `Vem som helst får skicka med Return-Path på ${domain}`,
        gone: ({ domain }) => `SPF-posten för ${domain} leder till något som är trasigt`,
        long: ({ domain }) => `SPF-posten för ${domain} kräver för många uppslag`,
        empty: ({ domain }) => `SPF-posten för ${domain} leder till för mycket som är tomt`,
      },
      mend: {
        absent: () => 'Publicera en SPF-post även för avsändardomänen',
        several: () => 'Slå ihop posterna till en',
        broken: () => 'Rätta den del som inte går att läsa',
        everyone: () => 'Stäng posten för alla andra',
        gone: () => 'Ta bort den del som är trasig',
        long: () => 'Korta posten',
        empty: () => 'Ta bort det som inte leder någonstans',
      },
      why: 'Det här utskicket hänger inte på den. Mottagarna kontrollerar SPF för Return-Path (MAIL FROM), som är en annan domän här. Men vardagsmejl från dina egna brevlådor har den här domänen där, och utan en fungerande post kan vem som helst använda den.',
      fix: {
        absent: ({ domain }) =>
          `Publicera en TXT-post på ${domain}: v=spf1, sedan include för varje tjänst där du har brevlådor, sist ~all. Om ingen server skickar under domänen, publicera v=spf1 -all.`,
        several: ({ domain }) =>
          `Slå ihop SPF-posterna för ${domain} till en: v=spf1 en gång, sedan alla andra delar, och ett enda ”all” sist.`,
        broken: ({ domain }) => `Rätta SPF-posten för ${domain}, eller ta bort den del som nämns ovan.`,
        everyone: ({ domain, term }) =>
          `Ta bort ${term} ur SPF-posten för ${domain}, eller den del som leder dit, och avsluta posten med ~all.`,
        gone: ({ domain, term }) =>
          `Ta bort ${term} ur SPF-posten för ${domain}. Hör den till en tjänst som du fortfarande använder, fråga den efter rätt namn.`,
        long: ({ domain, limit }) =>
          `Ta bort tjänster som du inte längre använder ur SPF-posten för ${domain}, och ptr, a och mx där de inte behövs, tills ${limit} uppslag räcker. Varje include, a, mx, ptr, exists och redirect är ett uppslag, liksom alla inuti dem.`,
        empty: ({ domain }) => `Ta bort de delar ur SPF-posten för ${domain} vars namn inte har någon post.`,
      },
      problems: {
        absent: ({ domain }) => `${domain} har ingen SPF-post.`,
        several: ({ domain, count }) =>
          `${domain} har ${count} SPF-poster, och då räknar mottagarna SPF som trasigt.`,
        broken: ({ domain, part }) => `Mottagarna kan inte läsa det här i SPF-posten för ${domain}: ${part}`,
        everyone: ({ domain, term }) => `SPF-posten för ${domain} släpper in vem som helst (${term}).`,
        gone: ({ domain, term }) =>
          `I SPF-posten för ${domain} leder ${term} till ett namn utan hel SPF-post. Där ger mottagarna upp.`,
        long: ({ domain, lookups, limit }) =>
          `SPF-posten för ${domain} kräver ${lookups} uppslag. Mottagarna slutar vid ${limit} och räknar posten som trasig.`,
        empty: ({ domain, voids, limit }) =>
          `${voids} uppslag i SPF-posten för ${domain} ger inget svar. Mottagarna tillåter ${limit} och räknar posten som trasig.`,
      },
    },
  },
  examples: {
    good: [{}, { mailFrom: null }],
    bad: [
      { world: { zone: { 'example.se': { MX: ['10 in.example.se'] } } }, finds: 'absent' },
      {
        world: { mailFrom: null, zone: { 'example.se': { TXT: ['v=spf1 mx -all', 'v=spf1 a -all'] } } },
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
          zone: {
            'example.se': {
              TXT: [`v=spf1 ${Array.from({ length: 11 }, (_, i) => `a:n${i}.example.se`).join(' ')} -all`],
            },
            ...Object.fromEntries(
              Array.from({ length: 11 }, (_, i) => [`n${i}.example.se`, { A: ['192.0.2.1'] }]),
            ),
          },
        },
        finds: 'long',
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
