import { defineStep } from '#rule';
import { dmarcStep } from '../repairs/dmarc-steps.ts';

export default defineStep({
  id: 'dmarc-reject',
  needs: ['dmarc'],
  byRoute: false,
  optional: false,
  after: ['dmarc-quarantine'],
  // Ours, as before: one more month's mail.
  waitDays: 28,
  checks: [],
  source:
    'RFC 9989 sections 4.7 and 7.4 (mailing lists); Google Workspace Admin Help, “Recommended DMARC rollout”, read 2026-11-23',
  read: ({ dmarc }) => dmarcStep(dmarc, 'reject'),
  words: {
    en: {
      name: 'DMARC with p=reject',
      title: () => 'Have forged mail turned away (p=reject)',
      why: 'Mail that only pretends to be yours is not delivered at all.',
      how: () =>
        'Publish the record below. If people write from the domain to mailing lists, stay at quarantine: lists change mail, and some would then be turned away.',
      until: '',
    },
    sv: {
      name: 'DMARC med p=reject',
      title: () => 'Låt förfalskade mejl avvisas (p=reject)',
      why: 'Mejl som bara utger sig för att vara dina levereras inte alls.',
      how: () =>
        'Publicera posten nedan. Skriver någon från domänen till e-postlistor, stanna vid quarantine: listor ändrar mejl, och en del skulle då avvisas.',
      until: '',
    },
  },
});
