import { defineRule } from '#rule';
import { offerOf } from '../wordings/spam/families.ts';
import { kinPleas } from '../wordings/spam/kin-pleas.ts';
import { quoted, said } from '../wordings/spam/said.ts';

export default defineRule({
  id: 'kin-plea',
  severity: 'minor',
  reference: 'Action Fraud, “Hi Mum” scams; Polisen and Swish on frauds against relatives, read 2026-11',
  needs: ['wording'],
  points: 2.5,
  check: ({ wording: { passages } }) => quoted(offerOf(passages, kinPleas)),
  words: {
    en: {
      title: 'Pleas in a child’s name',
      heading: { said: () => 'The mail sounds like a fraud in a child’s name' },
      mend: 'Say who you are, and leave the phrases below out',
      why: 'Fraudsters write to parents as a child with a new telephone number and then ask for money, so readers and filters take such a mail for fraud.',
      fix: 'Greet your readers with their names or as members, and give a new number together with the name of your organisation and its website.',
      problems: { said: (mention) => said.en(mention) },
    },
    sv: {
      title: 'Böner i ett barns namn',
      heading: { said: () => 'Mejlet låter som ett bedrägeri i ett barns namn' },
      mend: 'Säg vem du är och stryk fraserna nedan',
      why: 'Bedragare skriver till föräldrar som ett barn med nytt telefonnummer och ber sedan om pengar, så läsare och filter tar ett sådant mejl för bedrägeri.',
      fix: 'Hälsa på läsarna med deras namn eller som medlemmar, och lämna ett nytt nummer tillsammans med organisationens namn och webbplats.',
      problems: { said: (mention) => said.sv(mention) },
    },
  },
  examples: {
    good: [
      { html: '<p>Kansliet har fått nytt telefonnummer.</p>' },
      { html: '<p>Hej mamma och pappa i P12! Avgiften kan betalas med Swish.</p>' },
    ],
    bad: [
      { world: { html: '<p>Hej mamma! Jag har nytt nummer, kan du swisha?</p>' }, finds: 'said' },
      { world: { html: '<p>Hi mum, this is my new number. Can you lend me some money?</p>' }, finds: 'said' },
    ],
  },
});
