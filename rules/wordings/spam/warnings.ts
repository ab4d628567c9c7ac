/** What a mail says that warns of fraud: it describes what fraud says, and is none. */
import { mentionsOf, type Passages, phrases } from '../phrases.ts';

const warnings = phrases({
  fraud: [
    'scams?',
    'scammers?',
    'phishing',
    'fraudsters?',
    'fake (?:e-?mails?|messages?|invoices?|texts?|[\\p{L}]{2,15} e-?mails?)',
    'nätfiske~',
    'bedragar~',
    'bluff(?:mejl|fakturor|en|ar)?',
    'falska (?:mejl|sms|meddelanden|fakturor)',
    'kapad~',
  ],
});
const enough = 2;

/** Two different words of it: one stands in fraud as well. */
export function warns(passages: Passages): boolean {
  return mentionsOf(passages, warnings).length >= enough;
}
