import { defineRule, notApplicable, problem, unknown } from '#rule';
import { isKnownLanguage } from '../wordings/languages.ts';
import { addressField, showsAddress } from '../wordings/postal-address.ts';

export default defineRule({
  id: 'postal-address',
  severity: 'advice',
  reference:
    'CAN-SPAM Act, 15 U.S.C. 7704(a)(5)(A)(iii) (a valid physical postal address); E-handelslagen (2002:562) 8 § and Directive 2000/31/EC article 5(1)(b) (geographic address, easily found; konsumentverket.se, reviewed 2020-05-25); Marknadsföringslagen (2008:486) 20 § (a valid address for opting out)',
  needs: ['message', 'html'],
  check({ message, html }) {
    if (message.class === 'transactional') return notApplicable('transactional');
    const text = html ? html.text : message.visibleText;
    const fields = [...(html?.mergeFields ?? []), ...message.mergeFields];
    if (fields.some(({ field }) => addressField.test(field)) || showsAddress(text)) return [];
    return isKnownLanguage(text) ? [problem('missing', {})] : unknown('unclear');
  },
  words: {
    en: {
      title: 'Postal address of the sender',
      heading: 'The mail has no postal address of its sender',
      mend: 'Write your postal address in the footer',
      why: 'Readers in the USA must get it by law in each mailing. In the EU it must be easy to find, and a mail that says where its sender lives is trusted more.',
      fix: 'Write the street or box, postal code and town of your organisation in the footer, beside the link to unsubscribe.',
      problems: { missing: () => 'We found no street, box or postal code in the text of the mail.' },
    },
    sv: {
      title: 'Avsändarens postadress',
      heading: 'Mejlet saknar avsändarens postadress',
      mend: 'Skriv din postadress i sidfoten',
      why: 'Läsare i USA ska enligt lag få den i varje utskick. I EU ska den vara lätt att hitta, och ett mejl som säger var avsändaren finns får större förtroende.',
      fix: 'Skriv organisationens gata eller box, postnummer och ort i sidfoten, bredvid länken för avregistrering.',
      problems: { missing: () => 'Vi hittade varken gata, box eller postnummer i mejlets text.' },
    },
  },
  examples: {
    good: [
      { html: '<p>Hej!</p><p>Föreningen, Storgatan 12, 111 22 Stockholm</p>' },
      { html: '<p>Hej!</p><p>Föreningen, Box 123, Umeå</p>' },
      { html: '<p>Hi!</p><p>The Garden Club, 1600 Oak Tree Avenue, Springfield</p>' },
      { html: '<p>Hi!</p><p>The Garden Club, Springfield, IL 62704</p>' },
      { html: '<p>Hi!</p><p>10 High Street, London SW1A 2AA</p>' },
      { html: '<p>Hi!</p><p>{{company_address}}</p>' },
      { html: '<p>Hallo!</p><p>Verein e. V., Hauptstraße 5, 10115 Berlin</p>' },
      { eml: 'From: a@example.se\r\n\r\nHej!\r\n--\r\nFöreningen\r\nStorgatan 12\r\n' },
    ],
    bad: [
      {
        world: { html: '<p>Hej på er alla! Vi ses den 12 december 2026. © 2026 Föreningen</p>' },
        finds: 'missing',
      },
      {
        world: { html: '<p>The sale ends in 10 days, with 20 % off all of our books.</p>' },
        finds: 'missing',
      },
      { world: { eml: 'From: a@example.se\r\n\r\nHej på er, vi ses i lokalen.\r\n' }, finds: 'missing' },
    ],
  },
});
