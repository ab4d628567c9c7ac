/** What openapi.json says of senders, in Swedish. */
export const sendersSwedish: Record<string, string> = {
  'Your senders': 'Dina avsändare',
  'Register a domain as a sender': 'Registrera en domän som avsändare',
  'One sender, with the records to publish': 'En avsändare, med de poster som ska publiceras',
  'Choose a warm-up, or what too many bounces do': 'Välj uppvärmning, eller vad för många studsar leder till',
  'Remove a sender': 'Ta bort en avsändare',
  'Look for the TXT record of a sender now': 'Leta efter avsändarens TXT-post nu',
  'Let a sender’s mail go by a sending server': 'Låt avsändarens mejl gå genom en utskicksserver',
  'Let a sender’s mail go by a sending server no more':
    'Låt inte längre avsändarens mejl gå genom en utskicksserver',
  'Send a rehearsal by a route, and judge what arrives':
    'Skicka en provsändning genom en utskicksserver, och bedöm det som kommer fram',

  'Domain of the sender.': 'Avsändarens domän.',
  'Id of the sending server, as whoever runs the service has set it up.':
    'Utskicksserverns id, så som den som driver tjänsten har ställt in den.',

  'The body is not JSON': 'Innehållet är inte JSON',
  'The senders': 'Avsändarna',
  'The sender': 'Avsändaren',
  'It was registered already': 'Den var redan registrerad',
  'Registered; publish `proof`, then check': 'Registrerad. Publicera `proof` och kontrollera sedan',
  Removed: 'Borttagen',
  'There is no such sender': 'Avsändaren finns inte',
  'There is no such sender, or it does not go by that server':
    'Avsändaren finns inte, eller så använder den inte den utskicksservern',
  'A mailing is still to go from it': 'Ett utskick ska fortfarande gå från den',
  'What was found': 'Vad som hittades',
  'What was asked for cannot be; `errors` says which field and why':
    'Det går inte att göra så. `errors` säger vilket fält och varför',
  'The sender, with the records to publish for the route':
    'Avsändaren, med de poster som ska publiceras för utskicksservern',
  'It arrived; `armed` says whether the route stands ready':
    'Den kom fram. `armed` säger om utskicksservern står redo',
  'It was not sent: the domain is not active, or nothing here can receive it':
    'Den skickades inte: domänen är inte aktiv, eller så kan inget här ta emot den',
  'The sending server refused it; `detail` holds its answer':
    'Utskicksservern avvisade den. `detail` innehåller dess svar',
  'It was sent and has not arrived': 'Den skickades men har inte kommit fram',

  'A record to publish in DNS, exactly as it stands.': 'En post att publicera i DNS, precis som den står.',
  'What the record is for.': 'Vad posten är till för.',
  'A real message by one route to a mailbox that we read.':
    'Ett riktigt mejl genom en utskicksserver till en brevlåda som vi läser.',
  'As RFC 8601 names results; so are `dkim` and `dmarc`.':
    'Resultatet så som RFC 8601 benämner det. Detsamma gäller `dkim` och `dmarc`.',
  'The server that handed it over.': 'Servern som lämnade över det.',
  'Where the mail is processed (ISO 3166-1); empty: it is set up no more.':
    'Landet där mejlen behandlas (ISO 3166-1). Tomt: den är inte längre inställd.',
  'Sending subdomain of its own: domain of the Return-Path.':
    'Egen underdomän för utskick: domänen i Return-Path.',
  'Accept that bounces by a route do not come to us':
    'Godta att studsar genom en utskicksserver inte kommer till oss',
  'Accept it no longer': 'Godta det inte längre',
  'Only an owner who is signed in may, and only what a rehearsal has shown':
    'Bara en ägare som är inloggad får, och bara det som en provsändning har visat',
  'Nothing of what arrived is to be mended.': 'Inget i det som kom fram behöver rättas.',
  'Bounces come to us: the MAIL FROM arrived as it was set, and its MX leads to who tells us of them.':
    'Studsarna kommer till oss: MAIL FROM kom fram som den var satt, och dess MX leder till den som berättar om dem.',
  'Whether DNS led bounces by it to us when it was last asked: at a rehearsal, before each mailing and daily while it is sent, and when the server takes over; null: never.':
    'Om DNS ledde studsar genom den till oss när vi frågade senast: vid en provsändning, före varje utskick och dagligen medan det skickas, och när servern tar över. null: aldrig.',
  'What is to be mended, the gravest first.': 'Vad som ska rättas, det allvarligaste först.',
  'The owner (id) who has accepted that bounces by it do not come to us, and when; null: nobody. Its bounce rate is then unknown.':
    'Ägaren (id) som har godtagit att studsar genom den inte kommer till oss, och när. null: ingen. Andelen studsar är då okänd.',
  'The latest rehearsal passed and is recent, and bounces come to us or that is accepted: it may carry mail as the reserve.':
    'Den senaste provsändningen är godkänd och färsk, och studsarna kommer till oss eller så är det godtaget: den får ta över som reserv.',
  'The latest that ended; null: none has since the route was last changed.':
    'Den senaste som blev klar. null: ingen sedan inställningen senast ändrades.',
  'Records that we cannot name, and what to do.': 'Poster som vi inte kan ange, och vad du gör åt det.',
  'Mail goes only while it is active. pending: its TXT record has not been seen. lapsed: the record has gone.':
    'Mejl går bara när den är aktiv (active). pending: TXT-posten har inte synts. lapsed: posten är borta.',
  'When DNS last gave a clear answer.': 'När DNS senast gav ett tydligt svar.',
  'Plan of the warm-up, and the day it began; null: none.':
    'Vilken uppvärmning, och dagen den började. null: ingen.',
  'What too many bounces do: switch to the reserve, or pause the mailing.':
    'Vad för många studsar leder till: byte till reservservern (switch) eller att utskicket pausas (pause).',
  'The result in words, and what to do.': 'Resultatet i ord, och vad du gör.',
  'Id of the plan; it begins today. null ends it.': 'Planens id. Den börjar i dag. null avslutar den.',
  'switch or pause.': 'switch eller pause.',
  'Sending subdomain: below the sender’s domain, and used for nothing else.':
    'Underdomän för utskick: under avsändarens domän, och inte använd till något annat.',
  'DKIM selector; without one we choose. Amazon SES tells its own.':
    'DKIM-selektor. Utan den väljer vi en. Amazon SES anger sina egna.',
};
