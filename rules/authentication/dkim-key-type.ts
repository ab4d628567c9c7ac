import { defineRule, notApplicable, problem } from '#rule';
import { keyOf, relevantKeys, usableKeys } from '../repairs/dkim-keys.ts';

const ed25519 = 'v=DKIM1; k=ed25519; p=1DDcS2Y3BitJRAFwBzOzaizZ86LT2YWhHjvWcs/WVXc=';

export default defineRule({
  id: 'dkim-key-type',
  severity: 'minor',
  reference:
    'RFC 8463 section 5 (sign with RSA beside Ed25519); URIports, DKIM Ed25519-SHA256 adoption (Google, Microsoft and Yahoo did not verify it), read 2026-11',
  needs: ['dkim'],
  check({ dkim }) {
    const { otherwise } = usableKeys(dkim);
    // A message shows what signs; a template is signed by what is named for it.
    const signed = dkim.signatures.filter(({ own, result }) => own && result === 'pass');
    const keys =
      signed.length > 0
        ? signed.map((one) => keyOf(dkim, one)).filter((key) => key !== undefined)
        : relevantKeys(dkim);
    const usable = keys.filter(({ own, state }) => own && state === 'usable');
    const [alone] = usable;
    if (!alone) return 'length' in otherwise ? notApplicable('no-record') : otherwise;
    if (usable.some(({ record }) => record?.type === 'rsa')) return [];
    // A key that is silent may be the RSA one.
    if (!('length' in otherwise)) return otherwise;
    return [problem('alone', { name: alone.name, domain: alone.domain })];
  },
  words: {
    en: {
      title: 'A kind of DKIM key that all receivers know',
      heading: { alone: () => 'Large receivers do not know this kind of DKIM key (Ed25519)' },
      mend: 'Sign with an RSA key as well',
      why: 'To a receiver that does not know Ed25519 the mail counts as not signed: when it was measured, Gmail, Outlook.com and Yahoo did not. The newer kind is good, but only beside an RSA key, which everybody reads.',
      fix: 'Let your sending service sign with an RSA key of 2048 bits too, under a selector of its own, and publish the record that it shows. Does it do so already? Then start again with both selectors.',
      problems: {
        alone: ({ name }) => `The key at ${name} is of the kind Ed25519, and no RSA key is known of.`,
      },
    },
    sv: {
      title: 'En sorts DKIM-nyckel som alla mottagare känner till',
      heading: { alone: () => 'Stora mottagare känner inte till den här sortens DKIM-nyckel (Ed25519)' },
      mend: 'Signera med en RSA-nyckel också',
      why: 'Hos en mottagare som inte känner till Ed25519 räknas mejlet som osignerat. När det mättes gällde det Gmail, Outlook.com och Yahoo. Den nyare sorten är bra, men bara tillsammans med en RSA-nyckel, som alla läser.',
      fix: 'Låt din utskickstjänst signera med en RSA-nyckel på 2048 bitar också, under en egen selektor, och publicera posten som den visar. Gör den redan det? Börja då om med båda selektorerna.',
      problems: {
        alone: ({ name }) => `Nyckeln på ${name} är av sorten Ed25519, och ingen RSA-nyckel är känd.`,
      },
    },
  },
  examples: {
    good: [{}, { dkimSelectors: ['s1', 'e1'], zone: { 'e1._domainkey.example.se': { TXT: [ed25519] } } }],
    bad: [{ world: { zone: { 's1._domainkey.example.se': { TXT: [ed25519] } } }, finds: 'alone' }],
  },
});
