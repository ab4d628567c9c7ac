/**
 * Whom or what a server speaks of. "Unknown", "not found" and "does not exist" are said of the sender, of the host
 * that calls and of links as well as of a recipient, and only the last may cost somebody his place on a list.
 */

/** Accents aside, in lower case, on one line: mail programs write `expediteur` and `Empfaenger` as often. */
export function folded(words: string): string {
  return words
    .slice(0, 4000)
    .replace(/[\u00c0-\u017f]+/g, (letters) => letters.normalize('NFD').replace(/\p{M}/gu, ''))
    .replace(/\s+/g, ' ')
    .toLowerCase();
}

/** A return path of ours (VERP) as a server quotes it. */
const ours = /<?\bb-[0-9a-f]{16}-[0-9a-z]{1,8}-[0-9a-z]{1,4}-[a-z2-7]{16}@[^\s<>]{1,190}/g;
const address = /<?[^\s<>()[\]:;,"'|=]{1,64}@[a-z0-9.-]{1,190}>?/g;
const webAddress = /https?:\/\/\S{1,500}/g;
/** What is said of a sender without a word against him. */
const aside =
  /(?:return(?:ed|ing)?|message|sent|bounced|sending)(?: (?:the|your|this|a|message|mail|copy|e-?mail)){0,4} (?:back )?to (?:the )?(?:original )?sender|(?:notify|inform|tell|contact) (?:the )?sender/g;

const sender = new RegExp(
  [
    /\b(?:sender|originator)(?:'?s)?\b/,
    /\b(?:return[- ]?(?:path|address)|reverse[- ]?path|envelope[- ]?from|mail[- ]?from|reply-to)\b/,
    /\bfrom:? (?:header|address|domain|line|field)|\bheader from|\bfrom:/,
    // "Your address" is the sender's, wherever a server speaks to whom it hears from.
    /\byour (?:e-?mail |mail |smtp |return |own )*(?:address|account|domain|mailbox)\b(?! (?:book|list))/,
    /\bsending (?:user|account|address|mailbox)|\b(?:which|that|who) sent\b/,
    // Whom a recipient takes mail from.
    /\b(?:white|allow|safe|green)[- ]?list/,
    /\bdin (?:mejl|mail|e-?post)?-?adress|\bihre (?:mail|e-?mail)?-?adresse|\bvotre adresse/,
    /\bavs\S{1,3}nda(?:r|re)/,
    /\babsender/,
    /\bexp\S{1,3}diteur|\b\S{0,2}metteur\b/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

const client = new RegExp(
  [
    /\b(?:helo|ehlo)\b/,
    /\b(?:client (?:host|address|ip|name|domain|cert(?:ificate)?)|unknown client|host ?name)\b/,
    /\b(?:connecting|sending|calling|originating) (?:host|server|ip|mta|client|system|domain|mail ?server)\b/,
    /\byour (?:mail |smtp |e-?mail |dns |sending )*(?:server|host|hostname|ip|network|mta|rdns|reverse|ptr|helo|system)\b/,
    /\b(?:rdns|ptr|reverse dns|reverse lookup)\b|\bip ?=/,
    /\b(?:din|er|eran) (?:mejl|mail|e-post)?(?:server|dator|ip|vard)/,
    /\b(?:ihr|ihre|ihrer|ihres|dein|deine) (?:mail-?)?(?:server|host|rechner|ip|system)/,
    /\bvotre (?:serveur|ip|adresse ip|hote|machine|relais|domaine)\b/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

const content = new RegExp(
  [
    /\b(?:url|uri|urls|uris|surbl|uribl|hyperlinks?|attachments?|headers?|message-id|dkim|dmarc|spf|arc|signature|spam|virus|malware|phishing)\b/,
    /\b(?:links?|body|text|content|contents|header|subject)\b (?:in|of|contains?|to|point)\b/,
    /\b(?:contains?|containing|includes?|including|inneh\S{1,2}ller|enth\S{1,2}lt|contient)\b.{0,40}\b(?:links?|hosts?|domains?|addresse?s?|adress(?:er|e|es)?|l\S{1,2}nk)\b/,
    /\bin (?:the |your )?(?:(?:message|mail|e-?mail) )?(?:body|text|content|subject|header)\b/,
    /\blink(?:s)? (?:in|to)\b/,
    /\blank(?:en|ar|arna)?\b|\b(?:i|av) (?:meddelandet|mejlet|brodtexten)\b/,
    /\b(?:verweis|verknupfung|im (?:text|inhalt|nachrichtentext))\b/,
    /\b(?:lien|liens)\b|\bdans le (?:corps|message|texte)\b/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

/** A server that asked somebody else, and says what came of asking. */
const asking =
  /\b(?:callout|call-?back|call-?ahead)\b|\bverif(?:y|ied|ication)\b.{0,20}\bfail|\bfail\w* .{0,20}\bverif/;

export type Subject = 'sender' | 'client' | 'content';

/** Of whom or what else than a recipient the words are; undefined: nothing in them says so. */
export function subjectOf(words: string): Subject | undefined {
  const text = folded(words);
  const others = text.replace(ours, ' ');
  const isOurs = others.length < text.length && !/@/.test(others);
  const said = others.replace(webAddress, ' ').replace(address, ' ').replace(aside, ' ');
  if (isOurs || sender.test(said) || (asking.test(said) && !/\brecipient\b/.test(said))) return 'sender';
  if (client.test(said)) return 'client';
  return content.test(said) ? 'content' : undefined;
}

/** RFC 3463 section 3.8, said anywhere: security or policy, which is about no address. An IP address is no status. */
export function isOfPolicy(said: string): boolean {
  return /(?:^|[\s#(-])5\.7\.\d{1,3}(?![\d.]|\.\d)/.test(said.slice(0, 4000));
}

export interface Verification {
  /** What the other server said, or what befell on the way to it. */
  inner: string;
  /** It found the address undeliverable; false: it does not know yet. */
  ended: boolean;
}

/** Of a server that asks the next one before it answers (Postfix address_verify, Exim callout). */
export function verificationIn(said: string): Verification | undefined {
  const text = said.slice(0, 4000);
  const [whole, word] = /\b(undeliverable|unverified) address\b:? */i.exec(text) ?? [];
  if (whole !== undefined && word !== undefined) {
    const at = text.indexOf(whole) + whole.length;
    return { inner: text.slice(at), ended: word.toLowerCase() === 'undeliverable' };
  }
  const pending =
    /\baddress verification in progress\b|\bverification (?:is )?(?:in progress|pending|deferred)\b|\b(?:could not|cannot|unable to) (?:complete|perform|finish) (?:the )?(?:recipient |address )?(?:verif\w+|callout|callback)/i;
  return pending.test(text) ? { inner: 'try again', ended: false } : undefined;
}
