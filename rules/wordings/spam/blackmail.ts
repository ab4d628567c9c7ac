/** What blackmail by mail says. After SpamAssassin 4.0 (BITCOIN_EXTORT_*; Apache-2.0), in phrases of our own. */
import { phrases } from '../phrases.ts';

export const blackmail = phrases({
  watched: [
    'full (?:access|control) (?:to|of|over) your',
    'tillgång till (?:dina enheter|din dator|din telefon|din kamera)',
    'full kontroll över',
    'hacked (?:your|into your|you)',
    'your (?:webcam|web camera|camera|device|operating system) (?:was|has|is|and|to)',
    'recorded you',
    'i (?:have )?(?:recorded|made a video|infected|installed)',
    'malware on your',
    'trojan',
    'adult (?:sites?|websites?|videos?) ',
    'pleasuring yourself',
    'spelat in dig',
    'hackat (?:din|ditt|dig)',
    'hackade (?:din|ditt|dig)',
  ],
  pay: [
    'bitcoin~ (?:address|wallet)',
    'btc (?:address|wallet)',
    'my (?:bitcoin|btc|wallet)',
    'send (?:me )?(?:exactly )?[\\d$.,]{1,12} ?(?:usd|btc|in bitcoin|bitcoin|dollars)?',
    'transfer [\\d$.,]{1,12} ?(?:usd|btc|in bitcoin|bitcoin|dollars)',
    'in bitcoin',
    'i bitcoin',
    'bitcoinadress~',
    'bitcoinplånbok~',
  ],
  spread: [
    'all (?:of )?your (?:contacts|friends|relatives|family|colleagues)',
    'i will (?:send|publish|share|release|delete|destroy) (?:the|this|your|all)',
    'send (?:this|the) video',
    '#\\d{2} hours',
    'timer (?:started|starts|has started)',
    'skickar (?:jag )?videon',
    '#\\d{2} timmar på dig',
    'silence',
    'alla dina kontakter',
  ],
});
