/** What is said of senders wherever it is said: on pages, in problems, on the command line. */
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
}

export const senderWords: Record<Locale, SenderWords> = {
  en: {
    errors: {
      'domain-invalid':
        'This is not a domain. Write it without http:// and without an address, such as example.org.',
      'domain-public-suffix':
        'Many share this ending, so nobody can register it. Write your own domain, with your name in front.',
      'sender-missing': 'This domain is not registered here. Add it first.',
      'sender-taken': 'Another organisation here has this domain.',
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
      'dkim-selector-invalid':
        'A DKIM selector has letters, digits and hyphens, such as klarsignal. Leave it empty and we choose one.',
      'warm-up-unknown': 'There is no warm-up plan by that name. Choose one of the plans, or none.',
      'on-bounces-invalid':
        'Too many bounces either switch the server or pause the mailing. Choose switch or pause.',
    },
    gaps: {
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
      mx: 'Brings bounces back to the sending server',
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
  },
  sv: {
    errors: {
      'domain-invalid':
        'Det här är ingen domän. Skriv den utan http:// och utan adress, till exempel exempel.se.',
      'domain-public-suffix':
        'Den här ändelsen delar många på, så ingen kan registrera den. Skriv din egen domän, med ditt namn först.',
      'sender-missing': 'Domänen är inte registrerad här. Lägg till den först.',
      'sender-taken': 'En annan organisation här har domänen.',
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
      'dkim-selector-invalid':
        'En DKIM-selektor har bokstäver, siffror och bindestreck, till exempel klarsignal. Lämna fältet tomt så väljer vi en.',
      'warm-up-unknown': 'Det finns ingen uppvärmning med det namnet. Välj en av planerna, eller ingen.',
      'on-bounces-invalid':
        'För många studsar byter antingen server eller pausar utskicket. Välj switch eller pause.',
    },
    gaps: {
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
      mx: 'För studsar tillbaka till utskicksservern',
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
  },
};
