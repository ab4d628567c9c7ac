import { defineRule, notApplicable, problem, unanswered, unknown } from '#rule';
import { exampleLogo, exampleCertificates as marks } from '../repairs/example-marks.ts';

const day = 24 * 3_600_000;
const zone = {
  'default._bimi.example.se': {
    TXT: ['v=BIMI1; l=https://example.se/logo.svg; a=https://example.se/mark.pem'],
  },
};
const web = (mark: string | { status: number }) => ({
  'https://example.se/logo.svg': exampleLogo,
  'https://example.se/mark.pem': mark,
});

export default defineRule({
  id: 'bimi-certificate',
  severity: 'advice',
  reference:
    'RFC 5280 section 6.1.3 (dates and names of each certificate); AuthIndicators Working Group, Minimum Security Requirements for Issuance of Mark Certificates; draft-fetch-validation-vmc-wchuang; Gmail, Set up BIMI; Apple, BIMI support in Mail, as of 2026-11',
  needs: ['bimi'],
  check({ bimi }, { policy, now }) {
    if (bimi.state === 'unanswered') return unanswered([bimi.name]);
    if (!bimi.record || bimi.record.declined) return notApplicable('no-record');
    const { certificate } = bimi;
    const { domain } = bimi;
    if (!certificate) return [problem('none', { domain })];
    if (certificate.state === 'silent') return unknown('file-silent');
    const { read, covers, sameLogo } = certificate;
    const url = certificate.url.slice(0, 200);
    if (certificate.state === 'gone' || !read) return [problem('unread', { url })];
    const [from, to] = [Date.parse(read.validFrom), Date.parse(read.validTo)];
    const date = read.validTo.slice(0, 10);
    const outOfDate = now.getTime() > to || now.getTime() < from;
    const days = Math.floor((to - now.getTime()) / day);
    const { issuers } = read;
    const lapsed =
      issuers !== null && (+now < Date.parse(issuers.validFrom) || +now > Date.parse(issuers.validTo));
    // What is no mark certificate has nothing to lead on from. A key that others could find certifies nothing.
    const isStrong = (read.rsaBits ?? policy.bimi.leastBits) >= policy.bimi.leastBits;
    const fits = read.hasLogo && read.forBimi && read.kind !== null && isStrong;
    const found = [
      ...(outOfDate ? [problem('expired', { url, date })] : []),
      ...(!outOfDate && days < policy.bimi.expiryDays ? [problem('soon', { url, date })] : []),
      ...(covers
        ? []
        : [problem('foreign', { url, domain, names: read.names.slice(0, 5).join(', ') || '–' })]),
      ...(fits ? [] : [problem('unfit', { url, bits: policy.bimi.leastBits })]),
      ...(fits && read.chain === 'alone' ? [problem('alone', { url })] : []),
      ...(fits && read.chain === 'broken' ? [problem('broken', { url })] : []),
      ...(fits && lapsed
        ? [problem('lapsed', { url, from: issuers.validFrom.slice(0, 10), to: issuers.validTo.slice(0, 10) })]
        : []),
      ...(fits && read.chain === 'excluded' ? [problem('excluded', { url })] : []),
      ...(fits && read.kind === 'common' ? [problem('common', { url })] : []),
      ...(sameLogo === false ? [problem('differs', { url })] : []),
    ];
    if (found.length > 0) return found;
    if (read.chain === 'open') return unknown('issuer-limits');
    if (read.kind === 'other') return unknown('mark-unread');
    if (sameLogo !== null) return [];
    // The two logos were not compared.
    if (!bimi.logo) return notApplicable('faulty-record');
    return unknown(bimi.logo.state === 'reached' ? 'mark-unread' : 'file-silent');
  },
  words: {
    en: {
      title: 'The certificate of the logo (not its root)',
      heading: {
        none: () => 'The logo has no certificate',
        unread: () => 'The certificate of the logo cannot be read',
        expired: () => 'The certificate of the logo is not valid now',
        soon: ({ date }) => `The certificate of the logo runs out on ${date}`,
        foreign: () => 'The certificate of the logo is for another domain',
        unfit: () => 'The certificate is none for a logo',
        alone: () => 'The issuer’s certificate is missing from the file',
        broken: () => 'The certificates in the file do not belong together',
        lapsed: () => 'A certificate of the issuer is not valid now',
        excluded: () => 'The issuer may not certify the names of the certificate',
        common: () => 'The logo has a certificate that Apple Mail does not take',
        differs: () => 'The certificate holds another logo than the record',
      },
      mend: {
        none: () => 'Get a certificate, if Gmail and Apple matter',
        unread: () => 'Put the certificate where the record says',
        expired: () => 'Renew the certificate of the logo',
        soon: () => 'Renew the certificate of the logo',
        foreign: () => 'Get a certificate for this domain',
        unfit: () => 'Publish the mark certificate itself',
        alone: () => 'Add the issuer’s certificate to the file',
        broken: () => 'Publish the file as the issuer gave it to you',
        lapsed: () => 'Get the issuer’s new certificates',
        excluded: () => 'Get a certificate from another issuer',
        common: () => 'Leave it, or get a VMC for Apple Mail',
        differs: () => 'Let record and certificate have the same logo',
      },
      why: 'Gmail and Apple Mail show a logo only with a certificate that says it is yours; Yahoo and some others do without. The mail arrives all the same. Whether they trust the authority that the certificate leads to, its root, is not judged here.',
      fix: {
        none: () =>
          'A certificate (VMC for a registered trade mark, CMC for a logo in use for a year; Apple takes a VMC alone) costs about as much as a fine website a year. Without a reason to want the logo there, leave it as it is.',
        unread: ({ url }) =>
          `Put the file (PEM) that the issuer gave you at ${url}, your own certificate first, then the issuer’s.`,
        expired: ({ url }) => `Have it renewed by its issuer, and put the new file at ${url}.`,
        soon: ({ url }) =>
          `Have it renewed by its issuer now, which takes some weeks, and put the new file at ${url}.`,
        foreign: ({ domain }) => `Ask the issuer to add ${domain} to the certificate.`,
        unfit: ({ url }) =>
          `Put the mark certificate (VMC or CMC) at ${url}. A certificate of a web server is another thing. Is it the one that the issuer gave you? Then ask for a new one.`,
        alone: ({ url }) =>
          `Put the issuer’s certificates (PEM) after your own in the file at ${url}, in the order in which each has signed the one before.`,
        broken: ({ url }) =>
          `Put the whole file of the issuer at ${url}: your own certificate first, then each one that has signed the one before. Ask the issuer for it if you no longer have it.`,
        lapsed: ({ url }) =>
          `Ask the issuer for a file whose certificates are all valid today, and put it at ${url}. Yours may have to be issued anew.`,
        excluded: () =>
          'Show the certificate to its issuer: one of the certificates above it bars the names in yours. It has to be issued anew, under another authority.',
        common: () =>
          'A CMC is for a logo in use, without a registered trade mark. It is right for Gmail, which shows no blue tick with it. For Apple Mail the logo has to be registered as a trade mark, and the certificate a VMC.',
        differs: () =>
          'Put the very file that the certificate was issued for at the address in l=, or have the certificate issued anew.',
      },
      problems: {
        none: ({ domain }) => `The BIMI record of ${domain} names a logo but no certificate (a=).`,
        unread: ({ url }) => `There is no certificate that can be read at ${url}.`,
        expired: ({ url, date }) => `The certificate at ${url} is not valid today; its last day is ${date}.`,
        soon: ({ url, date }) => `The certificate at ${url} is valid until ${date}.`,
        foreign: ({ url, domain, names }) =>
          `The certificate at ${url} does not name ${domain}. It names: ${names}.`,
        unfit: ({ url, bits }) =>
          `The certificate at ${url} holds no logo that can be read, names no type of mark, may not be used for BIMI, or rests on an RSA key of less than ${bits} bits.`,
        alone: ({ url }) =>
          `The file at ${url} holds the certificate and none of its issuer, so nobody can follow it to an authority.`,
        broken: ({ url }) =>
          `In the file at ${url} a certificate is not signed by the one that stands after it.`,
        lapsed: ({ url, from, to }) =>
          `In the file at ${url}, the certificates after the first are valid together only from ${from} to ${to}.`,
        excluded: ({ url }) =>
          `In the file at ${url}, an issuer’s certificate bars a name in one that it leads to (name constraints).`,
        common: ({ url }) => `The certificate at ${url} is a CMC (Common Mark Certificate), not a VMC.`,
        differs: ({ url }) =>
          `The logo within the certificate at ${url} is not the one that the record names.`,
      },
    },
    sv: {
      title: 'Logotypens certifikat (inte dess rot)',
      heading: {
        none: () => 'Logotypen har inget certifikat',
        unread: () => 'Logotypens certifikat går inte att läsa',
        expired: () => 'Logotypens certifikat gäller inte nu',
        soon: ({ date }) => `Logotypens certifikat går ut ${date}`,
        foreign: () => 'Logotypens certifikat är för en annan domän',
        unfit: () => 'Certifikatet är inget för en logotyp',
        alone: () => 'Utfärdarens certifikat saknas i filen',
        broken: () => 'Certifikaten i filen hör inte ihop',
        lapsed: () => 'Ett av utfärdarens certifikat gäller inte nu',
        excluded: () => 'Utfärdaren får inte intyga namnen i certifikatet',
        common: () => 'Logotypen har ett certifikat som Apple Mail inte godtar',
        differs: () => 'Certifikatet har en annan logotyp än posten',
      },
      mend: {
        none: () => 'Skaffa ett certifikat om Gmail och Apple är viktiga',
        unread: () => 'Lägg certifikatet där posten säger',
        expired: () => 'Förnya logotypens certifikat',
        soon: () => 'Förnya logotypens certifikat',
        foreign: () => 'Skaffa ett certifikat för den här domänen',
        unfit: () => 'Publicera själva märkescertifikatet',
        alone: () => 'Lägg till utfärdarens certifikat i filen',
        broken: () => 'Publicera filen så som du fick den av utfärdaren',
        lapsed: () => 'Skaffa utfärdarens nya certifikat',
        excluded: () => 'Skaffa ett certifikat från en annan utfärdare',
        common: () => 'Låt det vara, eller skaffa ett VMC för Apple Mail',
        differs: () => 'Låt post och certifikat ha samma logotyp',
      },
      why: 'Gmail och Apple Mail visar en logotyp bara med ett certifikat som säger att den är din. Yahoo och några till klarar sig utan. Mejlet kommer fram ändå. Om de litar på utfärdaren som certifikatet leder till, dess rot, bedöms inte här.',
      fix: {
        none: () =>
          'Ett certifikat (VMC för ett registrerat varumärke, CMC för en logotyp som har använts i ett år; Apple tar bara emot VMC) kostar ungefär som en påkostad webbplats om året. Har du inget skäl att vilja ha logotypen där, låt det vara.',
        unread: ({ url }) =>
          `Lägg filen (PEM) som du fick av utfärdaren på ${url}, ditt eget certifikat först och sedan utfärdarens.`,
        expired: ({ url }) => `Låt utfärdaren förnya det, och lägg den nya filen på ${url}.`,
        soon: ({ url }) =>
          `Låt utfärdaren förnya det nu, det tar några veckor, och lägg den nya filen på ${url}.`,
        foreign: ({ domain }) => `Be utfärdaren lägga till ${domain} i certifikatet.`,
        unfit: ({ url }) =>
          `Lägg märkescertifikatet (VMC eller CMC) på ${url}. En webbservers certifikat är något annat. Är det den fil du fick av utfärdaren? Be då om en ny.`,
        alone: ({ url }) =>
          `Lägg utfärdarens certifikat (PEM) efter ditt eget i filen på ${url}, så att vart och ett har signerat det som står före.`,
        broken: ({ url }) =>
          `Lägg hela filen från utfärdaren på ${url}: ditt eget certifikat först, sedan vart och ett som har signerat det före. Be utfärdaren om den ifall du inte har den kvar.`,
        lapsed: ({ url }) =>
          `Be utfärdaren om en fil där alla certifikat gäller i dag, och lägg den på ${url}. Ditt eget kan behöva utfärdas på nytt.`,
        excluded: () =>
          'Visa certifikatet för utfärdaren: ett av certifikaten ovanför utesluter namnen i ditt. Det måste utfärdas på nytt, under ett annat certifikat.',
        common: () =>
          'Ett CMC är till för en logotyp som används men inte är ett registrerat varumärke. Det duger för Gmail, som då inte visar någon blå bock. För Apple Mail måste logotypen registreras som varumärke och certifikatet vara ett VMC.',
        differs: () =>
          'Lägg just den fil som certifikatet utfärdades för på adressen i l=, eller låt utfärda ett nytt certifikat.',
      },
      problems: {
        none: ({ domain }) => `BIMI-posten för ${domain} anger en logotyp men inget certifikat (a=).`,
        unread: ({ url }) => `På ${url} finns inget certifikat som går att läsa.`,
        expired: ({ url, date }) => `Certifikatet på ${url} gäller inte i dag. Dess sista dag är ${date}.`,
        soon: ({ url, date }) => `Certifikatet på ${url} gäller till ${date}.`,
        foreign: ({ url, domain, names }) =>
          `Certifikatet på ${url} anger inte ${domain}. Det anger: ${names}.`,
        unfit: ({ url, bits }) =>
          `Certifikatet på ${url} saknar en läsbar logotyp eller uppgift om sorts märke, får inte användas för BIMI eller vilar på en RSA-nyckel på mindre än ${bits} bitar.`,
        alone: ({ url }) =>
          `Filen på ${url} innehåller certifikatet men inget av utfärdarens, så ingen kan följa det till en utfärdare.`,
        broken: ({ url }) => `I filen på ${url} är ett certifikat inte signerat av det som står efter.`,
        lapsed: ({ url, from, to }) =>
          `I filen på ${url} gäller certifikaten efter det första tillsammans bara från ${from} till ${to}.`,
        excluded: ({ url }) =>
          `I filen på ${url} utesluter ett av utfärdarens certifikat ett namn i ett som det leder till (name constraints).`,
        common: ({ url }) => `Certifikatet på ${url} är ett CMC (Common Mark Certificate), inget VMC.`,
        differs: ({ url }) => `Logotypen i certifikatet på ${url} är inte den som posten anger.`,
      },
    },
  },
  examples: {
    good: [{ zone, web: web(marks.good) }],
    bad: [
      {
        world: { zone: { 'default._bimi.example.se': { TXT: ['v=BIMI1; l=https://example.se/logo.svg'] } } },
        finds: 'none',
      },
      { world: { zone, web: web({ status: 404 }) }, finds: 'unread' },
      { world: { zone, web: web('<html>Not here</html>') }, finds: 'unread' },
      { world: { zone, web: web(marks.old) }, finds: 'expired' },
      { world: { zone, web: web(marks.soon) }, finds: 'soon' },
      {
        world: {
          from: 'nyhetsbrev@example.net',
          zone: { 'default._bimi.example.net': zone['default._bimi.example.se'] },
          web: web(marks.good),
        },
        finds: 'foreign',
      },
      { world: { zone, web: web(marks.bare) }, finds: 'unfit' },
      { world: { zone, web: web(marks.other) }, finds: 'differs' },
      { world: { zone, web: web(marks.alone) }, finds: 'alone' },
      { world: { zone, web: web(marks.broken) }, finds: 'broken' },
      { world: { zone, web: web(marks.common) }, finds: 'common' },
      { world: { zone, web: web(marks.lapsed) }, finds: 'lapsed' },
      { world: { zone, web: web(marks.excluded) }, finds: 'excluded' },
    ],
  },
});
