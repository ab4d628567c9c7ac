/**
 * How mailings say that one may leave them, as of 2026-11. Generous on purpose: a wording that is missing here
 * would hold back a sound mail. From published newsletters and templates in the languages of Europe.
 */
const wordings: Record<string, RegExp> = {
  en: /\(?un\)?-?\s?subscri|opt(?:ing)?[ -]?out|sign(?:ing)? off|no longer (?:wish|want|like to|interested|receive|get)|not (?:wish|want|like) to (?:receive|get|hear)|don['’]t (?:wish|want|like) to (?:receive|get|hear)|(?:not|don['’]t) (?:wish|want) (?:these|this|any|more|further|our)|(?:not to|rather not) (?:receive|get|hear)|stop (?:receiving|getting|these|this|sending)|(?:be|been|get) (?:removed|taken off|deleted from)|(?:remove|delete) (?:me|yourself|(?:my|your) (?:e-?mail|address|name))|take (?:me|yourself|(?:my|your) (?:name|address|e-?mail)) off|(?:leave|cancel|end) (?:this|the|your|my|our) (?:\S{1,30} )?(?:list|newsletter|subscription|membership)|(?:manage|update|change|edit|modify|control|adjust|customi[sz]e) (?:\S{1,30} ){0,4}(?:preferences|subscriptions?|notifications?)|update (?:\S{1,30} ){0,2}profile|(?:e-?mail|mail|mailing|communication|subscription|newsletter|notification|contact) (?:preferences|settings)|turn off (?:\S{1,30} ){0,4}(?:e-?mails?|notifications?)|removal instructions|subscription changes|change of subscription/,
  sv: /av-?regi?str|av-?prenum|avanm[äa]l|avb[öo]j|(?:avsluta|s[äa]g(?:a|er)? upp) (?:\S{1,30} ){0,3}(?:prenumeration|utskick|nyhetsbrev|medlemskap|mejl|mail)|sluta (?:att )?f[åa]|slippa |stoppa (?:ut|mejl|mail|nyhet)|inte (?:l[äa]ngre )?(?:vill|[öo]nskar|ha|f[åa]) |(?:vill|[öo]nskar) (?:du |ni |jag )?(?:inte|ej)|ta(?:s|r)? bort (?:mig|dig|din|min|fr[åa]n)|(?:hantera|[äa]ndra|uppdatera|st[äa]ll in|v[äa]lj) (?:\S{1,30} ){0,3}(?:prenumeration|utskick|preferens)|(?:mejl|mail|utskicks|prenumerations|avis(?:erings)?)-?inst[äa]llning/,
  no: /avmeld|meld(?:e)? (?:deg|dig|meg|mig) (?:av|fra|ud|ut)|(?:ikke|ikkje) (?:lenger |l[æe]ngere )?(?:[øo]nsk|vil|motta|modtage|f[åa])|administrer|endre (?:\S{1,30} ){0,3}(?:preferanse|innstilling|abonnement)/,
  da: /afmeld|frameld|afbestil|opsig|[æa]ndre? (?:\S{1,30} ){0,3}(?:pr[æa]ferenc|indstilling|abonnement)/,
  fi: /peruut|peru (?:tila|uutis|postit)|lopeta|poistu|poista (?:\S{1,30} ){0,2}(?:postitus|listalta)|tilauksen hallin|en halua|hallitse/,
  is: /afskr[áa]/,
  de: /abmeld|melden sie sich ab|abbestell|austragen|k[üu]ndigen|nicht (?:mehr|l[äa]nger) (?:erhalten|bekommen|empfangen)|keine (?:weiteren )?(?:e-?mails?|newsletter)|(?:einstellungen|abonnement) (?:\S{1,30} ){0,2}(?:[äa]ndern|verwalten)/,
  nl: /afmeld|meld (?:je|u) (?:\S{1,30} ){0,2}af|uitschrijv|schrijf (?:je|u) (?:\S{1,30} ){0,2}uit|niet (?:meer|langer) (?:wil|wenst|ontvang)|opzeggen|voorkeuren/,
  fr: /d[ée]s(?:abonn|inscri)|ne (?:plus|souhaitez plus|voulez plus) (?:recevoir|[êe]tre)|r[ée]sili(?:er|ation)|g[ée]rer (?:\S{1,30} ){0,3}(?:pr[ée]f[ée]rences|abonnement)|vos pr[ée]f[ée]rences/,
  es: /dar(?:se|te|me)? de baja|de baja|des-?suscri|cancel(?:ar|a|e) (?:\S{1,30} ){0,3}suscripci|anular (?:\S{1,30} ){0,3}suscripci|(?:dejar de|no deseas?|no quier[eo]s?|no desea) (?:\S{1,30} )?recibir|preferencias/,
  pt: /descadastr|desinscrev|desinscri|cancelar (?:\S{1,30} ){0,3}(?:subscri|inscri|assinatura|registo)|(?:deixar de|n[ãa]o (?:desej|quer|pretend)\S*) (?:\S{1,30} )?receber|remover (?:\S{1,30} ){0,3}(?:e-?mail|lista)|prefer[êe]ncias/,
  it: /disiscri|disdi|annulla(?:re)? (?:\S{1,30} ?){0,3}iscrizion|cancella(?:ti|rti|mi|zione)|non (?:desider|vuoi|vuole|ricever)|preferenze/,
  pl: /wypis|rezygn|anuluj|subskrypcj|nie chcesz/,
  cs: /odhl[áa]|odb[ěe]r/,
  hu: /leiratkoz/,
  ro: /dezabon/,
  et: /loobu|t[üu]hista/,
  lv: /atteikties|atrakst/,
  lt: /atsisaky/,
  tr: /abonelikten|aboneliği iptal/,
  el: /διαγραφ|διαγράψ|απεγγραφ|κατάργηση/,
  ru: /отпис|отказ/,
  uk: /відпис|скасувати/,
  ja: /配信停止|登録解除|購読解除|配信解除/,
  zh: /退订|退訂|取消订阅|取消訂閱/,
  ko: /수신거부|수신 거부|구독 취소|구독취소/,
  ar: /إلغاء الاشتراك|الغاء الاشتراك/,
  he: /הסרה|להסיר|ביטול/,
};

/** Words of a text that say so. */
export const unsubscribeWords = new RegExp(
  Object.values(wordings)
    .map(({ source }) => source)
    .join('|'),
  'iu',
);

/** Words of an address, or of the name of a merge field. */
export const unsubscribeAddress = new RegExp(
  [
    /unsub|un-sub|mailman\/(?:listinfo|options)|opt[-_]?out|avregist|avprenum|avanm|avmeld|afmeld|abmeld|abbestell|uitschrij|desabon|desinscri|disiscri/,
    /preferenc|[_/-]prefs|update_?profile|delivery_info|remove[_-]?(?:me|email|@)/,
    /(?:list|subscri|newsletter|mailing|majordomo)\S{0,40}[/?=&._-](?:remove|leave|signoff|cancel|manage)\b/,
    /^mailto:[^?\s]{0,100}(?:remove|leave|signoff)|[?&]subject=\W{0,3}(?:remove|stop|leave|off)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'i',
);

/** A reader leaves by answering: no link is needed. */
export const unsubscribeReply = new RegExp(
  [
    /\b(?:reply|respond|answer|send|write|e-?mail)\b.{0,60}\b(?:with|word|subject|stating|saying|message)\b.{0,30}\b(?:unsubscribe|remove|stop|leave|off)\b/,
    /\b(?:unsubscribe|be removed|opt[ -]?out|no longer)\b.{0,60}\b(?:(?<!not )reply(?:ing)?|respond|e-?mail (?:to|us)|write to|send (?:an? |us )?(?:e-?mail|message|reply))\b/,
    /\b(?:svara|skicka|mejla|maila|skriv)\s.{0,60}(?:avregistrer|avprenumer|avanm|stopp|sluta f)/,
    /\b(?:avregistrer|avprenumer|avanm|slippa|inte l[äa]ngre vill)\S{0,10}\s.{0,60}\b(?:svara|skicka|mejla|maila|h[öo]r av|kontakta)\b/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'iu',
);
