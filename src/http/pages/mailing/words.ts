/** What pages say of mailings. */
import type { RouteShare } from '../../../campaigns/campaign.ts';
import type { CampaignState, DeliveryState } from '../../../ports.ts';
import type { Locale } from '../../../rule.ts';

export type CampaignLook = CampaignState | 'awaiting' | 'to-confirm';

interface StateWords {
  /** In a list. */
  short: string;
  /** As the heading of its page. */
  heading: string;
}

interface MailingWords {
  states: Record<CampaignLook, StateWords>;
  deliveries: Record<DeliveryState, { name: string; means: string }>;
  routes: Record<RouteShare['state'], string>;
  roles: Record<RouteShare['role'], string>;
  leftOut: Record<string, string>;
  bounces: Record<string, string>;
  nameless: string;
  recipients(count: string): string;
}

export const mailingWords: Record<Locale, MailingWords> = {
  en: {
    states: {
      awaiting: { short: 'Waits for its list', heading: 'The mailing waits for its list' },
      preparing: { short: 'Reads its list', heading: 'The list is being read' },
      'to-confirm': { short: 'Waits for your yes', heading: 'Ready to send' },
      queued: { short: 'In line', heading: 'The mailing is in line' },
      sending: { short: 'Under way', heading: 'Mailing under way' },
      paused: { short: 'Paused', heading: 'The mailing is paused' },
      done: { short: 'Done', heading: 'Mailing done' },
      cancelled: { short: 'Cancelled', heading: 'The mailing is cancelled' },
    },
    deliveries: {
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
    routes: {
      carries: 'Carries the mail now',
      rests: 'Rests',
      unarmed: 'Not ready: no rehearsal has passed',
      stopped: 'Stopped: it does not take mail',
    },
    roles: { primary: 'Primary server', reserve: 'Backup server', standard: 'Standard route' },
    leftOut: {
      'address-invalid': 'no valid mail address',
      duplicate: 'the same address again',
      'already-mailed': 'has got this very mail before',
      'line-unreadable': 'the line cannot be read',
      'list-unreadable': 'the list cannot be read from here on',
      'recipients-too-many': 'more recipients than one mailing can have',
      'field-missing': 'lacks a value that the mail needs',
      field: 'a value does not fit its merge field',
    },
    bounces: {
      'bad-address': 'The address does not exist',
      mailbox: 'The mailbox takes no mail',
      'policy-block': 'The receiver blocks the mail',
      transient: 'A temporary fault',
      unknown: 'No clear reason',
    },
    nameless: '(no subject)',
    recipients: (count) => `${count} recipients`,
  },
  sv: {
    states: {
      awaiting: { short: 'Väntar på sin lista', heading: 'Utskicket väntar på sin lista' },
      preparing: { short: 'Läser listan', heading: 'Listan läses in' },
      'to-confirm': { short: 'Väntar på ditt ja', heading: 'Redo att skickas' },
      queued: { short: 'På tur', heading: 'Utskicket står på tur' },
      sending: { short: 'Pågår', heading: 'Utskicket pågår' },
      paused: { short: 'Pausat', heading: 'Utskicket är pausat' },
      done: { short: 'Klart', heading: 'Utskicket är klart' },
      cancelled: { short: 'Avbrutet', heading: 'Utskicket är avbrutet' },
    },
    deliveries: {
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
    routes: {
      carries: 'Skickar mejlen nu',
      rests: 'Vilar',
      unarmed: 'Inte redo: ingen provsändning är godkänd',
      stopped: 'Stoppad: den tar inte emot mejl',
    },
    roles: { primary: 'Ordinarie server', reserve: 'Reservserver', standard: 'Standardväg' },
    leftOut: {
      'address-invalid': 'ingen giltig mejladress',
      duplicate: 'samma adress en gång till',
      'already-mailed': 'har redan fått just det här mejlet',
      'line-unreadable': 'raden går inte att läsa',
      'list-unreadable': 'listan går inte att läsa härifrån',
      'recipients-too-many': 'fler mottagare än ett utskick kan ha',
      'field-missing': 'saknar ett värde som mejlet behöver',
      field: 'ett värde passar inte sitt kopplingsfält',
    },
    bounces: {
      'bad-address': 'Adressen finns inte',
      mailbox: 'Brevlådan tar inte emot mejl',
      'policy-block': 'Mottagaren blockerar mejlet',
      transient: 'Ett tillfälligt fel',
      unknown: 'Ingen tydlig orsak',
    },
    nameless: '(inget ämne)',
    recipients: (count) => `${count} mottagare`,
  },
};
