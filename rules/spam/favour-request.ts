import { defineRule } from '#rule';
import { offerOf } from '../wordings/spam/families.ts';
import { favours } from '../wordings/spam/favours.ts';
import { quoted, said } from '../wordings/spam/said.ts';

export default defineRule({
  id: 'favour-request',
  severity: 'minor',
  reference:
    'FBI IC3, “Business Email Compromise”; FTC, “Gift card scams”; Polisen, vd-bedrägerier, read 2026-11',
  needs: ['wording'],
  points: 2.5,
  check: ({ wording: { passages } }) => quoted(offerOf(passages, favours)),
  words: {
    en: {
      title: 'Words of a boss in a hurry',
      heading: { said: () => 'The mail sounds like a fraud in a manager’s name' },
      mend: 'Ask for it openly, from your organisation’s address',
      why: 'Fraudsters write in the name of a manager and ask for gift cards, payments or payroll data, at once and by mail alone. Filters and readers know the letter by these phrases together.',
      fix: 'Say who you are, what it is about and where it can be checked. Do not ask for codes, payments or personal data in a reply, and leave out what makes it urgent or secret.',
      problems: { said: (mention) => said.en(mention) },
    },
    sv: {
      title: 'Ord ur vd-bedrägerier',
      heading: { said: () => 'Mejlet låter som ett bedrägeri i en chefs namn' },
      mend: 'Be om det öppet, från organisationens adress',
      why: 'Bedragare skriver i en chefs namn och ber om presentkort, betalningar eller löneuppgifter, genast och bara via mejl. Filter och läsare känner igen brevet på de här fraserna tillsammans.',
      fix: 'Berätta vem du är, vad det gäller och var man kan kontrollera det. Be inte om koder, betalningar eller personuppgifter i ett svar, och stryk det som gör det bråttom eller hemligt.',
      problems: { said: (mention) => said.sv(mention) },
    },
  },
  examples: {
    good: [
      { html: '<p>Vinn ett presentkort på 500 kr! Svara på enkäten senast på fredag.</p>' },
      { html: '<p>Are you free on Saturday? We need help with the gift stall.</p>' },
      { html: '<p>Scams: a boss who is in a meeting and needs gift cards is phishing.</p>' },
    ],
    bad: [
      {
        world: { html: '<p>Are you available? I am in a meeting and need you to pick up gift cards.</p>' },
        finds: 'said',
      },
      {
        world: { html: '<p>Är du tillgänglig? Köp presentkort, skrapa fram koderna och säg inget än.</p>' },
        finds: 'said',
      },
    ],
  },
});
