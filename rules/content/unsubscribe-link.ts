import { defineRule, notApplicable, problem, unknown } from '#rule';
import { isKnownLanguage } from '../wordings/languages.ts';
import { unsubscribe } from '../wordings/unsubscribe.ts';
import { wayInHtml, wayInText } from '../wordings/unsubscribe-way.ts';

export default defineRule({
  id: 'unsubscribe-link',
  severity: 'major',
  reference:
    'Gmail, Email sender guidelines, “Make it easy to unsubscribe”; Directive 2002/58/EC article 13; Marknadsföringslagen (2008:486) 20 §; CAN-SPAM Act, 15 U.S.C. 7704(a)(3) and (5)',
  needs: ['message', 'html'],
  check({ message, html }) {
    if (message.class === 'transactional') return notApplicable('transactional');
    const text = html ? html.text : message.visibleText;
    const way = html ? wayInHtml(html) : wayInText(text);
    if (way === 'yes') return [];
    const language = html?.language.tag?.split('-')[0]?.toLowerCase();
    const known = isKnownLanguage(text) && (!language || unsubscribe.languages.has(language));
    if (way === 'perhaps' || !known) return unknown('unclear');
    return [problem('missing', { template: message.hasHeader ? 'no' : 'yes' })];
  },
  words: {
    en: {
      title: 'Link to unsubscribe',
      heading: { missing: () => 'Readers find no way to unsubscribe in the mail' },
      mend: 'Add a link to unsubscribe',
      why: 'Whoever cannot leave reports the mail as spam, and then your next ones land there too, for everyone. The law asks for a way out in every mailing as well.',
      fix: {
        missing: ({ template }) =>
          template === 'yes'
            ? 'Put a link in the footer with a text such as “Unsubscribe”, with your sending tool’s merge field as its address. If the tool adds the link by itself, hand in a message that was really sent instead of the template.'
            : 'Put a link in the footer with a text such as “Unsubscribe”. If the mail answers something that the reader has done, such as a receipt, choose Transactional when you hand it in.',
      },
      problems: {
        missing: () => 'We looked at the text and the address of each link, and at the words round it.',
      },
    },
    sv: {
      title: 'Länk för avregistrering',
      heading: { missing: () => 'Läsarna hittar inget sätt att avregistrera sig i mejlet' },
      mend: 'Lägg till en länk för avregistrering',
      why: 'Den som inte kan avregistrera sig anmäler mejlet som skräppost, och då hamnar även dina nästa mejl där, hos alla. Lagen kräver också en väg ut i varje utskick.',
      fix: {
        missing: ({ template }) =>
          template === 'yes'
            ? 'Lägg en länk i sidfoten med en text som ”Avregistrera dig”, och med utskicksverktygets kopplingsfält som adress. Lägger verktyget till länken själv, lämna då in ett mejl som verkligen har skickats i stället för mallen.'
            : 'Lägg en länk i sidfoten med en text som ”Avregistrera dig”. Är mejlet ett svar på något som läsaren har gjort, till exempel ett kvitto, välj Enskilt ärende när du lämnar in det.',
      },
      problems: {
        missing: () => 'Vi har tittat på varje länks text och adress, och på orden runt omkring.',
      },
    },
  },
  examples: {
    good: [
      { html: '<p>Hej!</p><a href="https://example.se/u?id=1">Avregistrera dig</a>' },
      { html: '<p>Don’t want these mails? <a href="{{unsubscribe_url}}">Click here</a>.</p>' },
      {
        html: '<p>Du får brevet som medlem. Vill du inte längre ha det? <a href="https://example.se/x">Klicka här</a></p>',
      },
      { html: '<p>Hej!</p><a href="https://example.se/email-preferences"><img src="a.png" alt=""></a>' },
      { html: '<p>Hej!</p><p>Svara ”avregistrera” på det här mejlet om du vill slippa fler.</p>' },
      { eml: 'From: a@example.se\r\n\r\nHej!\r\nAvregistrera dig: https://example.se/u\r\n' },
      { html: '<p>Hallo!</p><a href="https://example.de/a">Newsletter abbestellen</a>' },
      { html: '<p>Hej!</p><a href="https://example.se/u">Av&shy;registrera dig</a>' },
      { html: '<p>Hej!</p><a href="https://example.se/u">Lämna listan</a>' },
      {
        eml: 'From: a@example.se\r\n\r\nHej!\r\nMejla oss på a@example.se så tar vi bort dig.\r\n',
      },
    ],
    bad: [
      {
        world: {
          html: '<p>Vi vill inte att du blir utan. Du vill inte missa rean. <a href="https://example.se/">Köp</a></p>',
        },
        finds: 'missing',
      },
      { world: { html: '<p>Hej!</p><a href="https://example.se/">Läs mer</a>' }, finds: 'missing' },
      {
        world: { html: '<p>Hej!</p><a id="unsubscribe" href="#unsubscribe">Läs mer</a>' },
        finds: 'missing',
      },
      {
        world: { html: '<p>Hej! Läs mer hos oss.</p><a href="https://example.se/unsubscribe"></a>' },
        finds: 'missing',
      },
      {
        world: { eml: 'From: a@example.se\r\n\r\nHej!\r\nLäs mer: https://example.se/\r\n' },
        finds: 'missing',
      },
      {
        world: { html: '<p>Hej!</p><div hidden><a href="https://example.se/u">Avregistrera dig</a></div>' },
        finds: 'missing',
      },
    ],
  },
});
