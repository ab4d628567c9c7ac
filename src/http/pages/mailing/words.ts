/** What pages say of mailings. */
import type { RouteShare } from '../../../campaigns/campaign.ts';
import { deliveryWords } from '../../../campaigns/delivery-words.ts';
import type { CampaignState, DeliveryState } from '../../../ports.ts';
import type { Locale } from '../../../rule.ts';
import { figure } from '../figures.ts';

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
  nameless: string;
  recipients(count: number): string;
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
    deliveries: deliveryWords.en.states,
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
      unsubscribed: 'has unsubscribed',
      'bad-address': 'mail to the address has bounced for good',
      complained: 'has reported your mail as spam',
      erased: 'has asked to be forgotten',
    },
    nameless: '(no subject)',
    recipients: (count) => (count === 1 ? 'One recipient' : `${figure(count, 'en')} recipients`),
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
    deliveries: deliveryWords.sv.states,
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
      unsubscribed: 'har avregistrerat sig',
      'bad-address': 'mejl till adressen har studsat för gott',
      complained: 'har anmält dina mejl som skräppost',
      erased: 'har bett att bli glömd',
    },
    nameless: '(inget ämne)',
    recipients: (count) => (count === 1 ? 'En mottagare' : `${figure(count, 'sv')} mottagare`),
  },
};
