import { defineStep } from '#rule';
import { dmarcLacks, dmarcStep, lacking } from '../repairs/dmarc-steps.ts';

export default defineStep({
  id: 'dmarc-quarantine',
  needs: ['dmarc', 'dmarcPassing', 'dmarcReports', 'doubledNames'],
  byRoute: false,
  optional: false,
  after: ['dmarc-none', 'dkim', 'envelope'],
  // Google asks for a week at least; four are ours, so that one who sends once a month is in the reports.
  waitDays: 28,
  checks: ['dmarc-strength', 'dmarc-alignment'],
  source: 'RFC 9989 section 4.7; Google Workspace Admin Help, “Recommended DMARC rollout”, read 2026-11-23',
  read: (facts) => dmarcStep(facts, 'quarantine'),
  lacks: (facts) => dmarcLacks(facts, 'quarantine'),
  words: {
    en: {
      name: 'DMARC with p=quarantine',
      title: () => 'Have forged mail put in spam (p=quarantine)',
      why: 'From here on DMARC protects you: what only pretends to be yours goes to spam.',
      how: (data) =>
        data.lacks
          ? lacking.en(data)
          : 'When the reports show nothing of your own that fails, publish the record below.',
      when: 'When p=none has stood for at least four weeks, and the reports show nothing of your own that fails.',
      until:
        'Read the reports for at least four more weeks, and ask around whether anybody misses mail from you. If your own mail fails, go back to p=none and mend it first.',
    },
    sv: {
      name: 'DMARC med p=quarantine',
      title: () => 'Låt förfalskade mejl hamna i skräpposten (p=quarantine)',
      why: 'Från och med nu skyddar DMARC dig: det som bara utger sig för att vara ditt hamnar i skräpposten.',
      how: (data) =>
        data.lacks
          ? lacking.sv(data)
          : 'När rapporterna inte visar att något av ditt eget underkänns, publicera posten nedan.',
      when: 'När p=none har gällt i minst fyra veckor och rapporterna inte visar att något av ditt eget underkänns.',
      until:
        'Läs rapporterna i minst fyra veckor till, och hör efter om någon saknar mejl från dig. Om dina egna mejl underkänns, gå tillbaka till p=none och rätta dem först.',
    },
  },
});
