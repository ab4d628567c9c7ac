/** What is said of one recipient. */
import type { SuppressionReason } from '../../ports.ts';
import type { LiftableReason } from '../../recipients.ts';
import type { Locale } from '../../rule.ts';

interface RecipientWords {
  title: string;
  lead: string;
  address: string;
  hint: string;
  show: string;
  invalid: string;
  nothing: string;
  mayGo: string;
  noMail: string;
  someMail: string;
  reasons: Record<SuppressionReason, { title: string; means: string }>;
  since: string;
  lift: string;
  /** What somebody must know before they take the address off the list. */
  sureLift: Record<LiftableReason, string>;
  /** Why it cannot be taken off. */
  stays: Record<Exclude<SuppressionReason, LiftableReason>, string>;
  lifted: Record<LiftableReason, string>;
  mayGoNow: string;
  othersStand: string;
  mails: string;
  noMails: string;
  mail: string;
  outcome: string;
  when: string;
  values: string;
  export: string;
  exportWhy: string;
  exportNow: string;
  forget: string;
  forgetWhy: string;
  sure: string;
  erased: string;
  erasedWhy(count: string): string;
}

export const recipientWords: Record<Locale, RecipientWords> = {
  en: {
    title: 'Recipients',
    lead: 'Search for one address: what is kept about it, which mailings it has got, and why it gets no mail.',
    address: 'Mail address',
    hint: 'The whole address. It is not written to any log.',
    show: 'Search',
    invalid: 'This is not one mail address. Write it as name@example.com.',
    nothing: 'Nothing is kept about this address. Mail may go there.',
    mayGo: 'Mail may go to this address.',
    noMail: 'No mail goes to this address.',
    someMail: 'No newsletters go to this address. Receipts and the like still do.',
    reasons: {
      unsubscribe: {
        title: 'Has unsubscribed',
        means: 'The reader used the unsubscribe link of a mailing.',
      },
      'bad-address': {
        title: 'The address does not exist',
        means: 'The receiving server said for good that there is no such mailbox.',
      },
      complaint: {
        title: 'Has reported spam',
        means: 'The reader marked a mailing as spam, and the mail provider told us.',
      },
      erased: {
        title: 'Has been forgotten here',
        means: 'Address and merge values were erased, and only a keyed hash is left.',
      },
    },
    since: 'Since',
    lift: 'Take off the list',
    sureLift: {
      unsubscribe: 'The reader has asked for our mailings again',
      'bad-address': 'The address is rightly spelled, and takes mail now',
    },
    stays: {
      complaint:
        'It cannot be taken off here. More mail to somebody who has reported you harms the delivery to everybody else.',
      erased:
        'It cannot be taken off here: whoever was forgotten should not be mailed again because the address stands in an old list.',
    },
    lifted: {
      unsubscribe: 'The unsubscription is lifted',
      'bad-address': 'The address counts as working again',
    },
    mayGoNow: 'The next mailing may go there.',
    othersStand: 'There is one more reason, so mail still does not go there.',
    mails: 'Mailings',
    noMails: 'No mailing has had this address.',
    mail: 'Mailing',
    outcome: 'Outcome',
    when: 'When',
    values: 'Merge values',
    export: 'Show it to the person',
    exportWhy:
      'A file with all of this, for somebody who asks what you keep about them (GDPR article 15). Make sure first that it is they who ask.',
    exportNow: 'Save as a file (JSON)',
    forget: 'Forget this person',
    forgetWhy:
      'Address and merge values are erased everywhere, what waits is cancelled, and nobody here can mail them again. It cannot be undone.',
    sure: 'Erase all about the person. It cannot be undone.',
    erased: 'The person is forgotten',
    erasedWhy: (count) =>
      count === '1'
        ? 'Erased in one row. A keyed hash stays, so that nobody mails there again.'
        : `Erased in ${count} rows. A keyed hash stays, so that nobody mails there again.`,
  },
  sv: {
    title: 'Mottagare',
    lead: 'Sök på en adress: vad som finns sparat om den, vilka utskick den har fått och varför den inte får mejl.',
    address: 'Mejladress',
    hint: 'Hela adressen. Den skrivs inte i någon logg.',
    show: 'Sök',
    invalid: 'Det här är inte en mejladress. Skriv den som namn@exempel.se.',
    nothing: 'Inget finns sparat om adressen. Mejl får gå dit.',
    mayGo: 'Mejl får gå till adressen.',
    noMail: 'Inga mejl går till adressen.',
    someMail: 'Inga nyhetsbrev går till adressen. Kvitton och liknande går fortfarande.',
    reasons: {
      unsubscribe: {
        title: 'Har avregistrerat sig',
        means: 'Läsaren använde avregistreringslänken i ett utskick.',
      },
      'bad-address': {
        title: 'Adressen finns inte',
        means: 'Mottagarens server svarade slutgiltigt att brevlådan inte finns.',
      },
      complaint: {
        title: 'Har anmält skräppost',
        means: 'Läsaren markerade ett utskick som skräppost, och mejlleverantören talade om det för oss.',
      },
      erased: {
        title: 'Är glömd här',
        means: 'Adress och kopplingsfält är raderade, bara ett nyckelat fingeravtryck finns kvar.',
      },
    },
    since: 'Sedan',
    lift: 'Ta bort från spärrlistan',
    sureLift: {
      unsubscribe: 'Läsaren har själv bett om våra utskick igen',
      'bad-address': 'Adressen är rätt stavad och tar emot mejl nu',
    },
    stays: {
      complaint:
        'Det går inte att ta bort här. Fler mejl till den som har anmält er försämrar leveransen till alla andra.',
      erased:
        'Det går inte att ta bort här: den som är glömd ska inte få mejl igen för att adressen står kvar i en gammal lista.',
    },
    lifted: {
      unsubscribe: 'Avregistreringen är upphävd',
      'bad-address': 'Adressen räknas som fungerande igen',
    },
    mayGoNow: 'Nästa utskick får gå dit.',
    othersStand: 'Det finns ett skäl till, så mejl går fortfarande inte dit.',
    mails: 'Utskick',
    noMails: 'Inget utskick har haft adressen.',
    mail: 'Utskick',
    outcome: 'Utfall',
    when: 'När',
    values: 'Kopplingsfält',
    export: 'Visa det för personen',
    exportWhy:
      'En fil med allt det här, till den som frågar vad ni har sparat (artikel 15 i GDPR). Försäkra dig först om att det är rätt person som frågar.',
    exportNow: 'Spara som fil (JSON)',
    forget: 'Glöm personen',
    forgetWhy:
      'Adress och kopplingsfält raderas överallt, det som väntar avbryts, och ingen här kan mejla personen igen. Det går inte att ångra.',
    sure: 'Radera allt om personen. Det går inte att ångra.',
    erased: 'Personen är glömd',
    erasedWhy: (count) =>
      count === '1'
        ? 'Raderad i en rad. Ett nyckelat fingeravtryck finns kvar, så att ingen mejlar dit igen.'
        : `Raderad i ${count} rader. Ett nyckelat fingeravtryck finns kvar, så att ingen mejlar dit igen.`,
  },
};
