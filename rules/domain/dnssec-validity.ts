import { defineRule, notApplicable, problem, unanswered } from '#rule';

/** Of the extended errors of RFC 8914: the signature has expired. */
const expired = 7;

export default defineRule({
  id: 'dnssec-validity',
  severity: 'major',
  reference: 'RFC 4035 section 5.5 (SERVFAIL for what does not validate); RFC 8914 sections 4.7 to 4.13',
  needs: ['dnssec'],
  check({ dnssec: { names, validates } }) {
    const problems = names
      .filter(({ state }) => state === 'broken')
      .map(({ name, zone, held }) => {
        const questions = held.map(({ question }) => question).join(', ');
        const key = held.every(({ extendedError }) => extendedError === expired) ? 'expired' : 'broken';
        return problem(key, { name, zone, questions });
      });
    if (problems.length > 0) return problems;
    // SOA and DS are asked for here alone: without them mail goes on as before.
    const silent = names.flatMap(({ state, held }) => (state === 'unanswered' ? held : []));
    const needed = silent
      .map(({ question }) => question)
      .filter((question) => !/ (?:SOA|DS)$/.test(question));
    if (needed.length > 0) return unanswered(needed);
    if (validates !== true) return notApplicable('unvalidated');
    return names.every(({ state }) => state === 'unsigned') ? notApplicable('no-dnssec') : [];
  },
  words: {
    en: {
      title: 'DNSSEC signatures',
      heading: {
        broken: ({ name }) => `The DNSSEC signatures of ${name} do not hold`,
        expired: ({ name }) => `The DNSSEC signatures of ${name} have expired`,
      },
      mend: {
        broken: () => 'Mend the signatures, or turn DNSSEC off',
        expired: () => 'Have the domain signed anew',
      },
      why: 'Many receivers, Gmail among them, check DNSSEC signatures. Where one does not hold they cannot see your records at all: neither SPF, DKIM nor DMARC, nor the server that takes your mail. Your mail is put off or refused, and replies do not arrive.',
      fix: {
        broken: ({ zone }) =>
          `The commonest reason is that ${zone} has moved to another DNS host, while the DS record where the domain is registered still belongs to the old one. Ask the company you registered it with to replace that DS record with the one your DNS host shows, or to take it away until the new host signs.`,
        expired: ({ zone }) =>
          `Ask whoever hosts the DNS of ${zone} to sign it anew and to find out why it is no longer done by itself. If that takes long, have the DS record taken away where the domain is registered; then the domain counts as unsigned.`,
      },
      problems: {
        broken: ({ questions }) =>
          `A DNS server that checks signatures holds back the answer to ${questions}, since the signature does not hold.`,
        expired: ({ questions }) =>
          `A DNS server that checks signatures holds back the answer to ${questions}, since the signature has expired.`,
      },
    },
    sv: {
      title: 'DNSSEC-signaturer',
      heading: {
        broken: ({ name }) => `DNSSEC-signaturerna för ${name} stämmer inte`,
        expired: ({ name }) => `DNSSEC-signaturerna för ${name} har gått ut`,
      },
      mend: {
        broken: () => 'Rätta signaturerna, eller stäng av DNSSEC',
        expired: () => 'Låt signera domänen på nytt',
      },
      why: 'Många mottagare, bland dem Gmail, kontrollerar DNSSEC-signaturer. Stämmer en inte ser de inte dina poster alls: varken SPF, DKIM eller DMARC, och inte heller servern som tar emot dina mejl. Mejlen skjuts upp eller avvisas, och svar kommer inte fram.',
      fix: {
        broken: ({ zone }) =>
          `Oftast har ${zone} flyttat till en annan DNS-leverantör, medan DS-posten där domänen är registrerad ännu hör till den gamla. Be företaget där du registrerade den att byta DS-posten mot den som din DNS-leverantör visar, eller att ta bort den tills den nya leverantören signerar.`,
        expired: ({ zone }) =>
          `Be den som sköter DNS för ${zone} att signera på nytt, och att ta reda på varför det inte längre sker av sig självt. Dröjer det, låt ta bort DS-posten där domänen är registrerad, så räknas domänen som osignerad.`,
      },
      problems: {
        broken: ({ questions }) =>
          `En DNS-server som kontrollerar signaturer håller inne svaret på ${questions}, eftersom signaturen inte stämmer.`,
        expired: ({ questions }) =>
          `En DNS-server som kontrollerar signaturer håller inne svaret på ${questions}, eftersom signaturen har gått ut.`,
      },
    },
  },
  examples: {
    good: [{}],
    bad: [
      {
        world: { zone: { 'example.se': { DS: ['1 13 2 00'], TXT: 'BOGUS', MX: ['10 in.example.se'] } } },
        finds: 'broken',
      },
      { world: { zone: { '_dmarc.example.se': 'BOGUS' } }, finds: 'broken' },
      {
        world: { zone: { 'mejl.example.se': { TXT: 'EXPIRED', MX: ['10 in.example.se'] } } },
        finds: 'expired',
      },
    ],
  },
});
