import { defineRule, notApplicable, problem } from '#rule';
import { isPartial } from '../repairs/dkim-keys.ts';

const mail = [
  'From: Vi <a@example.se>',
  'Subject: Hej',
  'Date: Fri, 20 Nov 2026 09:00:00 +0100',
  '',
  'Hej!',
  '',
];
/** Both signed with the key below. */
const whole = [
  'DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed; d=example.se;',
  ' h=Date: Subject: From; l=6; q=dns/txt; s=m2; t=1795161600;',
  ' bh=oPnJDkf+YVsKI/eBiEJlEXrxiwb7cEltNw2cbdQaBss=;',
  ' b=RczvWtDNtGSCMykSCL2tMzo+fmfZlRY89YSVIJ0o1i/HR2GB20NPbF0a4R/g36YKrNJ1Or5JU',
  ' AH8Sb5IF78IAg==',
  ...mail,
].join('\r\n');
const none = [
  'DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed; d=example.se;',
  ' h=Date: Subject: From; l=0; q=dns/txt; s=m2; t=1795161600;',
  ' bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=;',
  ' b=/a6vJXaj3vhJTOmgikwUu2iUiZXdNsnXuDwNamxlp/VAaWUEkYtfXbCof+a4H3kVyjHG/b4uU',
  ' 2/S+N36wPp1AA==',
  ...mail,
].join('\r\n');
const zone = {
  'm2._domainkey.example.se': { TXT: ['v=DKIM1; k=ed25519; p=nakhRI+jJ9BF0uw6U3/fffz+KdH+27+rJbB/DA7Hy4k='] },
};

export default defineRule({
  id: 'dkim-length-limit',
  severity: 'major',
  reference: 'RFC 6376 sections 3.5 (l=), 3.7 and 8.2',
  needs: ['message', 'dkim'],
  check({ message, dkim: { signatures } }) {
    if (!message.hasHeader) return notApplicable('template');
    if (signatures.length === 0) return notApplicable('no-signature');
    const own = signatures.filter((signature) => signature.own);
    if (own.length === 0) return notApplicable('not-yours');
    // One that does not hold proves nothing of any part; what is wrong with it dkim-signature says.
    const holding = own.filter(({ result }) => result !== 'fail');
    if (holding.length === 0) return notApplicable('no-record');
    if (holding.some((one) => one.result === 'pass' && !isPartial(one))) return [];
    return holding.filter(isPartial).map(({ domain, bodyLength, bodyBytes, at }) => {
      const data = { domain: domain ?? '', signed: bodyLength ?? 0, total: bodyBytes ?? 0 };
      return problem('partial', data, { at });
    });
  },
  words: {
    en: {
      title: 'How much of the mail is signed (DKIM)',
      heading: {
        partial: ({ signed }) =>
          signed === 0
            ? 'The DKIM signature covers none of the content'
            : 'The DKIM signature covers only a part of the content',
      },
      mend: 'Have the whole content signed, without l=',
      why: 'Anybody can take your mail, put a text of their own into the part that is not signed and send it on, and it still counts as yours. Receivers may give such a signature little weight or none. With l= a signature says how many bytes of the content it covers.',
      fix: {
        partial: ({ signed }) =>
          signed === 0
            ? 'Ask your sending service to sign the whole content and leave l= out of the signature.'
            : 'Ask your sending service to sign the whole content and leave l= out of the signature. Is it a footer, put in on the way, that stands last in the mail? Then let that happen before the mail is signed.',
      },
      problems: {
        partial: ({ domain, signed, total }) =>
          `The signature for ${domain} covers ${signed} of the content’s ${total} bytes (l=${signed}).`,
      },
    },
    sv: {
      title: 'Hur mycket av mejlet som är signerat (DKIM)',
      heading: {
        partial: ({ signed }) =>
          signed === 0
            ? 'DKIM-signaturen omfattar inget av innehållet'
            : 'DKIM-signaturen omfattar bara en del av innehållet',
      },
      mend: 'Låt hela innehållet signeras, utan l=',
      why: 'Vem som helst kan ta ditt mejl, skriva en egen text i den del som inte är signerad och skicka det vidare, och det räknas ändå som ditt. Mottagare kan ge en sådan signatur liten eller ingen vikt. Med l= säger en signatur hur många byte av innehållet den omfattar.',
      fix: {
        partial: ({ signed }) =>
          signed === 0
            ? 'Be din utskickstjänst signera hela innehållet och ta bort l= ur signaturen.'
            : 'Be din utskickstjänst signera hela innehållet och ta bort l= ur signaturen. Är det en sidfot, tillagd på vägen, som står sist i mejlet? Låt då det ske innan mejlet signeras.',
      },
      problems: {
        partial: ({ domain, signed, total }) =>
          `Signaturen för ${domain} omfattar ${signed} av innehållets ${total} byte (l=${signed}).`,
      },
    },
  },
  examples: {
    good: [{ eml: whole, zone }],
    bad: [
      { world: { eml: none, zone }, finds: 'partial' },
      { world: { eml: `${whole}Skicka pengar hit i stället.\r\n`, zone }, finds: 'partial' },
      { world: { eml: none, zone: { 'm2._domainkey.example.se': 'SERVFAIL' } }, finds: 'partial' },
    ],
  },
});
