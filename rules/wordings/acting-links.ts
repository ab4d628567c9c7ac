/**
 * Links that may do something to whoever opens them: unsubscribe, confirm, answer. Nobody here follows them, and one
 * that is only perhaps such a link is left alone as well. As of 2026-11.
 */
import type { LinkLimits } from '#rule';
import { placeholderDomain } from './link-placeholders.ts';
import { perhapsAddress, unsubscribe, unsubscribeAddress } from './unsubscribe.ts';

/** Said of a link that answers for the reader at one tap. */
const acts =
  /\bconfirm|\bverif(?:y|ication|iera)|\bactivat|\baccept|\bdeclin|\bapprov|\brsvp\b|\bvote\b|\bone[ -]?click|\bdelet|\bremov|\bcancel|\bsubscrib|\bopt[ -]?in\b|\bpreferen|\bbekr[äa]ft|\baktivera|\bgodk[äa]nn|\btacka (?:ja|nej)|\bavboka|\br[öo]sta\b|\bradera|\bprenumerera|\bbest[äa]tig|\bconfirmez|\bconfirmar|\bbevestig|\bbekr[æe]ft|\bvahvista/iu;

/** The same in an address, where words are run together. */
const actingAddress =
  /confirm|verif[yi]|activat|bekraft|aktivera|godkann|rsvp|one-?click|opt[-_]?in\b|subscri(?!ptions?-)|prenumer|\/(?:accept|decline|approve|vote|cancel|delete|remove|leave|lamna|avboka|stop|out|bye|u|un|unsub|lu|ou|pref|prefs|manage)(?:[/?.]|$)|[?&](?:action|do|cmd|op|act)=/i;

/**
 * Below, letters have lost their marks (å is a, ø is o): what is written is read so as well. Words in a link of their
 * own that do something: leave, sign up, book, buy, agree, report, block, log out. In Swedish, English and neighbours.
 */
const doing = whole([
  'hoppa av|ga ur|lamna|uttrad(?:e|a)?|avsta|avsluta|upphor',
  'eroa|poistu|loobu\\p{L}*|tuhista|lahku|atteikties|atsisakyti|διαγραφη|διαγραφ\\p{L}*|αποχωρ\\p{L}*|удалить\\p{L}*|отказ\\p{L}*',
  'meld(?:e)? (?:deg|dig|meg|mig) (?:av|fra|ud|ut|pa|til)|framelding|austreten|austragen|abmelden|afmelden|opzeggen|rezygn\\p{L}*|zrezygn\\p{L}*|baja|sair|esci',
  'logga (?:ut|av)|utlogg\\p{L}*|log(?:g)? ?(?:out|off|ut|af|av)|sign(?:ing)? ?(?:out|off)|abmeldung|kirjaudu ulos',
  '(?:rapportera|anmal|markera)(?: \\p{L}+){0,4} (?:skrappost|spam|missbruk)|(?:report|mark|flag)(?: \\p{L}+){0,4} (?:spam|junk|abuse|phishing)|spamanmal\\p{L}*|this is spam|not spam',
  'block(?:era)?(?: \\p{L}+){0,3} (?:sender|avsandare\\p{L}*|address|adress\\p{L}*|person\\p{L}*|anvandare\\p{L}*|user)|sparra|blockera|bloker|blockieren',
  'samtyck(?:a|er|e)|jag (?:godtar|accepterar|forstar|haller med)|godta(?:r)?|accepterar?|(?:i|we) (?:agree|consent|understand)|agree|consent|zustimmen|ich stimme zu|samtykk\\p{L}*|samtyk\\p{L}*|hyvaksy\\p{L}*|noustun',
]);
/** The same, of which much is also written about: not in “Läs mer om …”, “How to …”. */
const doingMostly = new RegExp(
  `^(?!\\P{L}*(?:las|lar|se|sa|hur|om|mer|varfor|vad|nar|nyheter|read|see|learn|how|about|more|why|what|when|lue|les|lees|mehr|lesen)(?!\\p{L})).*?${
    whole([
      'anmal|(?:for)?handsanmal|registrera|delta|prenumerera|ansok|boka|reservera|kop|bestall|betala|skank|ge en gava|rosta|losa ut|hamta (?:ut )?biljett\\p{L}*',
      'sign (?:me )?up|signup|register|join|enrol+|apply|rsvp|buy|purchase|check ?out|order|pay|donate|reserve|redeem|claim|book (?:a|an|your|my|now|online|tickets?|seats?|here|in|place|table|appointment|room|it)|book',
      'pamelding|meld (?:deg|dig) (?:pa|til)|tilmeld|bestill|kjop|kob|ilmoittaudu|varaa|osta|tilaa|maksa|anmelden|buchen|kaufen|bestellen|jetzt bestellen|aanmelden|inschrijven|boeken|kopen|zapisz|kup|registreeru|osta|telli',
      'till (?:anmalan|bokning\\p{L}*|kassan|betalning\\p{L}*)',
    ]).source
  }|^\\P{L}*(?:(?:gor|skicka)? ?(?:din|min)? ?)?(?:anmalan|bokning|kassan?|kop|book now)\\P{L}*$`,
  'isu',
);
const yesOrNo =
  'ja|jo|javisst|nej|nei|nix|jes|yes|yep|yeah|no|nope|maybe|perhaps|kanske|kanskje|maske|ehka|kylla|ei|jah|nein|vielleicht|doch|oui|non|peut-etre|si|nee|misschien|tak|nie|ja tack|nejtack|taip|ne|да|нет|ναι|οχι|sim|nao|talvez|forse';
/** An answer as a link's whole text, or its beginning: “Nej, jag kan inte”, “9”, “👍”, “Missnöjd”. */
const answers = [
  new RegExp(
    `^\\P{L}*(?:${yesOrNo})(?:\\P{L}*$|\\s*[,.!;:–—(/-]|\\s+(?:tack|thanks?|please|jag|vi|i|we|garna|takk|tak|danke|bitte|merci|det|tyvarr|inte|not|absolut|sjalvklart|kiitos|grazie|gracias)(?!\\p{L}))`,
    'iu',
  ),
  /^\P{L}*(?:jag|vi|i|we|ich|jeg)(?:['’ ](?:m|ll|d|ve))?(?: (?:kommer|kan|vill|deltar|ar|am|will|can|cannot|can['’]t|won['’]t|want|accept|attend|decline|komme|kann|vil|deltager|tackar)|['’]m|['’]ll|['’]d)(?!\p{L})/iu,
  /^\P{L}*(?:kommer|kommer inte|kan inte(?: komma)?|kan komma|deltar(?: inte)?|(?:not )?(?:attending|going|coming|interested)|(?:inte |ej )?intresserad|count me in|(?:mycket |ganska |very )?(?:nojd|missnojd|bra|daligt?|samre|battre|satisfied|dissatisfied|unsatisfied|good|great|bad|poor|ok|okej|okay|neutral))\P{L}*$/iu,
  /^\s*[(#]?\d{1,2}(?:\s*(?:[/.)]|av|of)\s*\d{0,2})?[)]?\s*$/u,
  /^\s*[\u{1F600}-\u{1F64F}\u{1F910}-\u{1F92F}\u{1F970}-\u{1F97A}👍👎★☆⭐🌟☹☺❤✅❌✔✖✗✓]/u,
  /^\s*\d{1,2} (?:stjarn\p{L}*|stars?|poang|points?)(?!\p{L})/iu,
];

/** Said beside a link that is called “here”: what it is for. */
const hereFor = new RegExp(
  `${
    whole([
      '(?:anmal|registrera|boka|kop|bestall|svara|rosta|skriv upp|sign up|register|book|buy|order|rsvp|reply|respond|vote|logga ut|log out|tilmeld|meld)(?: [\\p{L}\\d]+){0,5} (?:har|here|her|hit|nedan|below)',
      '(?:klicka|tryck|click|tap|press|ga hit|klikk|klik|trykk)(?: [\\p{L}\\d]+){0,4} (?:for att|to|for a|om du vill|if you) (?:[\\p{L}\\d]+ ){0,3}(?:anmala|registrera|boka|kopa|bestalla|svara|rosta|samtycka|blockera|rapportera|hoppa|uttrada|lamna|logga|sign|register|book|buy|order|reply|respond|answer|vote|agree|consent|block|report|log|leave|join|stop)',
    ]).source
  }`,
  'iu',
);

/** In an address: parts of it that are such a word, and answers in a query. */
const doingAddress = [
  /(?:^|[/?&=._-])(?:logg?a?[-_]?(?:out|off|ut)|sign[-_]?(?:out|off|up)|hoppa[-_]?av|tabort|ta[-_]bort|ga[-_]ur|uttrad[ea]?|nej-?tack|ja-?tack|tacka-?(?:ja|nej)|report[-_]?(?:spam|abuse|junk)|block[-_]?(?:sender|user|address)|samtyck[ea]?r?|consent|i-?agree)(?:[/?&=._-]|$)/iu,
  /\/(?:anmal|boka|kop|bestall|reservera|registrera|ansok|delta|svara?|hoppa|avsta|rosta|godta|agree|reply|respond|response|answer|register|join|enrol+|buy|order|checkout|purchase|donate|block(?:era)?|sparra|rapportera|tilmeld|pamelding|bestill|ilmoittaudu|varaa|osta|anmelden|buchen|kaufen|loobu|lahku)(?:[-_](?:dig|mig|er|oss|nu|plats|now|me|you|here|har|in|up|tid|biljett(?:er)?))*(?:[/?#.]|$)/iu,
  /\/book[-_](?:now|a|your|here|online|me)(?:[-_/?#.]|$)/iu,
  /\/(?:anmalan|bokning|survey|enkat|undersokning|poll|omrostning|feedback|nps|rat(?:e|ing)|betyg|score|question|fraga|response)s?\/(?:[^?#]*\/)?\d{1,10}\/?(?:[?#]|$)/iu,
  new RegExp(`/(?:${yesOrNo}|accepted|declined|true|false|up|down|good|bad)/?(?:[?#]|$)`, 'iu'),
  new RegExp(
    `[?&](?!(?:lang|language|locale|hl|sprak|country|land)=)[^=&#]{0,40}=(?:${yesOrNo})(?:[&#]|$)`,
    'iu',
  ),
  /[?&](?:svar|answer|reply|response|respond|vote|rost|rating|rate|score|betyg|choice|rsvp|going|attend(?:ing)?|nps|consent|agree|event_?response)=/iu,
];

/** Words that stand by themselves, whatever letters they are of. */
function whole(words: readonly string[]): RegExp {
  return new RegExp(`(?<!\\p{L})(?:${words.join('|')})(?!\\p{L})`, 'iu');
}

/** What unsubscribes is often said beside the link that does it: “To leave this list, click here”. */
const beside = [unsubscribe.sure, unsubscribe.phrases, unsubscribe.ends, acts, hereFor];

export const linkLimits: LinkLimits = {
  // Ours: a mail with more of them has them by the same few machines.
  links: 60,
  pictures: 200,
  // WHATWG Fetch, “HTTP-redirect fetch”, lets a browser follow 20; no reader waits so long.
  redirects: 10,
  // Four times what Mailchimp advises at most (mailchimp.com/help/about-template-images, read 2026-11-23).
  pictureBytes: 4 * 1024 * 1024,
  pictureBytesOfAll: 24 * 1024 * 1024,
  pictureAddress: unsubscribeAddress,
  // Ours: a third of what drawing has in all.
  previewMs: 10_000,
  address: [unsubscribeAddress, perhapsAddress, actingAddress, ...doingAddress],
  text: [
    unsubscribe.sure,
    unsubscribe.phrases,
    unsubscribe.ends,
    unsubscribe.settings,
    acts,
    doing,
    doingMostly,
    ...answers,
  ],
  around: beside,
  placeholder: placeholderDomain,
  // Ours: large sites that answer programs otherwise than people, LinkedIn even with a status of its own (999).
  closedSites: [
    'linkedin.com',
    'facebook.com',
    'instagram.com',
    'x.com',
    'twitter.com',
    'tiktok.com',
    'amazon.com',
    'amazon.se',
    'amazon.de',
    'amazon.co.uk',
    'pinterest.com',
    'reddit.com',
    'quora.com',
  ],
};
