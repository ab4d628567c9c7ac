/**
 * How mailings say that one may leave them, as of 2026-11, from published newsletters and templates. Two kinds:
 * words that mean nothing else, and words that do so only together with what one leaves, since sales copy is
 * full of “stop”, “slippa” and “kündigen”.
 */
const sure: Record<string, RegExp> = {
  en: /\(?\bun\)?-?\s?subscri|\bopt(?:ing)?[ -]?out\b|removal instructions/,
  sv: /\bav-?regi?str|\bav-?prenum|avanm[äa]l|sluta prenumerera|(?:avsluta|s[äa]ga? upp) (?:(?:din|min|er|denna|den h[äa]r) )?prenumeration/,
  no: /avmeld|meld(?:e)? (?:deg|dig|meg|mig) (?:av|fra|ud|ut)\b/,
  da: /afmeld|frameld/,
  fi: /peruuta (?:uutiskir|tila[ua]|postit)|peru (?:tila|uutis|postit)|poistu (?:posti|uutis)?(?:tus)?listal|lopeta (?:uutiskir|tila[ua]|postit)/,
  is: /afskr[áa]|segja? upp áskrift/,
  de: /abmeld|melden sie sich ab|abbestell/,
  nl: /uitschrijv|schrijf (?:je|u) (?:\S{1,30} ){0,2}uit\b|meld (?:je|u) (?:\S{1,30} ){0,2}af\b/,
  fr: /d[ée]s-?(?:abonn|inscri)/,
  es: /\bdar(?:se|te|me)? de baja|\b(?:date|dese|darle) de baja|des-?suscri|cancel(?:ar|a|e) (?:\S{1,30} ){0,3}suscripci|anular (?:\S{1,30} ){0,3}suscripci/,
  ca: /\bdonar-?(?:me|te|se|vos|us)? de baixa|dona'?t de baixa|cancel·?lar (?:\S{1,30} ){0,2}subscripci/,
  gl: /dar(?:se|me)? de baixa/,
  eu: /harpidetza (?:kendu|utzi|ezeztatu)|baja eman/,
  pt: /descadastr|desinscrev|desinscri|cancelar (?:\S{1,30} ){0,3}(?:subscri|inscri)/,
  it: /disiscri|annulla(?:re)? (?:\S{1,30} ?){0,3}iscrizion|cancella(?:ti|rti|mi|rsi) (?:\S{1,30} ){0,3}(?:newsletter|lista|mailing)/,
  pl: /\bwypisz|\bwypisa[ćn]|(?:rezygn\S{0,8}|anuluj\S{0,4}) (?:\S{1,20} ){0,2}(?:subskrypcj|newsletter|otrzymywan)/,
  cs: /odhl[áa][sš]/,
  hu: /leiratkoz/,
  ro: /dezabon/,
  hr: /\bodjav[aiel]/,
  sq: /[çc]regjistroh|[çc]abono/,
  et: /(?:loobu\S{0,6}|t[üu]hista\S{0,4}) (?:\S{1,20} )?(?:uudiskir|tellimus|listi)|(?:uudiskirj\S{0,4}|tellimus\S{0,4}|listist) (?:loobu|t[üu]hista)/,
  lv: /atrakst[īi]ties|atteikties no (?:\S{1,20} )?(?:jaunum|abon|v[ēe]stul)/,
  lt: /atsisaky\S{0,4} (?:\S{1,20} )?(?:prenumerat|naujienlai|gauti)/,
  tr: /abonelikten|aboneli[ğg]i(?:mi|ni|nizi)? iptal|listeden (?:[çc][ıi]k|ayr[ıi]l)/,
  cy: /dad-?danysgrif/,
  ga: /d[íi]o?sh?list[áa]il/,
  vi: /h(?:ủy|uỷ) đăng ký/,
  id: /berhenti berlangganan/,
  el: /απεγγραφ|διαγρα[φψ]\S{0,4} (?:\S{1,20} ){0,3}(?:λίστα|newsletter|συνδρομ)|κατάργηση (?:\S{1,10} )?(?:εγγραφ|συνδρομ)/,
  ru: /отпис(?:ат|ыва|к)|отказ(?:аться)? от (?:\S{1,20} )?(?:рассылк|подписк|получени)/,
  uk: /відпис|скасувати (?:\S{1,20} )?підписк/,
  bg: /отписване|отпишете|отпиши/,
  sr: /одјав/,
  ja: /配信(?:の|を)?(?:停止|解除)|登録(?:の|を)?解除|購読(?:の|を)?(?:解除|停止|中止|キャンセル)|メルマガ(?:の|を)?解除/,
  zh: /退订|退訂|取消订阅|取消訂閱/,
  ko: /수신\s?거부|구독\s?(?:취소|해지)|구독을\s?(?:취소|해지)|수신을\s?거부/,
  ar: /إلغاء (?:ال)?اشتراك|الغاء (?:ال)?اشتراك/,
  fa: /لغو (?:اشتراک|عضویت)/,
  he: /הסר(?:ה)? מרשימ|הסר(?:ה)? מה?רשימ|להסרה|ביטול ה?(?:מנוי|רישום|הרשמה)/,
};

/** Whole phrases with what one leaves in them; they count as a link's text or in a sentence with one. */
const phrases: Record<string, RegExp> = {
  en: /no longer (?:wish|want|would like|like) to (?:receive|hear from|be (?:on|emailed))|no longer (?:receive|get) (?:these|this|our|any)|(?:remove|delete) (?:my|your) (?:e-?mail|address|name)|(?:remove|take) me (?:from|off)\b|(?:removed|taken off|deleted) from (?:\S{1,20} ){0,3}(?:list|mailings?|newsletter)|(?:e-?mail|mailing|communication|subscription|newsletter|notification) (?:preferences|settings)|(?:manage|update|change|edit|modify|cancel|end) (?:this |your |my |e-?mail |newsletter ){1,3}subscriptions?|(?:manage|update|change|turn off) (?:\S{1,20} )?e-?mail notifications|subscription changes|change of subscription|to remove (?:yourself |your (?:name|address|e-?mail) )?from (?:our|this|the) (?:(?:e-?mail|mailing|mail) )?list|(?:rather not|prefer not to|(?:not|n['’]t|no longer) (?:want|wish|like|care) to|stop) hear(?:ing)? from (?:us|me)|(?:remove|take|delete|drop|strike) you (?:from|off) (?:(?:our|the|this|my) )?(?:(?:e-?mail|mailing|mail|newsletter) )?(?:list|mailings?|newsletter)/,
  sv: /ta(?:s|r)? bort (?:mig|dig) (?:från|ur)|stryk mig|inte l[äa]ngre (?:vill |[öo]nskar )?(?:ha|f[åa]|ta emot) (?:det|dem|de här|den|dessa|detta|fler|mer|våra|vårt)(?!\p{L})|(?:hantera|[äa]ndra|uppdatera) (?:din|min|dina|mina) prenumeration|(?:(?:tar|plockar) (?:vi|jag) bort|(?:stryker|raderar) (?:vi|jag)|(?:vi|jag) (?:stryker|tar bort|plockar bort)) (?:dig|er)(?! (?:från|ur) (?!v[åa]r|\S{0,20}(?:list|utskick|brev|mejl|mail)))|(?:blir|[äa]r) du (?:borttagen|struken)|tas du bort|(?:inte|ej|slippa|sluta) (?:l[äa]ngre )?(?:vill )?h[öo]ra (?:av|från|ifrån) oss|(?:mejl|mail|utskicks|prenumerations)-?inst[äa]llning/u,
  de: /(?:newsletter|e-?mail|abo(?:nnement)?)-?einstellungen/,
  fr: /pr[ée]f[ée]rences (?:de |d['’])?(?:communication|e-?mail|abonnement|courriel|contact)/,
  nl: /(?:e-?mail|nieuwsbrief|mail)-?voorkeuren/,
  es: /preferencias de (?:correo|e-?mail|suscripci|comunicaci)/,
  pt: /prefer[êe]ncias de (?:e-?mail|subscri|comunica)/,
  it: /preferenze (?:di |per (?:le )?)?(?:e-?mail|newsletter|iscrizione|comunicazion)/,
  fi: /hallitse (?:tilaus|postitus|uutiskir)|tilauksen hallin/,
};

/** Ends something; what, another word must say. */
const ends: Record<string, RegExp> = {
  en: /no longer|not interested|(?:not|n['’]t) (?:wish|want|like)\b(?! to (?!receive|get|hear))|(?:not to|rather not|stop) (?:receiv|get|hear)|stop (?:sending|these|this|all|our)|(?:be|been|get) (?:removed|taken off|deleted)|(?:remove|delete) (?:me|yourself)|take (?:me|yourself) off|\b(?:leave|cancel|quit)\b(?! any ?time)|\bend (?:this|the|your|my|our)\b|turn off|sign(?:ing)? off|no more (?:of (?:these|our|your) |such |marketing )?(?:e-?mails?|mails|newsletters?|mailings?|messages)/,
  sv: /avb[öo]j|avbest[äa]ll|avsluta|s[äa]g(?:a|er)? upp|sluta (?:att )?f[åa]|slippa|stoppa|(?:inte|ej) (?:l[äa]ngre )?(?:vill|[öo]nskar) (?:l[äa]ngre )?(?:ha|f[åa]|ta emot|vara (?:kvar|med|på)|st[åa] (?:kvar|med|på))|(?:vill|[öo]nskar) (?:du |ni |jag )?(?:inte|ej) (?:l[äa]ngre )?(?:ha|f[åa]|ta emot|vara (?:kvar|med|på)|st[åa] (?:kvar|med|på))|tacka nej|avs[äa]g|sluta prenumerera|ta(?:s|r)? bort|l[äa]mna|g[åa] ur|inga fler/,
  da: /afbestil|opsig|(?:ikke|ikkje) (?:lenger |l[æe]ngere )?(?:[øo]nsk|vil|motta|modtage|f[åa])|stopp?/,
  de: /k[üu]ndig|austragen|nicht (?:mehr|l[äa]nger)|kein(?:e|en)? (?:weiteren? )?/,
  nl: /niet (?:meer|langer)|opzeggen|stoppen/,
  fr: /ne (?:plus|(?:souhaite|veu|voule|d[ée]sire)\S{0,3} (?:pas|plus)) (?:recevoir|[êe]tre)|r[ée]sili/,
  es: /(?:dejar de|no deseas?|no quier[eo]s?) (?:\S{1,30} )?recibir/,
  pt: /(?:deixar de|n[ãa]o (?:desej|quer|pretend)\S{0,6}) (?:\S{1,30} )?receber|remover|cancelar/,
  it: /non (?:desider|vuoi|vuole)\S{0,4} (?:più )?ricever|cancella|disdi/,
  pl: /nie chcesz|rezygn|anuluj/,
  fi: /peruut|lopeta|poista|en halua/,
};

/** What one leaves, so that it can be no other mail than this; beside a link nothing less will do. */
const these: Record<string, RegExp> = {
  en: /\b(?:these|this|our|any|more|further|future|such|of the|the) (?:\S{1,20} ){0,2}(?:e-?mails?|mails?|messages?|newsletters?|mailings?|mailing list|list|updates|communications)\b|\b(?:e-?mails?|messages?|newsletters?|updates) from (?:us|me)\b|\b(?:mailing|e-?mail|mail|our|this) ?list\b/,
  sv: /(?:fler|våra|vårt|dessa|de här|det här|detta|den här typen av) (?:\S{1,20} )?(?:mejl|mail|utskick|brev|nyhetsbrev|e-post|meddelanden)|(?:vår|denna|den här) (?:\S{1,20} )?(?:\S{0,20}list[ao])(?!\p{L})|(?:nyhets|medlems|vecko|m[åa]nads|kund)brev(?:et|en)?(?!\p{L})|\b(?:utskicken|utskicket|mejlen|breven|nyhetsbrevet|nyhetsbreven|brevet|listan|s[äa]ndlistan|e-postlistan|utskickslistan)(?!\p{L})|(?:mejl|mail|utskick|brev|nyhetsbrev|e-post) från oss/u,
  da: /nyhedsbrevet|nyhetsbrevet|flere (?:mails?|e-?mails?|e-?poster?|nyhedsbreve|nyhetsbrev)/,
  de: /(?:diesen?|unseren?|weiteren?|mehr) (?:\S{1,20} )?(?:newsletter|e-?mails?|mailings?)|newsletter (?:mehr|nicht|k[üu]ndig|austragen)|verteiler|keine (?:weiteren )?(?:e-?mails|newsletter)/,
  nl: /(?:deze|onze|geen|meer) (?:\S{1,20} )?(?:e-?mails?|nieuwsbrie\S{0,4}|mailings?)|nieuwsbrief/,
  fr: /(?:nos|ces|cette|notre|de) (?:\S{1,20} )?(?:e-?mails?|newsletters?|messages?|communications?|courriels?|lettres?)/,
  es: /(?:estos|nuestros|más|este) (?:\S{1,20} )?(?:correos?|e-?mails?|mensajes|bolet)|newsletter|bolet[ií]n/,
  pt: /(?:estes|nossos|mais|este) (?:\S{1,20} )?(?:e-?mails?|mensagens)|newsletter|lista de/,
  it: /(?:queste|nostre|altre|più) (?:\S{1,20} )?(?:e-?mail|comunicazioni|newsletter)|newsletter|mailing list/,
  pl: /newsletter|wiadomości|mailing/,
  fi: /uutiskir|postituslist|sähköposte/,
};

/** The same as the whole text of a link, where fewer words will do. */
const any =
  /\b(?:e-?mails?|mails?|messages|newsletters?|mailings?|list|subscriptions?|membership)\b|mejl|utskick|nyhetsbrev|brevet|listan|prenumeration|nyhedsbrev|verteiler|nieuwsbrie|correos?|abonnement|e-?post|remove me\b|(?:ta bort|stryk) mig/;

/** Settings of something: of mail, perhaps. */
const settings =
  /preferen[cz]|pr[ée]f[ée]renc|prefer[êe]nc|\bsettings|\bprofile\b|voorkeuren|einstellungen|inst[äa]llning|indstilling|innstilling|hallitse|\bsubscriptions?\b|prenumeration|abonnement|ביטול|הסר|отказ|cancellazione|(?:hantera|[äa]ndra|uppdatera|manage|update|change) (?:\S{1,20} )?(?:utskick|mejl|nyhetsbrev|e-?mails?\b|newsletters?)/;

const one = (of: Record<string, RegExp>) =>
  new RegExp(
    Object.values(of)
      .map(({ source }) => source)
      .join('|'),
    'iu',
  );

export const unsubscribe = {
  sure: one(sure),
  phrases: one(phrases),
  ends: one(ends),
  these: one(these),
  any: new RegExp(any, 'iu'),
  settings: new RegExp(settings, 'iu'),
  /** Languages that the words are of, by their tags; `und`: nobody has said. */
  languages: new Set([...Object.keys(sure), 'und', 'mul', 'nb', 'nn', 'sk', 'sl', 'bs', 'iw', 'mk']),
};

/** Words of an address, or of the name of a merge field, that are of no other use. */
export const unsubscribeAddress = new RegExp(
  [
    /unsub|un-sub|mailman\/(?:listinfo|options)|opt[-_]?out|avregist|avprenum|avanm|avmeld|afmeld|abmeld|abbestell|uitschrij|desabon|desinscri|disiscri/,
    /(?:e?mail|subscription|newsletter|communication|notification|manage|update|edit|list)\S{0,20}preferenc|^[{[*%#<$@~][^/:]{0,60}preferenc|update_?profile|delivery_info|^[{[*%#<$@~!|]{1,3}\s?remove|remove[_-]?(?:me|email|@)/,
    /(?:list|subscri|newsletter|mailing|majordomo)\S{0,40}[/?=&._-](?:remove|leave|signoff|cancel|manage)\b/,
    /^mailto:[^?\s]{0,100}(?:remove|leave|signoff)|[?&]subject=\W{0,3}(?:remove|stop|leave|off)\b/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'i',
);
/** Those that may be of another. */
export const perhapsAddress = /preferenc|[_/-]prefs|settings|profile|[/_-]remov(?:e|al)/i;

/** A reader leaves by answering: no link is needed. */
export const unsubscribeReply = new RegExp(
  [
    /(?<!\bnot |n['’]t |\bcannot )\b[Rr](?:eply|espond)\b.{0,60}\b(?:[Uu]nsubscribe|REMOVE|STOP|LEAVE|OFF|["“'](?:remove|stop|leave|off)["”'])/,
    /\b(?:[Ss]end|[Ww]rite|[Ee]-?mail|[Aa]nswer)\b.{0,60}\b(?:with|word|subject|stating|saying|message)\b.{0,20}\b(?:[Uu]nsubscribe|REMOVE|STOP|LEAVE|OFF|["“'](?:remove|stop|leave|off)["”'])/,
    /\b(?:[Uu]nsubscribe|be removed|[Oo]pt[ -]?out|no longer)\b.{0,60}\b(?:(?<!not )reply(?:ing)?|respond|e-?mail (?:to|us)|write to|send (?:an? |us )?(?:e-?mail|message|reply))\b/,
    /\b(?:[Ss]vara|[Ss][Mm][Ss]:?a)\s(?:\S{1,20}\s){0,4}["”'“»]?(?:[Aa][Vv](?:regi|REGI|prenu|PRENU|anm|ANM|sluta|SLUTA|best|BEST)|[Ss]topp?\b|STOPP?\b)/,
    /\b(?:[Ss]kicka|[Mm]ejla|[Mm]aila|[Ss]kriv)\s(?:\S{1,40}\s){0,5}["”'“»]?(?:[Aa][Vv](?:regi|REGI|prenu|PRENU|anm|ANM|SLUTA)|STOPP?\b|["”'“»](?:stopp?|avsluta)["”'“«])/,
    /\b(?:[Aa]vregistrer|[Aa]vprenumer|[Aa]vanm|slippa fler|inte l[äa]ngre vill ha)\S{0,10}\s.{0,60}\b(?:svara|skicka|mejla|maila|h[öo]r av|kontakta)\b/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'u',
);
/** The same to a mail address that must stand there. */
export const unsubscribeWrite =
  /\b(?:mejla|maila|skriv till|h[öo]r av dig|kontakta)\s.{0,60}(?:tar vi bort dig|tas du bort|blir du borttagen|stryker vi dig)|\b(?:e-?mail|write to|contact) .{0,60}\bwe(?: will|['’]ll) (?:remove|take) you/iu;

/** A reader can do this in place of opening a link; not where the mail asks them to leave it. */
export const answer = new RegExp(
  [
    /(?<!\p{L})(?<!(?:inte|ej) (?:att )?)svara[r]? (?:(?:du|bara|g[äa]rna|helt enkelt) )?(?:(?:p[åa] |till )?(?:(?:det h[äa]r|detta) )?(?:mejl|mail|brev|utskick|meddeland|nyhetsbrev)(?:et)?(?!\p{L})|(?:med )?["”'“»]?(?:nej|stopp|sluta)(?!\p{L}))/u,
    /(?<![\w-])(?<!(?:\bnot|n['’]t|cannot|never|unable) (?:(?:be|able|possible|please) )?(?:to )?)(?:reply(?:ing)?|respond|write back)(?![\w@-])/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'iu',
);

const mailSv =
  '(?:mejl(?!a)|mail(?!a)|utskick|nyhetsbrev|medlemsbrev|brev(?:et|en)?(?!\\p{L})|e-post|s[äa]ndlist|listan|prenumer|fr[åa]n oss|av oss)';
const leaveSv =
  '(?<!\\p{L})(?:tacka nej|nej tack|sluta|slipp|stopp|avslut|upph[öo]r|avs[äa]g|avb[öo]j|avbryt|undanbe|s[äa]ga? upp|(?:ta|tar|tas|plocka|stryk) (?:bort )?(?:mig|dig)|[åa]terkalla|tr[öo]tt p[åa]|inga fler|f[äa]rre|f[öo]r m[åa]nga|(?:inte|ej) (?:l[äa]ngre )?(?:vill |[öo]nskar )?(?:l[äa]ngre )?(?:ha|f[åa]|ta emot|st[åa]|h[öo]ra)(?!\\p{L}))';
const mailEn =
  '\\b(?:e-?mails?|mails?|mailings?|newsletters?|messages|mailing list|our list|the list|subscriptions?|hear(?:ing)? from us|from us)\\b';
const leaveEn =
  "(?:\\b(?:too many|enough of|tired of|sick of|no more|fewer|stop|quit|cancel|pause|mute|turn off|switch off|withdraw|decline|(?:not|no longer|rather not) (?:want|wish|like|care|interested)|(?:remove|delete|take) (?:me|you|yourself))\\b|n['’]t (?:want|wish|like|care))";

/** Leaving and mail in one breath, in words that nobody has listed: perhaps a way out, whatever the reader does. */
export const unsubscribeHint = new RegExp(
  [
    `${leaveSv}[^.!?\\n]{0,50}?${mailSv}|${mailSv}[^.!?\\n]{0,30}?${leaveSv}`,
    `${leaveEn}[^.!?\\n]{0,50}?${mailEn}|${mailEn}[^.!?\\n]{0,30}?\\b(?:too (?:many|often|much)|not for (?:you|me))\\b`,
    '(?<!\\p{L})svara[^.!?\\n]{0,30}nej tack|\\breply[^.!?\\n]{0,30}no,? thanks?',
    '\\b(?:for|to be|to) remov(?:e|al|ed)\\b[^.!?\\n]{0,40}(?:mailto|@|list)|(?:subject|send)[^.!?\\n]{0,50}\\bremove\\b|\\bremove\\b[^.!?\\n]{0,20}subject|belong on (?:our|this|the)|/remov(?:e|al)(?![\\w-])',
  ].join('|'),
  'iu',
);
