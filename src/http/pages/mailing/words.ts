/** What pages say of mailings. */
import type { RouteShare } from '../../../campaigns/campaign.ts';
import { deliveryWords } from '../../../campaigns/delivery-words.ts';
import type { CampaignState, DeliveryState } from '../../../ports.ts';
import type { Locale } from '../../../rule.ts';
import { figure } from '../figures.ts';

export type CampaignLook = CampaignState | 'awaiting' | 'to-confirm' | 'nobody';

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
      nobody: { short: 'Nobody to send to', heading: 'Nobody to send to' },
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
      unarmed: 'Not ready to take over: see its sender',
      stopped: 'Stopped: it does not take mail',
    },
    roles: { primary: 'Primary server', reserve: 'Backup server', standard: 'Standard route' },
    leftOut: {
      'address-invalid': 'no valid mail address',
      'address-not-ascii': 'a letter such as å before the @, where nothing can be sent from here',
      'earlier-version': 'has got an earlier version of this mail in the last 30 days',
      duplicate: 'the same address again',
      'already-mailed': 'has got this very mail before',
      'line-unreadable': 'the line cannot be read',
      'list-unreadable': 'the list cannot be read from here on',
      'list-without-addresses': 'no address in the first 1,000 lines: the rest was not read',
      'recipients-too-many': 'more recipients than one mailing can have',
      'field-missing': 'lacks a value that the mail needs',
      'field-unknown': 'has a merge field that the mail lacks',
      'field-too-long': 'a value is longer than was allowed',
      'field-url-invalid': 'a value that is to be a link is no https address',
      'field-url-host': 'a link leads to another site than was audited',
      'field-not-text': 'a value is not text',
      'field-characters': 'a value holds characters that cannot be seen',
      'field-markup': 'a value holds code (HTML)',
      'field-link': 'a value that is to be text holds a link',
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
      nobody: { short: 'Ingen att skicka till', heading: 'Ingen att skicka till' },
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
      unarmed: 'Inte redo att ta över: se dess avsändare',
      stopped: 'Stoppad: den tar inte emot mejl',
    },
    roles: { primary: 'Ordinarie server', reserve: 'Reservserver', standard: 'Standardväg' },
    leftOut: {
      'address-invalid': 'ingen giltig mejladress',
      'address-not-ascii': 'en bokstav som å före @, och dit går det inte att skicka härifrån',
      'earlier-version': 'har fått en tidigare version av mejlet de senaste 30 dagarna',
      duplicate: 'samma adress en gång till',
      'already-mailed': 'har redan fått just det här mejlet',
      'line-unreadable': 'raden går inte att läsa',
      'list-unreadable': 'listan går inte att läsa härifrån',
      'list-without-addresses': 'ingen adress på de första 1 000 raderna: resten lästes inte',
      'recipients-too-many': 'fler mottagare än ett utskick kan ha',
      'field-missing': 'saknar ett värde som mejlet behöver',
      'field-unknown': 'har ett kopplingsfält som mejlet saknar',
      'field-too-long': 'ett värde är längre än vad som tilläts',
      'field-url-invalid': 'ett värde som ska vara en länk är ingen https-adress',
      'field-url-host': 'en länk leder till en annan webbplats än den granskade',
      'field-not-text': 'ett värde är inte text',
      'field-characters': 'ett värde innehåller tecken som inte syns',
      'field-markup': 'ett värde innehåller kod (HTML)',
      'field-link': 'ett värde som ska vara text innehåller en länk',
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
