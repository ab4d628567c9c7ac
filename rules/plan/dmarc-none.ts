import { defineStep } from '#rule';
import { dmarcStep } from '../repairs/dmarc-steps.ts';

export default defineStep({
  id: 'dmarc-none',
  needs: ['dmarc'],
  byRoute: false,
  optional: false,
  after: ['spf', 'dkim'],
  // Google Workspace Admin Help: 48 hours after SPF and DKIM.
  waitDays: 2,
  checks: ['dmarc-policy', 'dmarc-reports'],
  source: 'RFC 9989 section 4.7; Google Workspace Admin Help, “Recommended DMARC rollout”, read 2026-11-23',
  read: ({ dmarc }) => dmarcStep(dmarc, 'none'),
  words: {
    en: {
      name: 'DMARC with p=none',
      title: ({ domain }) => `Begin with DMARC for ${domain}, without consequences (p=none)`,
      why: 'Gmail, Yahoo and Outlook.com ask for DMARC of everybody who sends much. With p=none no mail is stopped, and the reports show who sends in your name.',
      how: ({ domain }) =>
        `Make sure that dmarc@${domain} can receive mail, or write another address, and publish the record below.`,
      until:
        'Read the reports for four weeks, or until at least one whole mailing is in them. All that you send yourself, newsletters, invoices and everyday mail, has to pass by SPF or DKIM of your own domain.',
    },
    sv: {
      name: 'DMARC med p=none',
      title: ({ domain }) => `Börja med DMARC för ${domain}, utan följder (p=none)`,
      why: 'Gmail, Yahoo och Outlook.com kräver DMARC av alla som skickar mycket. Med p=none stoppas inga mejl, och rapporterna visar vem som skickar i ditt namn.',
      how: ({ domain }) =>
        `Se till att dmarc@${domain} kan ta emot mejl, eller skriv en annan adress, och publicera posten nedan.`,
      until:
        'Läs rapporterna i fyra veckor, eller tills minst ett helt utskick finns med. Allt som du skickar själv, nyhetsbrev, fakturor och vanliga mejl, måste godkännas genom SPF eller DKIM för din egen domän.',
    },
  },
});
