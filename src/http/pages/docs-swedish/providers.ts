/** What openapi.json says of mailbox providers and of the SPF tree, in Swedish. */
export const providersSwedish: Record<string, string> = {
  'Checks that decided it.': 'Kontrollerna som avgjorde det.',
  'Day of the text that was read.': 'Dagen för texten som lästes.',
  'Domains of the mailboxes that it asks this for.': 'Domänerna för de brevlådor som kraven gäller.',
  'How it stands, in one sentence.': 'Hur det står till, i en mening.',
  'How what the mailbox providers have published that they ask stands. Empty where it was not judged.':
    'Hur det står till med det som mejltjänsterna har talat om att de kräver. Tomt där det inte har bedömts.',
  'Look-ups that find nothing, and how many a receiver stands.':
    'Uppslag som inte hittar något, och hur många en mottagare godtar.',
  'Of all that it requires. `met`: what can be seen from here is. `bulk-not-met`: what falls short is asked only of those who send much. `not-observable`: none of it can be seen. It promises no inbox.':
    'Av allt som tjänsten kräver. `met`: det som syns härifrån är uppfyllt. `bulk-not-met`: det som brister krävs bara av den som skickar mycket. `not-observable`: inget av det syns. Det lovar ingen plats i inkorgen.',
  'Of whom it is asked, in words.': 'Av vem det krävs, i ord.',
  'Of whom it is asked. `perDay`: of those who send more mails a day.':
    'Av vem det krävs. `perDay`: av den som skickar fler mejl om dagen.',
  'The SPF tree of each sending server, where they are not all the same.':
    'SPF-trädet för varje utskicksserver, där de inte alla är lika.',
  'What it asks, in one sentence.': 'Vad tjänsten kräver, i en mening.',
  'What its servers answer where it is not met, where that is published.':
    'Vad tjänstens servrar svarar när kravet inte är uppfyllt, om det är publicerat.',
  'When the sources were read.': 'När källorna lästes.',
  'Why it is not known, cannot be seen or is not asked; and where it can be seen.':
    'Varför det inte är känt, inte syns eller inte krävs, och var det går att se.',
  '`not-observable`: nothing here can see it, so it has not passed. `not-asked`: not of this mail.':
    '`not-observable`: inget här kan se det, så det är inte godkänt. `not-asked`: krävs inte av det här mejlet.',
  'Of a domain by itself: its own part is met as far as it can be seen, and the rest takes a mail.':
    'Om en domän för sig: dess egen del är uppfylld så långt det syns, och resten kräver ett mejl.',
};
