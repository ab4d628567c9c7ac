import { defineRule } from '#rule';
import { mentionsOf, together } from '../wordings/phrases.ts';
import { accountThreats } from '../wordings/spam/account-threats.ts';
import { alarms } from '../wordings/spam/alarms.ts';
import { besides, counted } from '../wordings/spam/families.ts';
import { quoted, said } from '../wordings/spam/said.ts';
import { warns } from '../wordings/spam/warnings.ts';

/** Characters: a paragraph or two. */
const close = 700;

export default defineRule({
  id: 'alarm',
  severity: 'minor',
  reference:
    'NCSC, “Phishing: spot and report scam emails” (urgency); CERT-SE on phishing (nätfiske), read 2026-11',
  needs: ['wording'],
  points: 2,
  check({ wording: { passages } }) {
    // Where the words of phishing are said outright, another check has told it.
    if (warns(passages) || together(mentionsOf(passages, accountThreats), 2).length > 0) return [];
    const { all } = counted(passages);
    return quoted(together(besides(mentionsOf(passages, alarms), all), 3, undefined, close));
  },
  words: {
    en: {
      title: 'Alarm, demand and haste',
      heading: { said: () => 'The mail alarms, demands and hurries in a few lines' },
      mend: 'Take the haste out of it',
      why: 'Fraud says that something is wrong, what to do about it and how little time there is, all at once. Filters count the three together.',
      fix: 'Say calmly what has happened and until when it can be put right, and let readers find the way on your site.',
      problems: { said: (mention) => said.en(mention) },
    },
    sv: {
      title: 'Larm, krav och brådska',
      heading: { said: () => 'Mejlet larmar, kräver och skyndar på med några få rader' },
      mend: 'Ta bort brådskan',
      why: 'Bedrägerier säger att något är fel, vad man ska göra åt det och hur bråttom det är, allt på en gång. Filter räknar de tre tillsammans.',
      fix: 'Berätta lugnt vad som har hänt och till när det går att rätta till, och låt läsarna hitta vägen på din webbplats.',
      problems: { said: (mention) => said.sv(mention) },
    },
  },
  examples: {
    good: [
      { html: '<p>Logga in på medlemssidan senast den 5 december.</p>' },
      { html: '<p>Unpaid work: volunteers met on Friday.</p>' },
    ],
    bad: [
      { world: { html: '<p>Obetald trängselskatt: betala här senast i dag.</p>' }, finds: 'said' },
      { world: { html: '<p>Unpaid toll. Pay now to avoid late fees.</p>' }, finds: 'said' },
    ],
  },
});
