/** What openapi.json says of mailings and recipients, in Swedish. */
export const sendsSwedish: Record<string, string> = {
  'Begin a mailing by a clearance': 'Börja ett utskick med en klarsignal',
  'Your mailings, newest first': 'Dina utskick, de senaste först',
  'Hand in the list of recipients of a mailing that awaits one':
    'Lämna in mottagarlistan till ett utskick som väntar på den',
  'The recipients of a mailing, and what became of each':
    'Utskickets mottagare, och hur det gick för var och en',
  'How far a mailing has come, and by which servers':
    'Hur långt ett utskick har kommit, och med vilka servrar',
  'What became of every recipient, as CSV': 'Hur det gick för varje mottagare, som CSV',
  'The lines of the list that were left out, and why, as CSV':
    'Raderna i listan som utelämnades, och varför, som CSV',
  'Pause a mailing: what has been handed over cannot be called back':
    'Pausa ett utskick: det som har lämnats över går inte att ta tillbaka',
  'Cancel a mailing for good: those who wait get nothing':
    'Avbryt ett utskick för gott: de som väntar får inget',
  'Return a mailing to its primary sending server after a switch':
    'Låt ett utskick gå tillbaka till den ordinarie utskicksservern efter ett byte',
  'Let a mailing go on, or begin; everything is checked again first':
    'Låt ett utskick fortsätta, eller börja. Allt kontrolleras igen först',
  'Decide what became of attempts that nobody can tell':
    'Avgör vad som hände med försök som ingen kan säga något om',
  'All that is known of one person (GDPR article 15)': 'Allt som är känt om en person (GDPR artikel 15)',
  'Forget one person (GDPR article 17), and never mail them again':
    'Glöm en person (GDPR artikel 17), och mejla den aldrig mer',

  'The same key and order give the same mailing, however often they are sent.':
    'Samma nyckel och beställning ger samma utskick, hur ofta de än skickas.',
  'Id of the mailing.': 'Utskickets id.',
  'CSV in UTF-8 with column names first: one of email, e-post, address or adress, and one for each merge field. At most 256 MB.':
    'CSV i UTF-8 med kolumnnamn först: email, e-post, address eller adress, och ett för varje kopplingsfält. Högst 256 MB.',
  'One JSON object a line, with `address` and `fields`. At most 256 MB.':
    'Ett JSON-objekt per rad, med `address` och `fields`. Högst 256 MB.',
  '`next` of the page before.': '`next` från sidan före.',
  'Stands anywhere in the address.': 'Finns någonstans i adressen.',
  'Only those in this state.': 'Bara de i det här läget.',
  'Mail address of the person, percent-encoded.': 'Personens mejladress, procentkodad.',

  'The same order had made this mailing before': 'Samma beställning hade redan gjort utskicket',
  'The mailing is made; Location says where': 'Utskicket är skapat. Location säger var',
  'The request is not well formed, or has no Idempotency-Key':
    'Anropet är inte rätt utformat, eller saknar Idempotency-Key',
  'The Idempotency-Key was used for another order': 'Idempotency-Key har använts till en annan beställning',
  'Not JSON': 'Inte JSON',
  'Nothing was sent or changed; `errors` says why, and what to do':
    'Inget skickades eller ändrades. `errors` säger varför, och vad du gör',
  'This service audits, and sends nothing': 'Den här tjänsten granskar, men skickar inget',
  'The mailings; Link leads to the next page': 'Utskicken. Link leder till nästa sida',
  'The list is taken in, and read from now on': 'Listan är mottagen, och läses från och med nu',
  'There is no such mailing': 'Utskicket finns inte',
  'The mailing is not in a state that allows this': 'Utskickets läge tillåter inte det',
  'The list is larger than 256 MB': 'Listan är större än 256 MB',
  'Neither text/csv nor application/x-ndjson': 'Varken text/csv eller application/x-ndjson',
  'The recipients; Link leads to the next page': 'Mottagarna. Link leder till nästa sida',
  'The mailing and its progress': 'Utskicket och dess förlopp',
  'One recipient a line, with codes for programs and a last column in words. A cell that a spreadsheet would take for a formula has an apostrophe before it':
    'En mottagare per rad, med koder för program och en sista kolumn i ord. En cell som ett kalkylprogram skulle ta för en formel har en apostrof före sig',
  'One line of the list a line, with its number, a code for programs, what stood there, and a last column in words':
    'En rad per rad i listan, med dess nummer, en kod för program, vad som stod där och en sista kolumn i ord',
  'The mailing as it is now': 'Utskicket som det är nu',
  'What is known; an address that is not known has no deliveries and no suppression':
    'Det som är känt. En okänd adress har inga leveranser och står inte på spärrlistan',
  'This is not one mail address': 'Det här är inte en mejladress',
  'Forgotten; a keyed hash stays, so that nobody mails there again':
    'Glömd. Ett nyckelat fingeravtryck finns kvar, så att ingen mejlar dit igen',

  'Id of the clearance that it goes by now.': 'Id för klarsignalen det går på nu.',
  'Before its clearance ends. `audit-again`: the mail is audited again two hours before, and the mailing goes on by a new clearance if all is clear and the mail the same; only for callers with clearances:write. `pause`, when left out: it pauses.':
    'Innan klarsignalen går ut. `audit-again`: vi gör om granskningen två timmar innan den går ut, och utskicket fortsätter på en ny klarsignal om allt är klart och mejlet detsamma. Bara för den som har clearances:write. `pause`, när det utelämnas: det pausas.',
  'What happens before that.': 'Vad som händer före det.',
  'Id of the audit that is to bring the next clearance; null: none yet.':
    'Id för granskningen som ska ge nästa klarsignal. null: ingen än.',
  'Why no clearance follows the present one, as a code; null: nothing stands against it.':
    'Varför ingen klarsignal följer på den nuvarande, som en kod. null: inget hindrar det.',
  'When the last recipient has its turn by the set pace and the warm-up; null: as fast as the servers take it, or nobody can know.':
    'När den sista mottagaren får sin tur, efter inställd takt och uppvärmning. null: så fort servrarna tar emot, eller så kan ingen veta.',
  'The sending server of its first mail, as far as is known now; null once it has begun.':
    'Utskicksservern för det första mejlet, så vitt det går att veta nu. null när utskicket har börjat.',
  'ISO 3166-1, two letters.': 'ISO 3166-1, två bokstäver.',
  'Why it is another than the one that was chosen, or why it pauses; null: it is that one.':
    'Varför det är en annan än den som valts, eller varför utskicket pausas. null: det är den valda.',
  'true: it pauses before its first mail.': 'true: det pausas innan det första mejlet går.',
  'Those who are left, when all of them are to be tried again later; null: others are left too.':
    'De som är kvar, när alla ska försökas igen senare. null: andra är också kvar.',
  'When the first of them is tried again.': 'När den första försöks igen.',
  'true: their servers asked for that.': 'true: deras servrar bad om det.',
  'When it will pause, since its clearance ends before all have had their turn; null: it will not.':
    'När det kommer att pausas, eftersom klarsignalen går ut innan alla har fått sin tur. null: det gör det inte.',
  'What stands before it although it goes, in words.': 'Vad det har framför sig fast det går iväg, i ord.',
  '0 to 1, of the list, over the days of the step.': '0 till 1, av listan, över stegets dagar.',
  'On one day.': 'På en dag.',
  'The plan with its dates, for this list.': 'Planen med sina datum, för den här listan.',
  'Of From.': 'Den i From.',
  'Why it stands still; while it is preparing, why it will.':
    'Varför det står stilla. Medan det förbereds: varför det kommer att göra det.',
  'Not before.': 'Tidigast.',
  'Sending server that is to carry it.': 'Utskicksservern som ska skicka det.',
  'Why it goes by the backup server until a person returns it; null: it does not.':
    'Varför det går med reservservern tills en person byter tillbaka. null: det gör det inte.',
  'When DNS was last found as it was audited.': 'När DNS senast var som vid granskningen.',
  'A list is being read in.': 'En lista läses in.',
  'Lines of the list, those left out included.': 'Rader i listan, även de utelämnade.',
  'Lines left out, by code.': 'Utelämnade rader, efter kod.',
  'Recipients by state.': 'Mottagare efter läge.',
  'The signed permit, as it was granted.': 'Det undertecknade tillståndet, så som det gavs.',
  'true: by the standard route, since the domain is not registered; a choice for this mailing alone.':
    'true: via standardvägen, eftersom domänen inte är registrerad. Ett val för bara det här utskicket.',
  'Not before: ISO 8601 with an offset.': 'Tidigast: ISO 8601 med tidszon.',
  'Messages a minute, 1 to 100 000, spread evenly; without it as fast as the servers take it.':
    'Mejl per minut, 1 till 100 000, jämnt spridda. Utan det så fort servrarna tar emot.',
  'true: when the list is in, the mailing waits as `paused` until it is resumed.':
    'true: när listan är inläst väntar utskicket som `paused` tills det får fortsätta.',
  'true: only to see what would go. It waits when its list is in, is never sent, stands in no list of mailings, and is cancelled and forgotten within hours.':
    'true: bara för att se vad som skulle gå iväg. Utskicket väntar när listan är inläst, skickas aldrig, står inte i någon lista över utskick, och avbryts och glöms inom några timmar.',
  'true: whoever has got another version of this mail in the last 30 days (of an audit that this one corrects or repeats, or that does so) is left out, as `earlier-version`.':
    'true: den som har fått en annan version av mejlet de senaste 30 dagarna (ur en granskning som den här rättar eller gör om, eller tvärtom) utelämnas, som `earlier-version`.',
  'Recipients who had got another version of this mail in the 30 days before the list was read, and get this one too.':
    'Mottagare som hade fått en annan version av mejlet de 30 dagarna innan listan lästes, och som får den här också.',
  'It is never sent.': 'Det skickas aldrig.',
  'Id of the member or the key that ordered it.': 'Id för medlemmen eller nyckeln som beställde det.',
  'Id of the member or the key.': 'Medlemmens eller nyckelns id.',
  'What members and keys have done with it, newest first.':
    'Vad medlemmar och nycklar har gjort med det, det senaste först.',
  'As in the order, of a mailing that waits for its first yes (`to-confirm`).':
    'Som i beställningen, för ett utskick som väntar på sitt första ja (`to-confirm`).',
  'Values of the merge fields, by name.': 'Kopplingsfältens värden, efter namn.',
  'Left out: a list follows by PUT.': 'Utelämnat: en lista följer med PUT.',
  'False: nothing shows that bounces by this server come to us, so its bounce rate is unknown.':
    'False: inget visar att studsar genom servern kommer till oss, så andelen studsar är okänd.',
  '0 to 1; null while too few have gone for it to mean anything, and where bounces are not seen.':
    '0 till 1. null medan för få har gått för att det ska betyda något, och där studsar inte syns.',
  'In which the attempts were made.': 'Då försöken gjordes.',
  'Of those it took, those that bounced.': 'Av dem den tog emot, de som studsade.',
  'For the rate: permanent bounces, and addresses that were refused at once.':
    'För andelen: permanenta studsar, och adresser som avvisades direkt.',
  'Permanent bounces, and addresses that were refused at once.':
    'Permanenta studsar, och adresser som avvisades genast.',
  'Handed over a minute, over the last five.': 'Överlämnade per minut, under de senaste fem.',
  'When all will have had their turn.': 'När alla har haft sin tur.',
  'The warm-up of the sender, where one is under way.': 'Avsändarens uppvärmning, när en pågår.',
  'To be given as `after`; null on the last page.': 'Ges som `after`. null på sista sidan.',
  'From 1, in the order of the list.': 'Från 1, i listans ordning.',
  'null once erased.': 'null när den är raderad.',
  'How many times it has been taken up.': 'Hur många gånger den har tagits upp.',
  'What the server or the bounce said.': 'Vad servern eller studsen sade.',
  'A new one for the same message, where the old one has ended.':
    'En ny för samma mejl, där den gamla har gått ut.',
  'sent: they count as sent. not-sent: they are sent now, so be sure.':
    'sent: de räknas som skickade. not-sent: de skickas nu, så var säker.',
  'Every reason why no more mail goes there, the gravest first; none: mail may go.':
    'Alla skäl till att inga fler mejl går dit, det tyngsta först; inget: mejl får gå.',
  'How many knew the address.': 'Hur många som kände till adressen.',
};
