/** Which words let a reader out of a mailing: what counts, what is not known, and what is no way out. */
import { describe, expect, test } from 'vitest';
import { clients } from '../rules/clients/index.ts';
import textUnsubscribe from '../rules/content/text-unsubscribe.ts';
import unsubscribeLink from '../rules/content/unsubscribe-link.ts';
import { policy } from '../rules/policy.ts';
import { areas, type World } from '../src/rule.ts';
import { judge, type Rules } from '../src/verdict.ts';
import { factsByRoute, noBrowser, now } from './world.ts';

const none = Object.fromEntries(areas.map((area) => [area, []])) as unknown as Rules;
const outcomeOf = async (world: World, rule = unsubscribeLink) => {
  const facts = await factsByRoute(rule, world, noBrowser);
  const only = { ...none, content: [rule] };
  const { findings } = judge({
    ...facts,
    rules: only,
    policy,
    clients,
    now,
    partial: false,
    simulated: true,
  });
  return findings[0]?.outcome;
};

const letter =
  'Välkommen till höstens möte i bygdegården den femte december, där styrelsen berättar om året som gått.';
const english =
  'Welcome to the autumn meeting in the village hall on the fifth of December, where we tell of the year.';
const plain = (way: string, before = letter): World => ({
  eml: `From: Vi <a@example.se>\r\nSubject: Mote\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${before}\r\n\r\n${way}\r\n`,
});
/** The same letter in HTML, where `[words]` are a link. */
const page = (way: string): World => ({
  html: `<p>${letter}</p><p>${way.replace(/\[([^\]]*)\]/g, '<a href="https://example.se/x/2">$1</a>')}</p><p>Föreningen, Storgatan 12</p>`,
});

describe('a way out that is said in plain text', () => {
  test.each([
    'Tacka nej till nyhetsbrevet här: https://example.se/x/2',
    'Sluta prenumerera: https://example.se/x/2',
    'Avsäg dig nyhetsbrevet: https://example.se/x/2',
    'Avsluta prenumerationen: https://example.se/x/2',
    'Avregistrering: https://example.se/x/2',
    'Avregistrera dig från medlemsbrevet på https://example.se/x/2',
    'Vill du inte ha fler mejl kan du avregistrera dig när som helst: https://example.se/x/2',
    'Klicka här för att avregistrera dig:\r\nhttps://example.se/x/2',
    'Du kan när som helst avprenumerera via https://example.se/x/2',
    'Svara på detta mejl om du inte vill ha fler brev.',
    'Vill du inte ha utskicken? Svara på mejlet så tar vi bort dig.',
    'Svara NEJ TACK så tar vi bort dig.',
    'Svara ”nej tack” om du inte vill ha fler utskick.',
    'Vill du inte längre vara med i vår lista? Mejla info@example.se',
    'Vill du inte stå med på listan? Skriv till kansli@example.se',
    'Vill du inte höra från oss? Svara på brevet så stryker vi dig.',
    'If you would rather not hear from us, just reply and say so.',
    'Reply with "no thanks" and we will take you off the list.',
    'No more emails please: https://example.se/x/2',
    'To unsubscribe, go to https://example.se/x/2',
    'Unsubscribe: https://example.se/x/2',
    'Unsubscribe\r\nhttps://example.se/x/2',
    'You can opt out of these emails at https://example.se/x/2',
    'You can opt out at any time: https://example.se/x/2',
    'You can unsubscribe from Morning News here: https://example.se/x/2',
    'Don’t want this any more? Unsubscribe at https://example.se/x/2',
    'If you do not want our letters, unsubscribe with one click: https://example.se/x/2',
    'To be removed from our list, write to info@example.se',
    'To remove yourself from our list, click on the link below: https://example.se/x/2',
    'Newsletter abbestellen: https://example.de/x/2',
    'Meld deg av nyhetsbrevet: https://example.no/x/2',
  ])('%s', async (way) => {
    expect(await outcomeOf(plain(way, /^[A-Z].*\b(?:you|to|more|with)\b/.test(way) ? english : letter))).toBe(
      'pass',
    );
  });
});

describe('a way out that is said in HTML', () => {
  test.each([
    '[Tacka nej till fler utskick]',
    '[Sluta prenumerera]',
    '[Avregistrera]',
    '[Avanmäl dig]',
    'Avanmäl dig från utskicken [här]',
    'UNSUBSCRIBE [HERE]',
    '[UNSUBSCRIBE]',
    '[Unsubscribe] | [View in browser]',
    'This was sent to you@example.com. [Unsubscribe] or [update your profile]',
    'Du får mejlet som medlem. Avregistrera dig Föreningen [Läs mer]',
    'Vill du inte längre ha nyhetsbrevet? Avregistrera [här].',
    'Önskar du inte fler brev går det bra att avregistrera sig [här].',
    'Om du vill avregistrera din adress, [klicka här].',
    'Avregistrering av e-postadress görs [här].',
    'If you’d rather not, you can unsubscribe [here].',
    'Glöm inte mötet! Avregistrera dig [här].',
    'Vill du inte kan du avregistrera dig [här].',
    'If you no longer wish to receive our mail you can opt out whenever you please by [a click].',
    'You can unsubscribe from all [here]',
    '[Hantera din prenumeration]',
    '[Unsubscribe from this list]',
    '[Opt out]',
    'Klicka [här] för att avregistrera dig',
    'För att avanmäla dig från utskicken, [klicka här].',
    'Vill du inte längre vara med i vår lista? [Klicka här]',
    'To unsubscribe [click here]',
    'If you wish to be unsubscribed from our newsletter, [tell us].',
    'Not interested any more? [Unsubscribe from Morning News]',
    'Svara på mejlet så tar vi bort dig från listan.',
    'Du kan inte svara på mejlet, men [avregistrera dig här].',
    '[Abbestellen]',
    '[Se désabonner]',
  ])('%s', async (way) => {
    expect(await outcomeOf(page(way))).toBe('pass');
  });
});

describe('words of another matter, or that may be', () => {
  test.each([
    'Anmälan och avanmälan till kursen görs på [kurssidan]',
    'Du kan avregistrera bilen hos Transportstyrelsen: [läs mer]',
    'Avregistrering av fordon görs på [sidan].',
    'You can opt out of the lunch at [the page].',
    'Unsubscribe from boring weekends! [Shop now]',
    '[Unsubscribe from boring weekends!]',
    'Du kan inte avregistrera dig från det här nyhetsbrevet. [Läs mer]',
    'Det går inte att avregistrera sig. [Läs mer]',
    'You cannot unsubscribe from this newsletter. [Read more]',
    'It is not possible to opt out. [Read more]',
    'Avregistrering är inte möjlig. [Läs mer]',
    '[Anmälan och avanmälan]',
    'Är breven för många? Säg till så ordnar vi det.',
    'Trött på våra mejl? Säg till.',
    'Too many emails from us? Let us know.',
    'Are these mails not for you? Tell us.',
    'Send an email with remove as subject to info@example.se',
    'For removal: info@example.se',
    'If you feel you don’t belong on our list please write to info@example.se',
    'Remove: https://example.se/remove',
    'You cannot be removed from our list. [Read more]',
    'Du kan inte stoppa våra utskick. [Läs mer]',
    'Svara på brevet om du inte vill ha plats.',
    'Avanmäl dig från väntelistan: [klicka här]',
    'Avanmälan görs senast på fredag: [klicka här]',
    'Avanmäl dig från kursen [här]',
    'An-/avanmälan: [kurssidan]',
    'Opt out of the guest list [here]',
    'Sluta prenumerera på tråkiga helger! [Köp]',
    'Vill du inte ha brevet längre, hör av dig till kansliet.',
    'Hojta om du vill slippa våra utskick.',
    'Svara ja eller nej tack på inbjudan. [Läs mer]',
  ])('is not known: %s', async (way) => {
    expect(await outcomeOf(page(way))).toBe('unknown');
  });

  test.each([
    'Vi vill inte att du missar rean. [Köp]',
    'Svara inte på det här mejlet. [Läs mer]',
    'Please do not reply to this email. [Read more]',
    'Ser du inte mejlet som det ska? [Öppna det i webbläsaren]',
    'Can’t see this email? [View it in your browser]',
    'Mejla info@example.se om du har frågor. [Läs mer]',
    'Svara på mejlet om du vill komma. [Läs mer]',
    'Forward this email to a friend. [Shop now]',
    'Vidarebefordra gärna nyhetsbrevet. [Läs mer]',
    'Du får mejlet för att du är medlem. [Läs mer]',
    'You get this email because you are a member. [Read more]',
    'Missa inte nästa nyhetsbrev. [Läs mer]',
    'This email is sponsored by us. Tired of that old cell phone? [Shop now]',
    'If you have received this email in error, please delete it. [Read more]',
    'Har du inte fått brevet? [Läs mer]',
    'Send us your photos of the autumn. Remove the lens cap first. [Read more]',
    'Lämna din e-post så hör vi av oss.',
    'Did you not get our last email? [Read it here]',
    'Slipp köerna i höst. Boka plats redan i dag så har du en stol på mötet när det drar i gång på riktigt i december och alla andra står och väntar utanför i snön, det är vårt bästa tips till dig som är medlem och gillar att komma i tid. [Läs mer]',
  ])('there is none: %s', async (way) => {
    expect(await outcomeOf(page(way))).toBe('fail');
  });
});

test.each([
  ['Svara på detta mejl om du inte vill ha fler brev.', 'pass'],
  ['Du kan avregistrera bilen hos Transportstyrelsen: https://example.se/b', 'pass'],
  ['Läs mer: https://example.se/', 'fail'],
])('the text part beside HTML with a link: %s', async (way, outcome) => {
  const body = `${letter} `.repeat(3);
  const part = (type: string, text: string) =>
    `--x\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${text}\r\n`;
  const html = `<p>${body}</p><a href="https://example.se/u">Avregistrera dig</a>`;
  const eml = `From: a@example.se\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n${part('text/plain', `${body}\r\n${way}`)}${part('text/html', html)}--x--\r\n`;
  expect(await outcomeOf({ eml }, textUnsubscribe)).toBe(outcome);
});
