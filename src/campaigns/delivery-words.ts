/** What became of one recipient's mail, in words: its state, and what a server said of it. */
import type { DeliveryRow, DeliveryState } from '../ports.ts';
import type { Locale } from '../rule.ts';

interface DeliveryWords {
  states: Record<DeliveryState, { name: string; means: string }>;
  /** By the class of a bounce. */
  bounces: Record<string, string>;
  /** By our own codes and the transports'; of what was suppressed by its reason. */
  codes: Record<string, string>;
  /** By the enhanced status code of RFC 3463 without its class; the first that begins so counts. */
  enhanced: readonly (readonly [code: string, permanent: string, temporary: string])[];
  timeout: string;
  refused: string;
  later: string;
  /** Nothing got as far as the receiver. */
  server: string;
}

const english: DeliveryWords = {
  states: {
    delivered: { name: 'Delivered', means: 'The receiving server has confirmed.' },
    accepted: { name: 'Accepted', means: 'Taken by the sending server, no report yet.' },
    bounced: {
      name: 'Bounced',
      means: 'Came back for good. An address that does not exist goes on the suppression list.',
    },
    rejected: { name: 'Rejected', means: 'Refused when it was handed over. Not tried again.' },
    complained: {
      name: 'Spam report',
      means: 'The reader reported it as spam, and is never mailed again.',
    },
    unknown: { name: 'Unknown', means: 'Cut off in mid-delivery. Held, never sent twice by itself.' },
    sending: { name: 'Being handed over', means: 'On its way to the sending server right now.' },
    pending: { name: 'Waiting', means: 'Not yet handed over.' },
    suppressed: { name: 'Left out', means: 'On the suppression list, so nothing was sent.' },
    cancelled: { name: 'Cancelled', means: 'Nothing was sent, since the mailing was cancelled.' },
  },
  bounces: {
    'bad-address': 'The address does not exist',
    mailbox: 'The mailbox takes no mail',
    'policy-block': 'The receiver blocks the mail',
    transient: 'A temporary fault',
    unknown: 'No clear reason',
  },
  codes: {
    unsubscribe: 'Has unsubscribed',
    complaint: 'Has reported spam',
    'complaint-unproved':
      'Reported as spam, in a report that no known feedback loop has signed: gets no more mail, and is not counted',
    'bad-address': 'The address does not exist',
    erased: 'Has been forgotten here',
    interrupted: 'The service stopped while it was handed over',
    crashed: 'A fault on our side',
    'not-composed': 'The values in the list do not fit the mail',
    size: 'The mail is too large for the sending server',
    messagerejected: 'The sending server does not take the mail as it is',
    badrequestexception: 'The sending server does not take the mail as it is',
  },
  enhanced: [
    ['1.1', 'The address does not exist', 'The address could not be checked'],
    ['1.2', 'The domain takes no mail', 'The domain could not be reached'],
    ['1.10', 'The domain takes no mail', 'The domain could not be reached'],
    ['1.', 'The address is not accepted', 'The address could not be checked'],
    ['2.1', 'The mailbox is closed', 'The mailbox is closed for now'],
    ['2.2', 'The mailbox is full', 'The mailbox is full'],
    ['2.3', 'The mail is too large for the receiver', 'The mail is too large for the receiver'],
    ['2.', 'The mailbox takes no mail', 'The mailbox takes no mail for now'],
    ['3.4', 'The mail is too large for the receiver', 'The mail is too large for the receiver'],
    ['4.', 'The receiving server could not be reached', 'The receiving server could not be reached'],
    ['6.', 'The receiver does not take the mail as it is', 'The receiver does not take the mail as it is'],
    ['7.', 'The receiver blocks the mail', 'The receiver asked us to try again later'],
  ],
  timeout: 'The sending server did not answer in time',
  refused: 'The receiver refused the mail',
  later: 'The receiver asked us to try again later',
  server: 'The sending server does not take our mail',
};

const swedish: DeliveryWords = {
  states: {
    delivered: { name: 'Levererat', means: 'Mottagarens server har bekräftat.' },
    accepted: { name: 'Mottaget', means: 'Utskicksservern har tagit emot det. Ingen rapport än.' },
    bounced: {
      name: 'Studs',
      means: 'Kom tillbaka för gott. En adress som inte finns hamnar på spärrlistan.',
    },
    rejected: { name: 'Avvisat', means: 'Togs inte emot när det lämnades över. Försöks inte igen.' },
    complained: {
      name: 'Spamanmälan',
      means: 'Läsaren anmälde det som skräppost och får aldrig mer mejl.',
    },
    unknown: {
      name: 'Okänt',
      means: 'Avbröts mitt i överlämningen. Hålls kvar, skickas aldrig två gånger av sig självt.',
    },
    sending: { name: 'Lämnas över', means: 'På väg till utskicksservern just nu.' },
    pending: { name: 'Väntar', means: 'Inte överlämnat än.' },
    suppressed: { name: 'Utelämnat', means: 'Står på spärrlistan, så inget skickades.' },
    cancelled: { name: 'Avbrutet', means: 'Inget skickades, eftersom utskicket avbröts.' },
  },
  bounces: {
    'bad-address': 'Adressen finns inte',
    mailbox: 'Brevlådan tar inte emot mejl',
    'policy-block': 'Mottagaren blockerar mejlet',
    transient: 'Ett tillfälligt fel',
    unknown: 'Ingen tydlig orsak',
  },
  codes: {
    unsubscribe: 'Har avregistrerat sig',
    complaint: 'Har anmält skräppost',
    'complaint-unproved':
      'Anmält som skräppost, i en rapport som ingen känd återkopplingstjänst har signerat: får inga fler mejl och räknas inte',
    'bad-address': 'Adressen finns inte',
    erased: 'Är glömd här',
    interrupted: 'Tjänsten stannade medan mejlet lämnades över',
    crashed: 'Ett fel hos oss',
    'not-composed': 'Värdena i listan passar inte mejlet',
    size: 'Mejlet är för stort för utskicksservern',
    messagerejected: 'Utskicksservern tar inte emot mejlet som det är',
    badrequestexception: 'Utskicksservern tar inte emot mejlet som det är',
  },
  enhanced: [
    ['1.1', 'Adressen finns inte', 'Adressen gick inte att kontrollera'],
    ['1.2', 'Domänen tar inte emot mejl', 'Domänen gick inte att nå'],
    ['1.10', 'Domänen tar inte emot mejl', 'Domänen gick inte att nå'],
    ['1.', 'Adressen godtas inte', 'Adressen gick inte att kontrollera'],
    ['2.1', 'Brevlådan är stängd', 'Brevlådan är stängd för tillfället'],
    ['2.2', 'Brevlådan är full', 'Brevlådan är full'],
    ['2.3', 'Mejlet är för stort för mottagaren', 'Mejlet är för stort för mottagaren'],
    ['2.', 'Brevlådan tar inte emot mejl', 'Brevlådan tar inte emot mejl just nu'],
    ['3.4', 'Mejlet är för stort för mottagaren', 'Mejlet är för stort för mottagaren'],
    ['4.', 'Mottagarens server gick inte att nå', 'Mottagarens server gick inte att nå'],
    ['6.', 'Mottagaren tar inte emot mejlet som det är', 'Mottagaren tar inte emot mejlet som det är'],
    ['7.', 'Mottagaren blockerar mejlet', 'Mottagaren bad oss försöka igen senare'],
  ],
  timeout: 'Utskicksservern svarade inte i tid',
  refused: 'Mottagaren avvisade mejlet',
  later: 'Mottagaren bad oss försöka igen senare',
  server: 'Utskicksservern tar inte emot våra mejl',
};

export const deliveryWords: Record<Locale, DeliveryWords> = { en: english, sv: swedish };

type Heard = Pick<DeliveryRow, 'state' | 'code' | 'enhanced' | 'bounceClass'>;

/** What was said of a mail that has not simply gone; undefined: nothing that needs words. */
export function sayAnswer({ state, code, enhanced, bounceClass }: Heard, locale: Locale): string | undefined {
  const words = deliveryWords[locale];
  const own = code === null ? undefined : words.codes[code.toLowerCase()];
  if (own !== undefined) return own;
  const [, grade, detail = ''] = /^([245])\.(\d{1,3}\.\d{1,3})$/.exec(enhanced ?? '') ?? [];
  if (grade === '2') return undefined;
  // A receiver's no ends it: of what still waits, it was our own server that said no.
  if (state === 'pending' && /^5/.test(grade ?? code ?? '')) return words.server;
  const found = words.enhanced.find(([start]) =>
    start.endsWith('.') ? detail.startsWith(start) : detail === start,
  );
  if (found) return grade === '4' ? found[2] : found[1];
  if (bounceClass !== null && bounceClass !== 'unknown') return words.bounces[bounceClass];
  const reply = /^[245]\d\d$/.test(code ?? '') ? code?.[0] : undefined;
  if (reply === '4' || grade === '4') return words.later;
  if (reply === '5' || grade === '5') return words.refused;
  if (reply === '2' || code === null) return bounceClass === null ? undefined : words.bounces.unknown;
  if (/TIMEDOUT|TIMEOUT|ABORTED|CONN|SOCKET|CLOSED/i.test(code)) return words.timeout;
  return state === 'rejected' || state === 'bounced' ? words.refused : words.bounces.unknown;
}

/** State and answer in one line, for a list that a person reads. */
export function sayOutcome(row: Heard, locale: Locale): string {
  const { name } = deliveryWords[locale].states[row.state];
  const answer = sayAnswer(row, locale);
  return answer === undefined ? name : `${name}: ${answer.charAt(0).toLowerCase()}${answer.slice(1)}`;
}
