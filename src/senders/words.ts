/** What is said of senders wherever it is said: on pages, in problems, on the command line. */

import type { RehearsalProblem } from '../received.ts';
import type { Locale } from '../rule.ts';
import type { RecordToPublish, RouteGap, SenderErrorCode, Senders } from './sender.ts';

type Ended<K extends keyof Senders> = Awaited<ReturnType<Senders[K]>>;

interface SenderWords {
  errors: Record<SenderErrorCode, string>;
  /** What to do where we cannot name a record. */
  gaps: Record<RouteGap, string>;
  /** What a record is for. */
  records: Record<RecordToPublish['why'], string>;
  /** How a look for the TXT record ended. */
  checks: Record<Ended<'check'>, string>;
  inUse: string;
  rehearsals: Record<Exclude<Ended<'rehearse'>['kind'], 'judged'>, string>;
  /** What a rehearsal that arrived has shown: what happens to the mail, why, and exactly what to do. */
  problems: Record<RehearsalProblem, { title: string; why: string; how: string }>;
  /** Of a route whose bounces do not come to us. */
  unseenBounces: { accepted: string; question: string; accept: string; withdraw: string };
}

export const senderWords: Record<Locale, SenderWords> = {
  en: {
    errors: {
      'domain-invalid':
        'This is not a domain. Write what stands after @ in a mail address, such as example.org.',
      'domain-www':
        'This is the name of a web server. Mail is sent from the domain without www, which stands for the names below it too: add that one.',
      'domain-public-suffix':
        'Many share this ending, so nobody can register it. Write your own domain, with your name in front.',
      'sender-missing': 'This domain is not registered here. Add it first.',
      'sender-taken': 'Another organisation here has this domain.',
      'senders-pending-too-many':
        'Twenty domains are waiting to be proved, so no more can be added. Publish the TXT record of one and check it, or remove one that you do not need.',
      'transport-unknown': 'There is no sending server by that name. Choose one of those that are set up.',
      'mail-from-invalid':
        'This is not a domain that can take bounces. Use letters, digits and hyphens, such as mail.example.org.',
      'mail-from-outside':
        'The sending subdomain must stand below the sender’s own domain, such as mail.example.org for example.org.',
      'mail-from-shared':
        'This subdomain is in use already, by another sending server or as a sender. Bounces would go astray. Choose another name for this one.',
      'role-invalid': 'A sending server is primary or reserve. Choose one of the two.',
      'role-taken':
        'Another sending server has this role for the domain. Remove that one first, or choose the other role.',
      'route-missing': 'This sending server is not set up for the domain.',
      'owner-only':
        'Nothing has changed: only an owner who is signed in may accept that bounces are not seen. Ask an owner to do it under Senders.',
      'bounces-not-unseen':
        'There is nothing to accept: the latest rehearsal has not shown that bounces stay away. Rehearse the server first.',
      'dkim-selector-invalid':
        'A DKIM selector has letters, digits and hyphens, such as klarsignal. Leave it empty and we choose one.',
      'warm-up-unknown': 'There is no warm-up plan by that name. Choose one of the plans, or none.',
      'on-bounces-invalid':
        'Too many bounces either switch the server or pause the mailing. Choose switch or pause.',
    },
    gaps: {
      proof:
        'Show first that the domain is yours: publish its TXT record above and check it. The records for this sending server are shown then.',
      transport:
        'This sending server is no longer set up, so no mail goes by it. Ask whoever runs the service to set it up again, or remove it here.',
      'ses-dkim':
        'Amazon SES has not told us its DKIM keys yet. Add the domain as an identity in SES, publish the three CNAME records that it shows, and check again here.',
      spf: 'We do not know how this provider wants to stand in SPF. Ask it: “Which include should my SPF record have?” Publish that for the sending subdomain, as v=spf1 include:… ~all.',
      receiver:
        'Nothing here receives bounces yet, so we would not hear which addresses fail. Ask whoever runs the service to set up the receiver; then an MX record is shown here.',
    },
    records: {
      proof: 'Shows that the domain is yours',
      mx: 'Receives bounces',
      spf: 'Says that the sending server may send (SPF)',
      dkim: 'Holds the key that the mail is signed with (DKIM)',
    },
    checks: {
      active: 'The record is there. Mail may go from every address in this domain.',
      'not-found':
        'The record is not there, so no mail goes from this domain. Publish it exactly as shown. New records often take some minutes; then check again.',
      taken:
        'Your record is there, but so is that of another organisation here, which has the domain. Mail does not go from here. Remove the other record, then check again.',
      unanswered: 'DNS gave no clear answer, so nothing has changed. Check again in a few minutes.',
      missing: 'This domain is not registered here. Add it first.',
    },
    inUse:
      'A mailing is still to go from this domain, so it stays. Cancel the mailing or let it finish, then remove the domain.',
    rehearsals: {
      missing: 'This sending server is not set up for the domain.',
      unproved:
        'No rehearsal was sent: the domain is not shown to be yours. Publish its TXT record, check it, and rehearse again.',
      'no-receiver':
        'No rehearsal was sent: nothing here can receive it. Ask whoever runs the service to set up the receiver.',
      'not-arrived':
        'The rehearsal was sent but has not arrived, so this server does not stand ready. Check that the receiver can be reached on port 25, and rehearse again.',
      refused:
        'The sending server refused the rehearsal, so it does not stand ready. Do as its answer says, and rehearse again.',
    },
    problems: {
      unreadable: {
        title: 'What arrived is not the message that was sent',
        why: 'The sending server, or one after it, changed it so that it can no longer be read.',
        how: 'Ask the provider to pass mail on unchanged: no footers, no rewriting. Then rehearse again.',
      },
      'from-other': {
        title: 'It arrived from another domain',
        why: 'The sending server put an address of its own in From, so readers would not see you as the sender.',
        how: 'Verify your domain with the provider, so that it lets your From address stand. Then rehearse again.',
      },
      'dkim-absent': {
        title: 'It arrived without your DKIM signature',
        why: 'No signature was made with a key of this sending server for your domain, or one was removed on the way. Without it mail often lands in spam.',
        how: 'With a server of SMTP: ask the provider not to remove DKIM-Signature. With Amazon SES: turn on Easy DKIM for the domain. Then rehearse again.',
      },
      'dkim-failed': {
        title: 'Your DKIM signature does not hold',
        why: 'Either its key is not in DNS as shown here, or the provider changes the message after it was signed.',
        how: 'Publish the DKIM record under Publish the records exactly as it stands. If it is there already, ask the provider to turn off footers, link tracking and open tracking. Then rehearse again.',
      },
      'dkim-not-aligned': {
        title: 'The DKIM signature is for another domain than From',
        why: 'It holds, but DMARC does not count it, since it does not stand for the domain that readers see.',
        how: 'Let the sending server sign with a key of your own domain, as the DKIM record shows. Then rehearse again.',
      },
      'dkim-uncovered': {
        title: 'The DKIM signature leaves out the unsubscribe link',
        why: 'It must cover From, Subject, List-Unsubscribe and List-Unsubscribe-Post. Otherwise Gmail and others do not show the unsubscribe button.',
        how: 'Ask the provider to sign these four header fields, or to leave our own signature alone. Then rehearse again.',
      },
      spf: {
        title: 'SPF did not pass',
        why: 'The SPF record of the domain that the message came from does not name the server that it came from.',
        how: 'Publish the SPF record under Publish the records for the sending subdomain. Ask the provider if it sends from other servers as well. Then rehearse again.',
      },
      'spf-open': {
        title: 'SPF lets anybody send in your name',
        why: 'The SPF record passes every server there is, as with +all. Receivers then trust it no more than none at all.',
        how: 'End the SPF record of the sending subdomain with ~all or -all, and name only your own servers before it. Then rehearse again.',
      },
      'dmarc-missing': {
        title: 'The domain has no DMARC record',
        why: 'Gmail and Yahoo want one from everybody who sends to many.',
        how: 'Publish a TXT record at _dmarc under your domain, such as v=DMARC1; p=none. Then rehearse again.',
      },
      'dmarc-failed': {
        title: 'DMARC did not pass',
        why: 'Neither SPF nor DKIM passed for the domain that readers see in From.',
        how: 'Mend what is said of SPF and DKIM here first. Then rehearse again.',
      },
      'no-tls': {
        title: 'It came to us unencrypted',
        why: 'The sending server did not use TLS on its way to our receiver, so anybody between could read the mail.',
        how: 'Ask the provider to encrypt to servers that offer it. If the provider says it does, whoever runs this service gives the receiver a key and a certificate. Then rehearse again.',
      },
      'reverse-dns': {
        title: 'The sending server has no name of its own in DNS',
        why: 'Its IP address needs a PTR record that names a host, and that host must lead back to the same address. Gmail and others refuse mail from servers without one.',
        how: 'Ask the provider of the server for reverse DNS: a PTR record for the IP address shown here, with a host name whose A or AAAA record is that address. Then rehearse again.',
      },
      unsure: {
        title: 'DNS gave no clear answer',
        why: 'Something could not be looked up, so we cannot say that all is in order.',
        how: 'Rehearse again in a few minutes. If it stays so, ask whoever runs your DNS.',
      },
      'no-events': {
        title: 'Nobody tells us of bounces by this server',
        why: 'Amazon SES keeps bounces to itself unless it is told to send events. Then we do not hear which addresses fail, and go on mailing them.',
        how: 'Whoever runs the service sets a configuration set and the SNS topic for this server, as docs/sending.md says. Then rehearse again.',
      },
      'bounces-elsewhere': {
        title: 'Bounces do not come to us',
        why: 'Either the provider puts an address of its own in the Return-Path, or the MX record of the sending subdomain does not lead here. Then we do not hear which addresses fail, and go on mailing them.',
        how: 'Publish the MX record under Publish the records. If it is there already, ask the provider to let your Return-Path stand. Then rehearse again. If it cannot be done, an owner may accept that bounces are not seen.',
      },
    },
    unseenBounces: {
      accepted:
        'An owner has accepted that bounces by this server do not come here. Its bounce rate is unknown, and addresses that fail by it are mailed again.',
      question:
        'Bounces by this server do not come here. An owner may accept that: the server may then take over, but its bounce rate is unknown, nothing stops a mailing that bounces, and addresses that fail are mailed again.',
      accept: 'Accept that bounces are not seen',
      withdraw: 'Accept it no longer',
    },
  },
  sv: {
    errors: {
      'domain-invalid':
        'Det här är ingen domän. Skriv det som står efter @ i en mejladress, till exempel exempel.se.',
      'domain-www':
        'Det här är namnet på en webbserver. Mejl skickas från domänen utan www, som gäller för namnen under den också: lägg till den.',
      'domain-public-suffix':
        'Den här ändelsen delar många på, så ingen kan registrera den. Skriv din egen domän, med ditt namn först.',
      'sender-missing': 'Domänen är inte registrerad här. Lägg till den först.',
      'sender-taken': 'En annan organisation här har domänen.',
      'senders-pending-too-many':
        'Tjugo domäner väntar på att visas vara dina, så fler kan inte läggas till. Publicera TXT-posten för en av dem och kontrollera den, eller ta bort en som du inte behöver.',
      'transport-unknown': 'Det finns ingen utskicksserver med det namnet. Välj en av dem som är inställda.',
      'mail-from-invalid':
        'Det här är ingen domän som kan ta emot studsar. Använd bokstäver, siffror och bindestreck, till exempel mejl.exempel.se.',
      'mail-from-outside':
        'Underdomänen för utskick måste ligga under avsändarens egen domän, till exempel mejl.exempel.se för exempel.se.',
      'mail-from-shared':
        'Underdomänen används redan, av en annan utskicksserver eller som avsändare. Studsar skulle hamna fel. Välj ett annat namn för den här.',
      'role-invalid': 'En utskicksserver är ordinarie eller reserv. Välj en av dem.',
      'role-taken':
        'En annan utskicksserver har den rollen för domänen. Ta bort den först, eller välj den andra rollen.',
      'route-missing': 'Utskicksservern är inte inställd för domänen.',
      'owner-only':
        'Inget har ändrats: bara en ägare som är inloggad får godta att studsar inte syns. Be en ägare göra det under Avsändare.',
      'bounces-not-unseen':
        'Det finns inget att godta: den senaste provsändningen har inte visat att studsarna uteblir. Provsänd genom servern först.',
      'dkim-selector-invalid':
        'En DKIM-selektor har bokstäver, siffror och bindestreck, till exempel klarsignal. Lämna fältet tomt så väljer vi en.',
      'warm-up-unknown': 'Det finns ingen uppvärmning med det namnet. Välj en av planerna, eller ingen.',
      'on-bounces-invalid':
        'För många studsar byter antingen server eller pausar utskicket. Välj switch eller pause.',
    },
    gaps: {
      proof:
        'Visa först att domänen är din: publicera TXT-posten ovan och kontrollera den. Sedan visas posterna för den här utskicksservern.',
      transport:
        'Utskicksservern är inte längre inställd, så inga mejl går genom den. Be den som driver tjänsten ställa in den igen, eller ta bort den här.',
      'ses-dkim':
        'Amazon SES har inte berättat sina DKIM-nycklar för oss än. Lägg till domänen som identitet i SES, publicera de tre CNAME-poster som visas där och kontrollera igen här.',
      spf: 'Vi vet inte hur leverantören vill stå i SPF. Fråga den: ”Vilken include ska min SPF-post ha?” Publicera den för underdomänen för utskick, som v=spf1 include:… ~all.',
      receiver:
        'Inget här tar emot studsar än, så vi får inte veta vilka adresser som inte fungerar. Be den som driver tjänsten ställa in mottagaren. Då visas en MX-post här.',
    },
    records: {
      proof: 'Visar att domänen är din',
      mx: 'Tar emot studsar',
      spf: 'Säger att utskicksservern får skicka (SPF)',
      dkim: 'Innehåller nyckeln som mejlen signeras med (DKIM)',
    },
    checks: {
      active: 'Posten finns. Mejl får gå från alla adresser i domänen.',
      'not-found':
        'Posten finns inte, så inga mejl går från domänen. Publicera den precis som den visas. Nya poster tar ofta några minuter. Kontrollera sedan igen.',
      taken:
        'Din post finns, men också en för en annan organisation här, som har domänen. Mejl går inte härifrån. Ta bort den andra posten och kontrollera sedan igen.',
      unanswered: 'DNS gav inget tydligt svar, så inget har ändrats. Kontrollera igen om några minuter.',
      missing: 'Domänen är inte registrerad här. Lägg till den först.',
    },
    inUse:
      'Ett utskick ska fortfarande gå från domänen, så den finns kvar. Avbryt utskicket eller låt det bli klart, och ta sedan bort domänen.',
    rehearsals: {
      missing: 'Utskicksservern är inte inställd för domänen.',
      unproved:
        'Ingen provsändning skickades: det är inte visat att domänen är din. Publicera TXT-posten, kontrollera den och provsänd igen.',
      'no-receiver':
        'Ingen provsändning skickades: inget här kan ta emot den. Be den som driver tjänsten ställa in mottagaren.',
      'not-arrived':
        'Provsändningen skickades men har inte kommit fram, så servern står inte redo. Kontrollera att mottagaren nås på port 25 och provsänd igen.',
      refused:
        'Utskicksservern avvisade provsändningen, så den står inte redo. Gör som svaret säger och provsänd igen.',
    },
    problems: {
      unreadable: {
        title: 'Det som kom fram är inte mejlet som skickades',
        why: 'Utskicksservern, eller någon efter den, ändrade mejlet så att det inte längre går att läsa.',
        how: 'Be leverantören att skicka mejl vidare oförändrade: inga sidfötter och ingen omskrivning. Provsänd sedan igen.',
      },
      'from-other': {
        title: 'Det kom från en annan domän',
        why: 'Utskicksservern satte en egen adress i From, så läsarna skulle inte se dig som avsändare.',
        how: 'Verifiera din domän hos leverantören, så att din From-adress får stå kvar. Provsänd sedan igen.',
      },
      'dkim-absent': {
        title: 'Det kom utan din DKIM-signatur',
        why: 'Ingen signatur gjordes med en nyckel som servern har för din domän, eller så togs den bort på vägen. Utan den hamnar mejl ofta i skräpposten.',
        how: 'Med en SMTP-server: be leverantören att inte ta bort DKIM-Signature. Med Amazon SES: slå på Easy DKIM för domänen. Provsänd sedan igen.',
      },
      'dkim-failed': {
        title: 'Din DKIM-signatur håller inte',
        why: 'Antingen finns nyckeln inte i DNS som den visas här, eller så ändrar leverantören mejlet efter signeringen.',
        how: 'Publicera DKIM-posten under Publicera posterna precis som den står. Finns den redan, be leverantören stänga av sidfötter, länkspårning och öppningsspårning. Provsänd sedan igen.',
      },
      'dkim-not-aligned': {
        title: 'DKIM-signaturen gäller en annan domän än From',
        why: 'Den håller, men DMARC räknar den inte, eftersom den inte gäller domänen som läsarna ser.',
        how: 'Låt utskicksservern signera med en nyckel för din egen domän, som DKIM-posten visar. Provsänd sedan igen.',
      },
      'dkim-uncovered': {
        title: 'DKIM-signaturen utelämnar avregistreringslänken',
        why: 'Den måste täcka From, Subject, List-Unsubscribe och List-Unsubscribe-Post. Annars visar Gmail och andra inte knappen för att avregistrera sig.',
        how: 'Be leverantören signera de fyra raderna i mejlhuvudet, eller låta vår signatur vara. Provsänd sedan igen.',
      },
      spf: {
        title: 'SPF godkändes inte',
        why: 'SPF-posten för domänen som mejlet kom från nämner inte servern som det kom från.',
        how: 'Publicera SPF-posten under Publicera posterna för underdomänen för utskick. Fråga leverantören om den skickar från fler servrar. Provsänd sedan igen.',
      },
      'spf-open': {
        title: 'SPF låter vem som helst skicka i ditt namn',
        why: 'SPF-posten godkänner alla servrar som finns, som med +all. Då är den inte mer värd för mottagarna än ingen alls.',
        how: 'Avsluta SPF-posten för underdomänen för utskick med ~all eller -all, och nämn bara dina egna servrar före. Provsänd sedan igen.',
      },
      'dmarc-missing': {
        title: 'Domänen har ingen DMARC-post',
        why: 'Gmail och Yahoo kräver en av alla som skickar till många.',
        how: 'Publicera en TXT-post vid _dmarc under din domän, till exempel v=DMARC1; p=none. Provsänd sedan igen.',
      },
      'dmarc-failed': {
        title: 'DMARC godkändes inte',
        why: 'Varken SPF eller DKIM godkändes för domänen som läsarna ser i From.',
        how: 'Rätta först det som sägs om SPF och DKIM här. Provsänd sedan igen.',
      },
      'no-tls': {
        title: 'Det kom till oss okrypterat',
        why: 'Utskicksservern använde inte TLS på vägen till vår mottagare, så någon på vägen kunde läsa mejlet.',
        how: 'Be leverantören kryptera till servrar som erbjuder det. Säger leverantören att det redan är så, ger den som driver tjänsten mottagaren en nyckel och ett certifikat. Provsänd sedan igen.',
      },
      'reverse-dns': {
        title: 'Utskicksservern har inget eget namn i DNS',
        why: 'Serverns IP-adress behöver en PTR-post som nämner ett värdnamn, och värdnamnet måste leda tillbaka till samma adress. Gmail och andra tar inte emot mejl från servrar utan det.',
        how: 'Be den som driver servern om omvänd DNS: en PTR-post för IP-adressen som visas här, med ett värdnamn vars A- eller AAAA-post är den adressen. Provsänd sedan igen.',
      },
      unsure: {
        title: 'DNS gav inget tydligt svar',
        why: 'Något gick inte att slå upp, så vi kan inte säga att allt är i ordning.',
        how: 'Provsänd igen om några minuter. Fråga den som sköter din DNS om det inte går över.',
      },
      'no-events': {
        title: 'Ingen berättar för oss om studsar genom servern',
        why: 'Amazon SES behåller studsarna för sig själv tills det ställs in att skicka händelser. Då får vi inte veta vilka adresser som inte fungerar, och mejlar dem igen.',
        how: 'Den som driver tjänsten anger en configuration set och ett SNS-ämne för servern, som docs/sending.md beskriver. Provsänd sedan igen.',
      },
      'bounces-elsewhere': {
        title: 'Studsarna kommer inte till oss',
        why: 'Antingen sätter leverantören en egen adress i Return-Path, eller så leder MX-posten för underdomänen för utskick inte hit. Då får vi inte veta vilka adresser som inte fungerar, och mejlar dem igen.',
        how: 'Publicera MX-posten under Publicera posterna. Finns den redan, be leverantören låta din Return-Path stå kvar. Provsänd sedan igen. Går det inte, får en ägare godta att studsarna inte syns.',
      },
    },
    unseenBounces: {
      accepted:
        'En ägare har godtagit att studsar genom servern inte kommer hit. Andelen studsar är okänd, och adresser som inte fungerar får mejl igen.',
      question:
        'Studsar genom servern kommer inte hit. En ägare får godta det: då kan servern ta över, men andelen studsar är okänd, inget stoppar ett utskick som studsar, och adresser som inte fungerar får mejl igen.',
      accept: 'Godta att studsar inte syns',
      withdraw: 'Godta det inte längre',
    },
  },
};
