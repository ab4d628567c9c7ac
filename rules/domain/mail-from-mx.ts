import { defineRule, notApplicable, problem, unknown } from '#rule';

const ses = /^feedback-smtp\.[a-z0-9-]+\.amazonses\.com$/;
const sesMx = '10 feedback-smtp.eu-north-1.amazonses.com';

export default defineRule({
  id: 'mail-from-mx',
  severity: 'major',
  reference:
    'Amazon SES developer guide, “Custom MAIL FROM domain”, read 2026-11; RFC 5321 section 5.1; RFC 7505',
  needs: ['mailFrom'],
  check({ mailFrom: { domain, relation, mx } }) {
    if (domain === null || mx === null) return notApplicable('no-mail-from');
    // A domain that takes other mail too must keep its own servers.
    const apart = relation === 'subdomain' || relation === 'sibling';
    const publish = (old: string | null) =>
      apart ? { change: { kind: 'dns', type: 'MX', name: domain, old, new: sesMx } as const } : {};
    const hosts = mx.exchangers.map(({ host }) => host);
    if (mx.status === 'nodata' || mx.status === 'nxdomain')
      return [problem('missing', { domain }, publish(null))];
    if (mx.status !== 'answered') return unknown('unanswered');
    if (hosts.includes('')) return [problem('refusing', { domain }, publish('0 .'))];
    const several = hosts.length > 1 && hosts.some((host) => ses.test(host));
    return several ? [problem('several', { domain, count: hosts.length })] : [];
  },
  words: {
    en: {
      title: 'Mail server for bounces',
      why: 'Bounces go to this server. Without it you never learn which addresses are dead, and Amazon SES does not use the subdomain at all.',
      fix: {
        missing: () =>
          'Publish the MX record below if you send through Amazon SES (change the region if yours is another). With another sender, ask it which server takes the bounces.',
        refusing: () =>
          'Replace the “null MX” with a record that points to the server that takes your bounces. For Amazon SES it is the one below.',
        several: () =>
          'Keep only the MX record of Amazon SES. With more than one, SES does not use the subdomain.',
      },
      problems: {
        missing: ({ domain }) =>
          `${domain} has no MX record, so nothing says which server takes the bounces.`,
        refusing: ({ domain }) =>
          `${domain} says that it takes no mail at all (null MX), so bounces are lost.`,
        several: ({ domain, count }) => `${domain} has ${count} MX records. Amazon SES wants exactly one.`,
      },
    },
    sv: {
      title: 'Mejlserver för studsar',
      why: 'Studsar går till den här servern. Utan den får ni aldrig veta vilka adresser som är döda, och Amazon SES använder inte underdomänen alls.',
      fix: {
        missing: () =>
          'Publicera MX-posten nedan om ni skickar med Amazon SES (byt region om ni använder en annan). Skickar ni på annat sätt, fråga leverantören vilken server som tar emot studsar.',
        refusing: () =>
          'Byt ut ”null MX” mot en post som pekar på servern som tar emot studsar. För Amazon SES är det posten nedan.',
        several: () => 'Behåll bara MX-posten för Amazon SES. Finns det fler använder SES inte underdomänen.',
      },
      problems: {
        missing: ({ domain }) =>
          `${domain} har ingen MX-post, så inget säger vilken server som tar emot studsar.`,
        refusing: ({ domain }) =>
          `${domain} säger att den inte tar emot mejl alls (null MX), så studsarna går förlorade.`,
        several: ({ domain, count }) => `${domain} har ${count} MX-poster. Amazon SES vill ha exakt en.`,
      },
    },
  },
  examples: {
    good: [{}, { zone: { 'mejl.example.se': { MX: ['10 in.example.se', '20 in2.example.se'] } } }],
    bad: [
      { world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 -all'] } } }, finds: 'missing' },
      { world: { zone: { 'mejl.example.se': { MX: ['0 .'] } } }, finds: 'refusing' },
      { world: { zone: { 'mejl.example.se': { MX: [sesMx, '20 in.example.se'] } } }, finds: 'several' },
    ],
  },
});
