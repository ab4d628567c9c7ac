/** What openapi.json says of clearances and exceptions, in Swedish. */
export const clearancesSwedish: Record<string, string> = {
  'Get the clearance of an audit: the signed permit to send this message':
    'Hämta klarsignalen för en granskning: det signerade tillståndet att skicka mejlet',
  'The clearances of an audit, newest first': 'Klarsignalerna för en granskning, de senaste först',
  'Whether a clearance opens the gate now: signature, time, organisation and revocation':
    'Om en klarsignal gäller nu: signatur, tid, organisation och återkallande',
  'Revoke a clearance: what has not gone out by then stays':
    'Återkalla en klarsignal: det som inte har gått iväg då blir kvar',
  'The exceptions made for the message of an audit, newest first':
    'Undantagen för mejlet i en granskning, de senaste först',
  'Make an exception from one check that should be fixed; for an owner who has signed in, never for a key':
    'Gör undantag från en kontroll som bör åtgärdas. För en ägare som har loggat in, aldrig för en nyckel',
  'End an exception, and revoke every clearance that rests on it':
    'Avsluta ett undantag, och återkalla varje klarsignal som vilar på det',

  'Granted; it is shown this once': 'Given. Den visas bara den här gången',
  'Not granted; `errors` says why, and what to do':
    'Inte given. `errors` säger varför, och vad du gör åt det',
  'The clearances': 'Klarsignalerna',
  'What it is worth; `valid` says whether it may be relied on':
    'Vad den är värd. `valid` säger om det går att lita på den',
  'Revoked, now or before': 'Återkallad, nu eller tidigare',
  'There is no such clearance': 'Klarsignalen finns inte',
  'The exceptions': 'Undantagen',
  'The exception': 'Undantaget',
  'The audit has no result yet, or it failed': 'Granskningen har inget resultat än, eller blev inte klar',
  'No exception was made; `errors` says which field and why':
    'Inget undantag gjordes. `errors` säger vilket fält och varför',
  Ended: 'Avslutat',
  'There is no such exception, or it has ended already': 'Undantaget finns inte, eller har redan tagit slut',
  'This service has no keys to sign with': 'Tjänsten har inga nycklar att signera med',

  'Id of the clearance.': 'Klarsignalens id.',
  'Id of the exception.': 'Undantagets id.',
  'Of the audited message: the clearance fits no other.':
    'För det granskade mejlet: klarsignalen passar inget annat.',
  'Of the key that signed it.': 'För nyckeln som har signerat den.',
  'Ids of the exceptions it rests on.': 'Id för undantagen den vilar på.',
  'Id of the clearance in whose place a mailing got it, by an audit of its own; revoked with that one. null: it was asked for.':
    'Id för klarsignalen som den ersatte åt ett utskick, efter en egen granskning. Återkallas med den. null: någon bad om den.',
  'Id of the person or the API key that asked for it.': 'Id för personen eller API-nyckeln som bad om den.',
  'A clearance as it is kept; the text that opens the gate is shown once, when it is granted.':
    'En klarsignal så som den sparas. Texten som öppnar grinden visas en gång, när den ges.',
  'The clearance itself: a JWS (RFC 7515), signed with Ed25519. Its public keys are at `/.well-known/jwks.json`.':
    'Själva klarsignalen: en JWS (RFC 7515), signerad med Ed25519. De publika nycklarna finns på `/.well-known/jwks.json`.',
  'The exceptions it rests on; it ends with the first of them.':
    'Undantagen den vilar på. Den slutar gälla med det första av dem.',
  'Id of the owner who takes it upon themselves.': 'Id för ägaren som tar det på sig.',
  'A named owner’s recorded exception from one check that should be fixed, for one message.':
    'En namngiven ägares antecknade undantag från en kontroll som bör åtgärdas, för ett mejl.',
  'Id of the check, as the report has it.': 'Kontrollens id, så som det står i rapporten.',
  'Why, in 10 to 1,000 characters.': 'Varför, med 10 till 1 000 tecken.',
  'A day (to its end, UTC) or a time with an offset, at most 90 days ahead.':
    'En dag (till dess slut, UTC) eller en tid med tidszon, högst 90 dagar framåt.',
  'An empty object.': 'Ett tomt objekt.',
  'The clearance, as it was handed over.': 'Klarsignalen, så som du fick den.',
  'Why it opens nothing.': 'Varför den inte gäller.',
  'The same in words, and what to do.': 'Samma sak i ord, och vad du gör.',
  'The organisation.': 'Organisationen.',
  'What it says; only where the signature is ours.': 'Vad den säger. Bara när signaturen är vår.',
};
