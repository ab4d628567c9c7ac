/**
 * What servers say when they refuse, sorted. Servers reuse codes for all sorts of reasons and say the true one in
 * words; so the words come first, and a code settles only what they leave open.
 */
import type { BounceClass } from './report.ts';

/** Each names one reason and no other. The first that fits decides, so what is more special stands earlier. */
const table: readonly (readonly [BounceClass, readonly RegExp[]])[] = [
  ['transient', [/(?:host|domain) (?:name )?not found, try again/]],
  // Says itself that it does not know.
  ['unknown', [/\bmay not exist\b.{0,200}\bblacklisted\b/]],
  [
    // Said of the sender in words that elsewhere speak of the recipient.
    'policy-block',
    [
      /\bsender (?:address |domain |e-?mail |verif\w+ |was )?(?:is |has been |not )?(?:rejected|refused|denied|blocked|verif\w+|failed|unknown|invalid|not allowed|prohibited|banned)/,
      /(?:domain of )?sender address .{0,200}(?:does not (?:exist|resolve)|not exist|reject|denied|invalid)/,
      /\b(?:could not|cannot|can't|unable to|failed to) verify (?:the )?sender|sender verif|invalid sender|unverified sender|sender id\b/,
      /\b(?:return-path|envelope sender|mail from|from domain|sending domain|helo|ehlo|sender domain)\b.{0,80}(?:does not (?:exist|resolve|pass|accept)|invalid|not exist|reject|refused|must resolve|no mx)/,
      /\binvalid domain name\b|domain of sender|sender'?s domain|\bbad helo|helo command rejected|my name was rejected|sender was rejected/,
    ],
  ],
  [
    // So plain that what stands beside it changes nothing.
    'bad-address',
    [
      /\buser unknown|unknown user|no such (?:user|recipient|mailbox|person)|(?:recipient|mailbox|user) not found|(?:user|mailbox|account|recipient|e-?mail address) (?:does not|doesn['’]t) exist|user doesn['’]t have an? /,
    ],
  ],
  [
    'policy-block',
    [
      // A group of Google's, in any language: it may not exist, or does not take mail from just anybody.
      /groups\.google\.com\/support|support\.google\.com\/(?:a\/|groups)/,
      /\b(?:only|must be) (?:authenticated|members?|registered)|not authori[sz]ed|unauthori[sz]ed|not permitted to|not allowed to send|no permission|authentication (?:is )?required|requires authentication|must (?:authenticate|issue a starttls)|smtp auth|not have permission|may not have permission|restricted group|cannot send to/,
      /\b(?:spf|dkim|dmarc|senderid|sender policy framework)\b/,
      /reverse dns|rdns|\bptr\b|reverse (?:hostname|lookup|mapping)|cannot find your (?:reverse )?hostname|client host rejected/,
      /black ?list|block ?list|\brbl\b|dnsbl|spamhaus|spamcop|sorbs|barracuda ?central|cloudmark|senderscore|\/rbl\/|\bblocked using\b|\bblocked by\b|\b(?:ip|host|address|client|server|network)\b.{0,60}\bblocked\b|bad reputation|poor reputation|reputation/,
      /\bspam\b|\bunsolicited\b|\bbulk (?:e-?)?mail|\bubE\b|junk mail|phish|\bvirus|malware|infected|\btrojan/i,
      /(?:message|mail|content|attachment|e-?mail)(?: \w+){0,3} (?:was |has been |is |were )?(?:filtered|blocked|banned|prohibited|refused by|rejected (?:by|due|because|for|as))/,
      /content[- ](?:reject|filter|restrict|policy|not|denied|blocked)|message content|blocked (?:attachment|content|file)|prohibited|header error|bare (?:lf|line)|forbidden|executable|dangerous|suspicious|objectionable/,
      /protocol violation|confirm this mail server|not resolve your|generic (?:dns|ptr|rdns)|no access from|after initial connection:.{0,200}\b55\d\b|go away\b|[ée]metteur invalide|exp[ée]diteur (?:invalide|inconnu|refus)|authentifi|open (?:proxy|relay)|dynamic ip|(?:refused|blocked) - see|cannot resolve your address|mailing list|members?-only|not (?:a )?(?:subscribed|member)|captcha|null sender|empty envelope|backscatter|mass mail|probability of|recurrent pattern|verification fail|credentials|content denied|dt:spm|unverif[iy]+able sending|requires confirmation|unresolvable relay|mismatches|abus d[ée]tect|fully qualified|unroutable sender|sender not|mail from .{0,120}(?:refused|rejected)|e-?mail (?:was )?rejected|(?<!not )listed (?:at|in|on)\b|multiple addresses|line limit|insufficient permission|improper use|non-ascii|8-?bit|not rfc|message refused|delivery not authorized|you (?:are|have been) (?:blocked|banned)|\(bl\)|relay quota|smtp server of your isp|\bdenied\b(?! for)/,
      /\bpolic(?:y|ies)\b|\blocal polic|administrativ\w* (?:prohib|reject|denied)|access denied|access (?:was )?(?:not allowed|restricted)|(?:is|are) not (?:accepted|welcome) (?:from|here)|you are not (?:allowed|welcome)|blocked ip|frequency limit|unauthenticated|bad (?:ip|address) reputation|invalid ip|not accepting (?:mail|e-?mail|messages?|connections?) from/,
      /rel[a]?y(?:ing)?(?: access)? (?:denied|not permitted|not allowed|not permitted|prohibited|refused|is not|attempt|mail from)|unable to relay|not (?:a |permitted to |allowed to )relay|we do not relay|no relay|authenticat\w+ (?:failed|failure|error)|relaying (?:denied|prohibited)|rcpthosts/,
      /does not support tls|tls (?:is )?required|starttls|too much (?:spam|mail)|abus(?:e|ive)|complaints|dnswl|\[?(?:TS|TSS)0\d\]?|rate limit(?:ed)? (?:exceeded )?for (?:this )?sender|duplicate (?:header|message)|rfc ?\d{3,4}\b.{0,40}(?:violat|compl)/,
      /(?:mail|message) rejet|mail rejected|message rejected|rejected by (?:the )?(?:recipient|remote|content|administrator|filter|user)|message filtered|mail is filtered/,
    ],
  ],
  [
    'mailbox',
    [
      /(?:mail ?size|message|mailbox|mail ?box) .{0,30}\blimit\b|exceeds? .{0,20}(?:limit|maximum)|over (?:the|its|their) limit|exceeds? (?:the )?allowed size|容量|いっぱい|サイズ/,
      /over ?quota|quota (?:is )?(?:exceeded|full|violation|limit|reached)|exceed\w* .{0,40}(?:quota|storage)|out of (?:storage|disk|space)|insufficient (?:system )?(?:storage|space|disk)|not enough (?:storage|space|disk|room)|disk (?:is )?(?:full|quota|space)|storage (?:quota|exceeded|limit|allocation)|quota\b.{0,40}exceed|no space left|too many (?:messages|mails?) (?:in|on)/,
      /(?:mailbox|inbox|mail box|mailfolder|account|user|recipient|maildir|mail ?dir|storage)\b.{0,40}\b(?:is |are )?(?:almost )?full\b|full mailbox|mailbox (?:size )?(?:limit|exceeded|has exceeded)|mailfolder is full|insufficient mailbox/,
      /(?:message|mail|size|content|body|e-?mail|length|file|data).{0,30}(?:too (?:big|large|much data)|exceed\w*(?: the| fixed| maximum| limit| size| max)|larger than|over(?:ly)? (?:size|large))|too (?:large|big) (?:message|mail)|max(?:imum)? (?:message |mail )?size|size limit|message length|too much mail data|fileinto/,
      /(?:account|mailbox|user|recipient|address|mail ?box|e-?mail|domain)\b.{0,60}\b(?:is |has been |was |been |are |temporarily |currently )*(?:disabled|suspended|inactive|inactivated|deactivated|locked|on hold|frozen|blocked|expired|closed temporarily|not active|unactive|dormant)/,
      /(?:disabled|suspended|inactive|locked|expired|deactivated|not activated) (?:account|mailbox|user|recipient|mail ?box)|account (?:is )?(?:not|no longer) active|not accepting (?:messages|mail|any mail|e-?mail)|mailbox (?:is )?(?:busy|locked|disabled)/,
    ],
  ],
  [
    'bad-address',
    [
      /(?:user|users|recipient|recipients|mailbox|address|account|addressee|mail ?box|login|local ?part|name|alias|person)\b.{0,100}?\b(?:is |are |was |does |do |has |could |can)?(?:unknown|not found|doesn['’]?t exist|does not exist|not exist\w*|no longer (?:exist\w*|valid|available|in use|on (?:the )?server|working)|non-?exist\w*|not a registered|not (?:known|listed|a (?:known|valid)|valid|recogni[sz]ed|be found|have an? |belong|in (?:the )?(?:directory|local)|local|in use|here|defined|our customer)|invalid|undeliverable as)/,
      /(?:unknown|no such|invalid|non-?existent|nonexistent|bad|unrecogni[sz]ed|not a (?:valid|known)|no valid|not our|unrouteable|unrouteable|unroutable|undeliverable|illegal|inexistent|obsolete) (?:local |mail |e-?mail |destination |smtp |virtual |remote |primary |target )*(?:user|users|recipient|recipients|mailbox|address|account|addressee|mail ?box|local[- ]part|alias|person|customer|login|id\b|host|domain|name here|here)/,
      /there is no (?:user|mailbox|account|such|one)|no (?:mailbox|account|user|recipient|one|person) (?:here )?(?:by|with|for|of|named?|found|has|called) |no account by|no mailbox|user not (?:here|found|known|local|listed)|we have no (?:user|mailbox)|(?:does|do) ?(?:n['o’]?t| not) have an? .{0,80}(?:account|mailbox)|dd (?:sorry, your message|this user|requested mail)|no such (?:person|user|mailbox|recipient|address|account)/,
      /not listed in (?:domino|the|public)|not found in (?:domino|the (?:address|directory)|directory)|not in (?:our|my) (?:user|directory)|unknown in (?:local|virtual|relay)|isn['’]t (?:a )?(?:known|valid|in)|address (?:you (?:sent|entered).{0,60}|couldn['’]t be |could not be |was not )(?:not |n['’]t )?(?:be )?(?:found|exist)|couldn['’]t be found|wasn['’]t found at|email account that you tried to reach does not exist/,
      /host (?:unknown|not found|or domain name not found)|unknown host|name or service not known|(?:could ?n['o’]?t|cannot|can['’]t|unable to) (?:find|resolve|route to)(?: any)? (?:a |the )?(?:mail exchanger|host|domain|route|address|mx)|domain (?:name )?(?:not found|does(?: not|n['’]t) exist|unknown|not exist|is not (?:known|valid|hosted))|no (?:such )?(?:domain|host|mx)|no mx record|dns error|domain lookup failed|name server loop|bad destination (?:host|system|mailbox)|unroutable domain|illegal host\/domain|all relevant mx records point to non-existent|invalid domain\b|nxdomain|name service error .{0,200}(?:host|domain) not found(?!, try again)|according to its mx|invalid final delivery userid|unrouteable mail domain|routing (?:error|failed)|null mx|does not (?:accept|receive) (?:e-?)?mail(?: \(nullmx\))?|nullmx/,
      /(?:has|have) (?:moved|left|changed)\b.{0,40}(?:address|company|organi[sz]ation)|user (?:has )?(?:moved|left)|(?:mailbox|account) (?:has been |was |is )?(?:closed|deleted|removed|terminated|cancell?ed|discontinued|retired)|address (?:is )?(?:no longer|changed|obsolete|retired|deprecated)|delivery to this address is restricted\b.{0,5}never|recipient no longer|permanently (?:closed|removed)|no longer (?:employed|with)/,
      /宛先|ユーザーが見つかり|存在しません|見つかりませんでした|あて先|adresse inconnue|utilisateur inconnu|destinataire inconnu|empf(?:ä|ae)nger (?:unbekannt|existiert nicht)|usuario desconocido|utente sconosciuto|adressen? (?:finns inte|existerar inte|okänd)|mottagaren (?:finns inte|är okänd|hittades inte)/,
      /archived recipient|#?5\.1\.1 bad address|bad[-_ ]recipient|<[^<>]{1,254}> (?:was )?not found|recipient not ok|badrcptto|there is no one at|no longer accepts mail|no existe|can['’]t accept user|account unavailable|no mail ?box available|not (?:present|a current) (?:user|mailbox)|had no relevant answers/,
      /user[- ]?unknown|unknown[- ]?user|mailbox[- ]not[- ]found|recipient[- ]?(?:unknown|not ?found)|recipnotfound|resolver\.adr|unrouteable address/,
    ],
  ],
  [
    'transient',
    [
      /grey ?list|gray ?list|postgrey|temporar\w+|try (?:again|later)|retry (?:later|time|timeout)|deferr?ed|defer|(?:has|have) been delayed|delayed|will be retried|come back later|try (?:your )?message later/,
      /timed? ?out|time-?out|connection (?:refused|reset|closed|lost|dropped|was closed|terminated|failed)|no route to host|network (?:is )?unreachable|host (?:is )?(?:unreachable|down)|lost connection|unable to connect|connect(?:ion)? (?:error|failure)|could(?: not|n['’]t) connect|not (?:be )?(?:able|willing) to (?:establish|accept)|wasn['’]t able to establish|did not accept our requests to connect|socket error|broken pipe|bad file descriptor|i\/o error/,
      /too (?:many (?:connections|recipients|concurrent|sessions|hops|errors|simultaneous|messages)|busy|much load|fast)|rate limit|throttl|exceeded .{0,40}(?:rate|connections|hourly|daily)|resources?(?: temporarily)? (?:unavailable|exhausted|low)|load (?:is )?too high|system (?:is )?(?:busy|overloaded|not accepting|error)|server (?:is )?(?:busy|overloaded|error|too busy)/,
      /in the queue too long|for too long|failed \d+ attempts|failing for a long time|malformed or unexpected name|lock failure|error while writing|not accepting connections|all hosts have been failing|could not be delivered (?:for|within|in)|after multiple retries|expired|giving up|(?:message|delivery) (?:has )?(?:been )?(?:in (?:the )?queue|expired)|retries|retry|was not delivered (?:in|within) the|(?:hop count|hops)|mail loop|routing loop|loops? back|loop detected|unable to contact|ldap|internal (?:error|server)|local (?:error|configuration)|configuration error|cannot (?:open|create|write|update|append|lock)|read-only file|system (?:config|error)|mailer error|command (?:died|failed|time)|unknown mailer error|exit(?:ed)? (?:status|code)|exit 7\d|failed to (?:open|create|write)|i\/o|deadlock/,
    ],
  ],
  [
    // What is said of a refusal when nothing more is said.
    'policy-block',
    [
      /\b(?:blocked|banned|filtered|unacceptable|not accepted|not allowed|not permitted|refused|rejected (?:by|due|because|for)|will not be accepted)\b/,
    ],
  ],
];

/** What a reply's own words say; undefined when they leave it open. `words`: any case, on any number of lines. */
export function classOfWords(words: string): BounceClass | undefined {
  const text = words.slice(0, 4000).replace(/\s+/g, ' ').toLowerCase();
  return table.find(([, patterns]) => patterns.some((pattern) => pattern.test(text)))?.[0];
}

/** RFC 3463 section 3, with the codes that IANA has added since. */
const subjects: Readonly<Record<string, BounceClass>> = {
  '1.0': 'unknown',
  '1.1': 'bad-address',
  '1.2': 'bad-address',
  '1.3': 'bad-address',
  '1.4': 'unknown',
  '1.6': 'bad-address',
  '1.7': 'policy-block',
  '1.8': 'policy-block',
  '1.9': 'policy-block',
  '1.10': 'bad-address',
  '2.0': 'unknown',
  '2.1': 'mailbox',
  '2.2': 'mailbox',
  '2.3': 'mailbox',
  '2.4': 'mailbox',
  '3.1': 'mailbox',
  '3.4': 'mailbox',
  '4.1': 'transient',
  '4.2': 'transient',
  '4.3': 'transient',
  '4.4': 'bad-address',
  '4.5': 'transient',
  '4.6': 'transient',
  '4.7': 'transient',
};

/** What a status code (`5.1.1`) says by itself; undefined when it says nothing of use. */
export function classOfStatus(enhanced: string): BounceClass | undefined {
  const [, family, rest = '', subject] = /^([45])\.((\d{1,3})\.\d{1,3})$/.exec(enhanced) ?? [];
  if (!family) return undefined;
  const known = subjects[rest];
  if (known === 'bad-address') return family === '5' ? known : 'transient';
  if (known && known !== 'unknown') return known;
  if (family === '4') return 'transient';
  return subject === '7' || subject === '6' ? 'policy-block' : undefined;
}

/** What a reply code says by itself (RFC 5321 section 4.2.3); undefined when it says nothing of use. */
export function classOfReply(code: string): BounceClass | undefined {
  if (code === '552') return 'mailbox';
  return code.startsWith('4') ? 'transient' : undefined;
}
