/** What has happened to a mailing that has ended: it is over, so nothing of it goes on and nobody has to act. */
import type { Said } from '../../../campaigns/words.ts';
import { sayAlert } from '../../../campaigns/words.ts';
import type { AlertRow } from '../../../ports.ts';
import type { Locale } from '../../../rule.ts';

type Data = AlertRow['data'];

const server = ({ provider, route }: Data, other: string) => String(provider ?? route ?? other);
const share = ({ percent }: Data, locale: Locale, other: string) =>
  percent === undefined
    ? other
    : `${new Intl.NumberFormat(locale === 'sv' ? 'sv-SE' : 'en-GB').format(Number(percent))}${locale === 'sv' ? '\u00a0' : ''}%`;

const words: Record<Locale, Readonly<Record<string, (data: Data) => Said>>> = {
  en: {
    'switched-to-reserve': (data) => ({
      title: 'The backup server took over: too many bounces',
      text: `${share(data, 'en', 'Over 5%')} of the mails by ${server(data, 'the primary server')} bounced for good; the limit is 5%. The rest went by ${data.reserve ?? 'the backup server'}. Find out where the bad addresses came from before the next mailing.`,
    }),
    'reserve-took-over': (data) => ({
      title: 'The backup server took over',
      text: `${server(data, 'The primary server')} could not be reached or took no mail, so those who waited then got theirs by ${data.reserve ?? 'the backup server'}. Nobody got the mail twice.`,
    }),
    'primary-is-back': (data) => ({
      title: 'The primary server came back',
      text: `${server(data, 'The primary server')} worked again and carried the mail from then on.`,
    }),
    sandbox: (data) => ({
      title: 'The account could only mail verified addresses',
      text: `${server(data, 'The sending server')} had the account in its sandbox and refused every address that was not verified there. Ask it for production access before the next mailing.`,
    }),
  },
  sv: {
    'switched-to-reserve': (data) => ({
      title: 'Reservservern tog över: för många studsar',
      text: `${share(data, 'sv', 'Över 5\u00a0%')} av mejlen med ${server(data, 'den ordinarie servern')} studsade för gott. Gränsen är 5\u00a0%. Resten gick med ${data.reserve ?? 'reservservern'}. Ta reda på var de dåliga adresserna kom ifrån före nästa utskick.`,
    }),
    'reserve-took-over': (data) => ({
      title: 'Reservservern tog över',
      text: `${server(data, 'Den ordinarie servern')} gick inte att nå eller tog inte emot mejl, så de som väntade då fick sina med ${data.reserve ?? 'reservservern'}. Ingen fick mejlet två gånger.`,
    }),
    'primary-is-back': (data) => ({
      title: 'Den ordinarie servern kom tillbaka',
      text: `${server(data, 'Den ordinarie servern')} fungerade igen och skickade mejlen från och med då.`,
    }),
    sandbox: (data) => ({
      title: 'Kontot kunde bara skicka till bekräftade adresser',
      text: `${server(data, 'Utskicksservern')} hade kontot i sin sandlåda och avvisade alla adresser som inte var bekräftade där. Be om full åtkomst före nästa utskick.`,
    }),
  },
};

/** An alert of a mailing that has ended, told in the past tense. */
export function sayPast(alert: Pick<AlertRow, 'kind' | 'data'>, locale: Locale): Said {
  const say = Object.hasOwn(words[locale], alert.kind) ? words[locale][alert.kind] : undefined;
  return say ? say(alert.data) : sayAlert(alert, locale);
}
