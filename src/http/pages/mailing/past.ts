/** What has happened to a mailing that stands still or has ended: nothing of it goes on. */
import type { Said } from '../../../campaigns/words.ts';
import { sayAlert, sayOverLimit } from '../../../campaigns/words.ts';
import type { AlertRow } from '../../../ports.ts';
import type { Locale } from '../../../rule.ts';

type Data = AlertRow['data'];

const server = ({ provider, route }: Data, other: string) => String(provider ?? route ?? other);
const words: Record<Locale, Readonly<Record<string, (data: Data) => Said>>> = {
  en: {
    'switched-to-reserve': (data) => ({
      title: 'The backup server took over: too many bounces',
      text: `${sayOverLimit('bounce-rate', data, 'en')} So the mailing was switched to ${data.reserve ?? 'the backup server'}. Find out where the bad addresses came from.`,
    }),
    'reserve-took-over': (data) => ({
      title: 'The backup server took over',
      text: `${server(data, 'The primary server')} could not be reached or took no mail, so the mailing was moved to ${data.reserve ?? 'the backup server'}. Nobody got the mail twice.`,
    }),
    'primary-is-back': (data) => ({
      title: 'The primary server came back',
      text: `${server(data, 'The primary server')} worked again, and the mailing was moved back to it.`,
    }),
    'bounces-unseen': (data) => ({
      title: 'The bounce rate was unknown',
      text: `Nothing showed that bounces by ${server(data, 'the sending server')} came here: the MX of its sending subdomain led elsewhere, or could not be looked up. Publish the MX as it stands at Senders before the next mailing.`,
    }),
    'waits-for-server': (data) => ({
      title: 'The mailing waited for its server',
      text: `${server(data, 'The sending server')} could not be reached or took no mail, so those who were left kept their place and waited.`,
    }),
    'events-missing': (data) => ({
      title: 'Events did not reach us',
      text: `${server(data, 'The sending server')} had taken mail for more than an hour, and nothing had been heard of bounces and spam reports. Ask whoever runs the service to look at the topic, its subscription and the configuration set, as docs/sending.md tells under “When no event comes”.`,
    }),
    'clearance-ends': () => ({
      title: 'The mailing got no new clearance',
      text: 'The mail was to be audited again before its clearance ended, and no new clearance came of it. What is left needs one: audit the same mail again, get a new clearance, and resume with it.',
    }),
    sandbox: (data) => ({
      title: 'The account could only mail verified addresses',
      text: `${server(data, 'The sending server')} had the account in its sandbox and refused every address that was not verified there. Ask it for production access before the next mailing.`,
    }),
  },
  sv: {
    'switched-to-reserve': (data) => ({
      title: 'Reservservern tog över: för många studsar',
      text: `${sayOverLimit('bounce-rate', data, 'sv')} Därför byttes utskicket över till ${data.reserve ?? 'reservservern'}. Ta reda på var de dåliga adresserna kom ifrån.`,
    }),
    'reserve-took-over': (data) => ({
      title: 'Reservservern tog över',
      text: `${server(data, 'Den ordinarie servern')} gick inte att nå eller tog inte emot mejl, så utskicket flyttades över till ${data.reserve ?? 'reservservern'}. Ingen fick mejlet två gånger.`,
    }),
    'primary-is-back': (data) => ({
      title: 'Den ordinarie servern kom tillbaka',
      text: `${server(data, 'Den ordinarie servern')} fungerade igen, och utskicket flyttades tillbaka dit.`,
    }),
    'bounces-unseen': (data) => ({
      title: 'Andelen studsar var okänd',
      text: `Inget visade att studsar genom ${server(data, 'utskicksservern')} kom hit: MX för dess sändande subdomän ledde någon annanstans eller gick inte att slå upp. Publicera MX som den står under Avsändare före nästa utskick.`,
    }),
    'waits-for-server': (data) => ({
      title: 'Utskicket väntade på sin server',
      text: `${server(data, 'Utskicksservern')} gick inte att nå eller tog inte emot mejl, så de som var kvar behöll sin plats och väntade.`,
    }),
    'events-missing': (data) => ({
      title: 'Händelser nådde oss inte',
      text: `${server(data, 'Utskicksservern')} hade tagit emot mejl i mer än en timme, och inget hade hörts om studsar och spamanmälningar. Be den som sköter tjänsten att se på ämnet (topic), prenumerationen och configuration set, så som docs/sending.md beskriver under ”When no event comes”.`,
    }),
    'clearance-ends': () => ({
      title: 'Utskicket fick ingen ny klarsignal',
      text: 'Mejlet skulle granskas om innan klarsignalen gick ut, och det blev ingen ny klarsignal. Det som är kvar behöver en: granska samma mejl igen, hämta en ny klarsignal och fortsätt med den.',
    }),
    sandbox: (data) => ({
      title: 'Kontot kunde bara skicka till bekräftade adresser',
      text: `${server(data, 'Utskicksservern')} hade kontot i sin sandlåda och avvisade alla adresser som inte var bekräftade där. Be om full åtkomst före nästa utskick.`,
    }),
  },
};

/** An alert of a mailing that does not go on now, told in the past tense. */
export function sayPast(alert: Pick<AlertRow, 'kind' | 'data'>, locale: Locale): Said {
  const say = Object.hasOwn(words[locale], alert.kind) ? words[locale][alert.kind] : undefined;
  return say ? say(alert.data) : sayAlert(alert, locale);
}
