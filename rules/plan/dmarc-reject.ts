import { defineStep } from '#rule';
import { dmarcLacks, dmarcStep, lacking } from '../repairs/dmarc-steps.ts';

export default defineStep({
  id: 'dmarc-reject',
  needs: ['dmarc', 'dmarcPassing', 'dmarcReports', 'doubledNames'],
  byRoute: false,
  optional: false,
  after: ['dmarc-none', 'dmarc-quarantine', 'dkim', 'envelope'],
  // Ours, as before: one more month's mail.
  waitDays: 28,
  checks: ['dmarc-testing'],
  source:
    'RFC 9989 sections 4.7 and 7.4 (mailing lists); Google Workspace Admin Help, “Recommended DMARC rollout”, read 2026-11-23',
  read: (facts) => dmarcStep(facts, 'reject'),
  lacks: (facts) => dmarcLacks(facts, 'reject'),
  words: {
    en: {
      name: 'DMARC with p=reject',
      title: () => 'Have forged mail turned away (p=reject)',
      why: 'Mail that only pretends to be yours is not delivered at all.',
      how: (data) =>
        data.lacks
          ? lacking.en(data)
          : 'When the reports show nothing of your own that fails, publish the record below. If people write from the domain to mailing lists, stay at quarantine: lists change mail, and some would then be turned away.',
      when: 'When p=quarantine has stood for at least four weeks, and the reports show nothing of your own that fails.',
      until: '',
    },
    sv: {
      name: 'DMARC med p=reject',
      title: () => 'Låt förfalskade mejl avvisas (p=reject)',
      why: 'Mejl som bara utger sig för att vara dina levereras inte alls.',
      how: (data) =>
        data.lacks
          ? lacking.sv(data)
          : 'När rapporterna inte visar att något av ditt eget underkänns, publicera posten nedan. Skriver någon från domänen till e-postlistor, stanna vid quarantine: listor ändrar mejl, och en del skulle då avvisas.',
      when: 'När p=quarantine har gällt i minst fyra veckor och rapporterna inte visar att något av ditt eget underkänns.',
      until: '',
    },
  },
});
