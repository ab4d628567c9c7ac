import { defineRule, notApplicable, problem, unanswered, unknown } from '#rule';
import { isPartial } from '../repairs/dkim-keys.ts';

const mail = [
  'From: Vi <a@example.se>',
  'Subject: Hej',
  'Date: Fri, 20 Nov 2026 09:00:00 +0100',
  '',
  'Hej!',
  '',
];
/** Signed with the keys below. */
const signed = [
  'DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed; d=example.se;',
  ' h=Date: Subject: From; q=dns/txt; s=m1; t=1795161600;',
  ' bh=oPnJDkf+YVsKI/eBiEJlEXrxiwb7cEltNw2cbdQaBss=;',
  ' b=lvWMXyvBWwwNWkuurAVFcyYMQfF2CcEVMXjCYmPJWCele3VqAdTE5zv0KazQ22MnAcPwiIsUZ',
  ' fg+gc5vQUSFCA==',
  ...mail,
].join('\r\n');
/** With a length, which is all of it. */
const limited = [
  'DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed; d=example.se;',
  ' h=Date: Subject: From; l=6; q=dns/txt; s=m2; t=1795161600;',
  ' bh=oPnJDkf+YVsKI/eBiEJlEXrxiwb7cEltNw2cbdQaBss=;',
  ' b=RczvWtDNtGSCMykSCL2tMzo+fmfZlRY89YSVIJ0o1i/HR2GB20NPbF0a4R/g36YKrNJ1Or5JU',
  ' AH8Sb5IF78IAg==',
  ...mail,
].join('\r\n');
const zone = {
  'm2._domainkey.example.se': { TXT: ['v=DKIM1; k=ed25519; p=nakhRI+jJ9BF0uw6U3/fffz+KdH+27+rJbB/DA7Hy4k='] },
  'm1._domainkey.example.se': { TXT: ['v=DKIM1; k=ed25519; p=1DDcS2Y3BitJRAFwBzOzaizZ86LT2YWhHjvWcs/WVXc='] },
};

type Words = Partial<Record<string, string>> & { syntax: string };
const en: Words = {
  syntax: 'cannot be read',
  algorithm: 'is made with a method that is not accepted (SHA-1, or one that nobody knows)',
  from: 'does not cover From',
  expiry: 'ended before it was made',
  key: 'does not fit the key in DNS',
  identity: 'is for a subdomain (i=), which the key in DNS does not allow (t=s)',
};
const sv: Words = {
  syntax: 'går inte att läsa',
  algorithm: 'är gjord med en metod som inte godtas (SHA-1, eller en som ingen känner till)',
  from: 'omfattar inte From',
  expiry: 'upphörde innan den gjordes',
  key: 'passar inte nyckeln i DNS',
  identity: 'gäller en underdomän (i=), vilket nyckeln i DNS inte tillåter (t=s)',
};

export default defineRule({
  id: 'dkim-signature',
  severity: 'minor',
  reference: 'RFC 6376 section 6.1; RFC 8301 section 3.1 (SHA-1); RFC 8463',
  needs: ['message', 'dkim'],
  check({ message, dkim: { signatures, keys, omitted } }) {
    if (!message.hasHeader) return notApplicable('template');
    if (signatures.length === 0) return notApplicable('no-signature');
    // What a service or a list signs beside the sender is not the sender's to mend.
    const own = signatures.filter((signature) => signature.own);
    const all = own.length > 0 ? own : signatures;
    const passing = all.filter(({ result }) => result === 'pass');
    // Where no signature covers the whole, dkim-length-limit says so.
    const isWhole = passing.some((one) => !isPartial(one));
    const limited = passing.filter((one) => one.own && one.bodyLength !== null && isWhole);
    if (passing.length > 0) {
      return limited.map(({ domain, bodyLength, at }) =>
        problem('limited', { domain: domain ?? '', length: bodyLength ?? 0 }, { at }),
      );
    }
    if (omitted > 0) return unknown('needs-dkim', 'sent-message');
    const silent = all.filter(({ result }) => result === 'unknown');
    if (silent.length > 0) {
      return unanswered(silent.map(({ selector, domain }) => `${selector}._domainkey.${domain} TXT`));
    }
    const works = (name: string) => keys.some((key) => key.name === name && key.state === 'usable');
    const found = all.map(({ failure, domain, selector, at }) => {
      const data = { domain: domain ?? '', failure: failure ?? 'syntax' };
      if (failure === 'body') return problem('body', data, { at });
      if (failure === 'signature') return problem('mismatch', data, { at });
      // A key that cannot be used is another check's matter.
      const isOther = failure !== 'key' || works(`${selector}._domainkey.${domain}`);
      return isOther ? problem('unusable', data, { at }) : null;
    });
    const problems = found.filter((one) => one !== null);
    return problems.length > 0 ? problems : notApplicable('no-record');
  },
  words: {
    en: {
      title: 'DKIM signature of the message',
      heading: {
        body: () => 'The message was changed after it was signed',
        mismatch: () => 'The DKIM signature does not match the message',
        unusable: () => 'Receivers cannot use the DKIM signature',
        limited: () => 'The DKIM signature lets others add to the mail',
      },
      mend: {
        body: () => 'Hand in the message unchanged',
        mismatch: () => 'Hand in the message unchanged',
        unusable: () => 'Ask your sending service about the signature',
        limited: () => 'Leave l= out of the signature',
      },
      why: 'Receivers pass over a signature that does not hold, and then nothing in the mail proves that it is yours. A saved copy often does not hold though the mail itself did: mail programs, virus scanners and forwarding change a mail a little. A signature with l= holds even when somebody has put more after your text.',
      fix: {
        body: () =>
          'Save the mail in its original form, in Gmail “Show original” and “Download original”, and hand that in. If it still fails, something changes your mail after it is signed, such as a footer that is added on the way: let that happen before.',
        mismatch: () =>
          'Save the mail in its original form, in Gmail “Show original” and “Download original”, and hand that in. If it still fails, ask your sending service whether the key in DNS is the one that it signs with.',
        unusable: ({ failure }) =>
          failure === 'algorithm'
            ? 'Ask your sending service to sign with rsa-sha256. SHA-1 is no longer accepted.'
            : failure === 'from'
              ? 'Ask your sending service to let the signature cover From, which every signature must.'
              : 'Show the finding to your sending service, which writes the signature.',
        limited: () =>
          'Ask your sending service to sign the whole content and leave l= out of the signature.',
      },
      problems: {
        body: ({ domain }) => `The text of the mail is not what was signed for ${domain}.`,
        mismatch: ({ domain }) =>
          `The signature for ${domain} does not match: the headers have been changed, or another key made it.`,
        unusable: ({ domain, failure }) =>
          `The signature for ${domain || 'the mail'} ${en[failure] ?? en.syntax}.`,
        limited: ({ domain, length }) =>
          `The signature for ${domain} has l=${length}: what somebody adds after those ${length} bytes does not break it.`,
      },
    },
    sv: {
      title: 'Mejlets DKIM-signatur',
      heading: {
        body: () => 'Mejlet har ändrats efter att det signerades',
        mismatch: () => 'DKIM-signaturen stämmer inte med mejlet',
        unusable: () => 'Mottagarna kan inte använda DKIM-signaturen',
        limited: () => 'DKIM-signaturen låter andra lägga till i mejlet',
      },
      mend: {
        body: () => 'Lämna in mejlet oförändrat',
        mismatch: () => 'Lämna in mejlet oförändrat',
        unusable: () => 'Fråga din utskickstjänst om signaturen',
        limited: () => 'Ta bort l= ur signaturen',
      },
      why: 'Mottagarna bryr sig inte om en signatur som inte håller, och då visar inget i mejlet att det är ditt. En sparad kopia håller ofta inte fast mejlet självt gjorde det: mejlprogram, virusskydd och vidarebefordran ändrar lite i mejlen. En signatur med l= håller även om någon har lagt till mer efter din text.',
      fix: {
        body: () =>
          'Spara mejlet i original, i Gmail ”Visa original” och ”Ladda ned original”, och lämna in det. Håller det inte då heller är det något som ändrar mejlen efter signeringen, till exempel en sidfot som läggs till på vägen: låt det ske före.',
        mismatch: () =>
          'Spara mejlet i original, i Gmail ”Visa original” och ”Ladda ned original”, och lämna in det. Håller det inte då heller, fråga din utskickstjänst om nyckeln i DNS är den som den signerar med.',
        unusable: ({ failure }) =>
          failure === 'algorithm'
            ? 'Be din utskickstjänst signera med rsa-sha256. SHA-1 godtas inte längre.'
            : failure === 'from'
              ? 'Be din utskickstjänst låta signaturen omfatta From, som varje signatur måste.'
              : 'Visa iakttagelsen för din utskickstjänst, som skriver signaturen.',
        limited: () => 'Be din utskickstjänst signera hela innehållet och ta bort l= ur signaturen.',
      },
      problems: {
        body: ({ domain }) => `Mejlets text är inte den som signerades för ${domain}.`,
        mismatch: ({ domain }) =>
          `Signaturen för ${domain} stämmer inte: mejlhuvudet har ändrats, eller så har en annan nyckel gjort den.`,
        unusable: ({ domain, failure }) =>
          `Signaturen för ${domain || 'mejlet'} ${sv[failure] ?? sv.syntax}.`,
        limited: ({ domain, length }) =>
          `Signaturen för ${domain} har l=${length}: det som läggs till efter de första ${length} byten gör den inte ogiltig.`,
      },
    },
  },
  examples: {
    good: [
      { eml: signed, zone },
      { eml: signed.replaceAll('\r\n', '\n'), zone },
    ],
    bad: [
      { world: { eml: limited, zone }, finds: 'limited' },
      { world: { eml: signed.replace('Hej!', 'Hej då!'), zone }, finds: 'body' },
      { world: { eml: signed.replace('Subject: Hej', 'Subject: Nej'), zone }, finds: 'mismatch' },
      { world: { eml: signed.replace('a=ed25519-sha256', 'a=rsa-sha1'), zone }, finds: 'unusable' },
      { world: { eml: signed.replace('h=Date: Subject: From', 'h=Date'), zone }, finds: 'unusable' },
      { world: { eml: signed.replace('t=1795161600', 't=soon'), zone }, finds: 'unusable' },
      { world: { eml: signed.replace('a=ed25519', 'a=rsa'), zone }, finds: 'unusable' },
      { world: { eml: signed.replace('t=1795161600', 't=1795161600; x=1'), zone }, finds: 'unusable' },
    ],
  },
});
