import { defineRule, type Facts, notApplicable, problem } from '#rule';

const words =
  'this|the|it|in|an?|as|your|online|web|e-?mail|mail|newsletter|message|mejlet|mailet|detta|det|här|brevet|nyhetsbrevet|utskicket|i|på|som|en|din|version';
const places = 'browser|online|web ?version|web ?page|webbläsare|webbversion|webben|webbsida';
/** How mails say that they can be read on the web as well, in English and Swedish. */
const webVersion = new RegExp(
  `^[^.!?]{0,40}?(?<!\\p{L})(?:(?:view|read|open|see|visa|läs|öppna|se)(?: (?:${words})){0,7} (?:${places})|web ?version|webbversion|(?:not |is not |isn.t )?display(?:ed|ing)? (?:correctly|properly)|(?:trouble|problems?) (?:viewing|reading|seeing|displaying)|problem att (?:läsa|se|visa)|visas (?:inte|mejlet inte|bilderna inte)|ser du inte (?:bilder|mejlet))`,
  'iu',
);
/** Shorter than what every list shows; what follows in the mail comes after it. */
const shortest = 35;

export default defineRule({
  id: 'preview-text',
  severity: 'advice',
  reference:
    'Lists of mails show 35 (Outlook on Windows) to 140 characters (Apple Mail): themarketer.com/resources/knowledge-base/how-long-should-your-preview-texts-be, read 2026-11-23',
  needs: ['html', 'message'],
  check({ html, message }) {
    if (!html) return notApplicable('no-html');
    const { preview } = html;
    if (!preview) return [];
    const { written, padded, next, at } = preview;
    const subject = plain(message.subject ?? '');
    const shown = plain(preview.text);
    if (subject.length >= 10 && shown.startsWith(subject)) return [problem('subject', {}, { at })];
    const text = first(preview);
    if (webVersion.test(written || preview.text)) return [problem('web', { text }, { at })];
    if (written !== '' && written.length < shortest && !padded && webVersion.test(next))
      return [problem('short', { text: first({ text: written }), next: first({ text: next }) }, { at })];
    return [];
  },
  words: {
    en: {
      title: 'Preview text',
      heading: {
        subject: () => 'The preview text repeats the subject',
        web: () => 'The preview text is about opening the mail on the web',
        short: () => 'The preview text is short, and what follows it shows',
      },
      mend: {
        subject: () => 'Say something that the subject does not',
        web: () => 'Begin the mail with its most important words',
        short: () => 'Write a longer preview text',
      },
      why: 'Beside the subject, inboxes show the first words of the mail. Readers go by them when they choose what to open, and here they say nothing new.',
      fix: {
        subject: () =>
          'Begin the mail with a sentence that goes on from the subject. It may be hidden from the mail itself: <div style="display:none">…</div> right after <body>, or mj-preview in MJML.',
        web: () =>
          'Move the link to the web version below the first text, or put a sentence about what the mail is about before it. It may be hidden: <div style="display:none">…</div> right after <body>, or mj-preview in MJML.',
        short: () =>
          'Write 40 to 90 characters, the most important first. Then the words that come next in the mail do not show.',
      },
      problems: {
        subject: () => 'The mail begins with the same words as the subject.',
        web: ({ text }) => `Beside the subject it says “${text}”.`,
        short: ({ text, next }) => `Beside the subject it says “${text}”, and then “${next}”.`,
      },
    },
    sv: {
      title: 'Förhandstext',
      heading: {
        subject: () => 'Förhandstexten upprepar ämnesraden',
        web: () => 'Förhandstexten handlar om att öppna mejlet på webben',
        short: () => 'Förhandstexten är kort, så det som följer syns',
      },
      mend: {
        subject: () => 'Säg något som ämnesraden inte säger',
        web: () => 'Börja mejlet med det viktigaste',
        short: () => 'Skriv en längre förhandstext',
      },
      why: 'Bredvid ämnesraden visar inkorgen mejlets första ord. Läsarna går efter dem när de väljer vad de öppnar, och här säger de inget nytt.',
      fix: {
        subject: () =>
          'Börja mejlet med en mening som fortsätter där ämnesraden slutar. Den får vara dold i själva mejlet: <div style="display:none">…</div> direkt efter <body>, eller mj-preview i MJML.',
        web: () =>
          'Flytta länken till webbversionen nedanför den första texten, eller skriv en mening om vad mejlet handlar om före den. Den får vara dold: <div style="display:none">…</div> direkt efter <body>, eller mj-preview i MJML.',
        short: () =>
          'Skriv 40 till 90 tecken, det viktigaste först. Då syns inte orden som kommer därefter i mejlet.',
      },
      problems: {
        subject: () => 'Mejlet börjar med samma ord som ämnesraden.',
        web: ({ text }) => `Bredvid ämnesraden står det ”${text}”.`,
        short: ({ text, next }) => `Bredvid ämnesraden står det ”${text}” och sedan ”${next}”.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<div style="display:none">Program, karta och hur du anmäler dig.</div><p>Visa i webbläsare</p><p>Hej!</p>',
      },
      { html: '<p>Hej alla medlemmar!</p><p><a href="https://example.se/">Visa i webbläsare</a></p>' },
      { html: '<p>Se vilka bilder som vann årets fototävling i föreningen</p>' },
    ],
    bad: [
      {
        world: { html: '<p><a href="https://example.se/1">Visa mejlet i webbläsare</a></p><p>Hej!</p>' },
        finds: 'web',
      },
      {
        world: {
          html: '<p>Email not displaying correctly? <a href="https://example.se/1">View it in your browser</a></p>',
        },
        finds: 'web',
      },
      {
        world: { html: '<h1>Välkommen till höstmötet</h1><p>Hej!</p>', subject: 'Välkommen till höstmötet' },
        finds: 'subject',
      },
      {
        world: { html: '<div style="display:none">Höstens nyheter</div><p>Visa i webbläsare</p>' },
        finds: 'short',
      },
    ],
  },
});

type Preview = NonNullable<NonNullable<Facts['html']>['preview']>;

function first({ text }: Pick<Preview, 'text'>): string {
  return text.length > 60 ? `${text.slice(0, 59).toWellFormed()}…` : text;
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
