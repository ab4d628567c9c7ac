/** What openapi.json says of domains, in Swedish. */
export const domainsSwedish: Record<string, string> = {
  'Audit a sender domain by itself, and wait for the report':
    'Granska en avsändardomän för sig, och vänta på rapporten',
  'The domain, in A-labels.': 'Domänen, i A-labels.',
  'Sending servers of the registered sender that it was judged by; empty: it sends by a system of its own.':
    'Den registrerade avsändarens utskicksservrar, som domänen bedömdes efter. Tomt: den skickar med ett eget system.',
  'A sender domain by itself, without a mail. `partial` is always true: it never earns a clearance, whatever `decision` says.':
    'En avsändardomän för sig, utan mejl. `partial` är alltid true: den ger aldrig klarsignal, vad `decision` än säger.',
  'The domain that readers see in From. An address of the web stands for its domain.':
    'Domänen som läsarna ser i From. En webbadress står för sin domän.',
  'The domain as people read it, where it has such a form that cannot be taken for another name. For showing, beside `domain`; records have A-labels.':
    'Domänen så som människor läser den, om den har en sådan form som inte kan tas för ett annat namn. Att visa bredvid `domain`. Posterna har A-labels.',
  'For people: it opens nothing. null: not every check has an answer, so it would be too high.':
    'För människor: det öppnar inget. null: alla kontroller har inte svar, så det skulle bli för högt.',
  'Envelope subdomain: domain of the Return-Path. Without it a registered sender is judged by its own routes.':
    'Underdomän för utskick: domänen i Return-Path. Utan den bedöms en registrerad avsändare efter sina egna utskicksservrar.',
  'DKIM selector that the mail is signed under; repeatable.':
    'DKIM-selektor som mejlet signeras under. Kan anges flera gånger.',
  'IP address of a server that sends the mail; repeatable.':
    'IP-adress till en server som skickar mejlet. Kan anges flera gånger.',
  'The report. Nothing of it is kept': 'Rapporten. Inget av den sparas',
  'The domain cannot be audited as it was given; `errors` says which field and why':
    'Domänen kan inte granskas så som den angavs. `errors` säger vilket fält det gäller och varför',
  'Too many domains are audited at once; Retry-After says when to try again':
    'För många domäner granskas på en gång. Retry-After säger när det är dags att försöka igen',
  'IP addresses of the servers that send the mail, at most 10. What can be known of them alone is checked then.':
    'IP-adresser till servrarna som skickar mejlet, högst 10. Då kontrolleras också det som rör dem.',

  'The sending server that it is for.': 'Utskicksservern som det gäller.',
  '`later`: other steps come first, or time. `unknown`: nobody can say whether it is done.':
    '`later`: andra steg kommer först, eller tid ska gå. `unknown`: ingen kan säga om det är klart.',
  'When it is time for it; null: as soon as the steps before it are done.':
    'När det är dags för det. null: så snart stegen före är klara.',
  'Findings that say why it does not work, though it stands in DNS.':
    'Iakttagelser som säger varför det inte fungerar, fast det står i DNS.',
  'Days at least after the steps before it.': 'Minst så många dagar efter stegen före.',
  'What has to be seen before the next step; null: nothing.':
    'Vad som ska synas innan nästa steg. null: inget.',
  'What to publish, in order.': 'Vad du ska publicera, i ordning.',
  'The zones that the records stand in, that of the From domain first.':
    'Zonerna som posterna finns i, avsändardomänens först.',
  'Who hosts the zone, by its name servers; null: nobody that we know.':
    'Vem som sköter zonen, enligt dess namnservrar. null: ingen som vi känner till.',
  'The name within its zone, @ at the top. null: the zone is not known.':
    'Namnet inom zonen, @ överst. null: zonen är inte känd.',
  'null: the record is to be taken away.': 'null: posten ska tas bort.',
  'Of an MX record.': 'För en MX-post.',
  'Lines of a zone file; what is to go stands as a comment.':
    'Rader till en zonfil. Det som ska bort står som kommentar.',
  'For whoever hosts the zone where that is known, else for RFC 2136.':
    'För den som sköter zonen om det är känt, annars för RFC 2136.',
  'Where a person makes the change.': 'Var en människa gör ändringen.',
  'RFC 8914, where the resolver gives one.': 'RFC 8914, om DNS-servern anger en.',
  'The SPF tree of each sending server, where they are not all the same.':
    'SPF-trädet för varje utskicksserver, om de inte alla har samma.',
  'Look-ups that find nothing, and how many a receiver stands.':
    'Uppslag som inte hittar något, och hur många en mottagare tål.',
  'How what the mailbox providers have published that they ask stands. Empty where it was not judged.':
    'Hur det står till med det som mejltjänsterna har publicerat att de kräver. Tomt om det inte bedömdes.',
  'Domains of the mailboxes that it asks this for.': 'Domäner vars brevlådor kraven gäller.',
  'Of all that it requires. `met`: what can be seen from here is. `bulk-not-met`: what falls short is asked only of those who send much. `not-observable`: none of it can be seen. It promises no inbox.':
    'Av allt som krävs. `met`: det som går att se härifrån är uppfyllt. `bulk-not-met`: det som brister krävs bara av den som skickar mycket. `not-observable`: inget av det går att se. Det lovar ingen plats i inkorgen.',
  'How it stands, in one sentence.': 'Hur det står till, i en mening.',
  'When the sources were read.': 'När källorna lästes.',
  'Day of the text that was read.': 'Datum för texten som lästes.',
  '`not-observable`: nothing here can see it, so it has not passed. `not-asked`: not of this mail.':
    '`not-observable`: inget här kan se det, så det är inte godkänt. `not-asked`: det krävs inte av det här mejlet.',
  'What it asks, in one sentence.': 'Vad som krävs, i en mening.',
  'Of whom it is asked. `perDay`: of those who send more mails a day.':
    'Vem det krävs av. `perDay`: den som skickar fler mejl per dag än så.',
  'Of whom it is asked, in words.': 'Vem det krävs av, i ord.',
  'Why it is not known, cannot be seen or is not asked; and where it can be seen.':
    'Varför det inte är känt, inte går att se eller inte krävs, och var det går att se.',
  'Checks that decided it.': 'Kontrollerna som avgjorde det.',
  'What its servers answer where it is not met, where that is published.':
    'Vad servrarna svarar när det inte är uppfyllt, om det är publicerat.',
};
