/** How a mailing stands, as pages show it. */
import type { Campaign } from '../../../campaigns/campaign.ts';
import type { DeliveryState } from '../../../ports.ts';
import type { Locale } from '../../../rule.ts';
import { figure } from '../figures.ts';
import type { Icon, State } from '../icons.ts';
import type { CampaignLook } from './words.ts';

/** Its state, with what a person has to do told apart. */
export function lookOf({ state, pauseReason, importing, lines }: Campaign): CampaignLook {
  if (state === 'preparing' && !importing && lines === 0) return 'awaiting';
  if (state === 'paused' && (pauseReason === 'to-confirm' || pauseReason === 'nobody')) return pauseReason;
  return state;
}

export const campaignLooks: Record<CampaignLook, [State, Icon]> = {
  awaiting: ['undecided', 'warn'],
  preparing: ['advice', 'run'],
  'to-confirm': ['undecided', 'unknown'],
  nobody: ['undecided', 'warn'],
  queued: ['quiet', 'wait'],
  sending: ['advice', 'run'],
  paused: ['undecided', 'warn'],
  done: ['clear', 'pass'],
  cancelled: ['quiet', 'fail'],
};

/** In the order in which they are shown. */
export const deliveryLooks: Record<DeliveryState, [State, Icon]> = {
  delivered: ['clear', 'pass'],
  accepted: ['advice', 'run'],
  bounced: ['blocked', 'fail'],
  rejected: ['blocked', 'fail'],
  complained: ['blocked', 'warn'],
  unknown: ['undecided', 'unknown'],
  sending: ['advice', 'run'],
  pending: ['quiet', 'wait'],
  suppressed: ['quiet', 'info'],
  cancelled: ['quiet', 'fail'],
};
export const deliveryStates = Object.keys(deliveryLooks) as DeliveryState[];

/** Recipients whose mail a sending server took, whatever has been heard of it since. */
export function handedOver({ counts }: Pick<Campaign, 'counts'>): number {
  const { accepted, delivered, bounced, complained } = counts;
  return accepted + delivered + bounced + complained;
}

/** Recipients who have had their turn: taken, refused, or nobody knows. */
export function hadTurn(campaign: Pick<Campaign, 'counts'>): number {
  const { rejected, unknown } = campaign.counts;
  return handedOver(campaign) + rejected + unknown;
}

const turnWords = {
  en: {
    handed: (count: string) => `${count} handed over`,
    rejected: (count: string) => `${count} rejected`,
    unknown: (count: string) => `${count} unknown`,
  },
  sv: {
    handed: (count: string) => `${count} överlämnade`,
    rejected: (count: string) => `${count} avvisade`,
    unknown: (count: string) => (count === '1' ? '1 okänt' : `${count} okända`),
  },
} as const satisfies Record<Locale, object>;

/** What became of those who have had their turn: the same words wherever it is told. */
export function sayTurns(
  { handed, rejected, unknown }: { handed: number; rejected: number; unknown: number },
  locale: Locale,
): string {
  const say = turnWords[locale];
  const parts = [say.handed(figure(handed, locale))];
  if (rejected > 0) parts.push(say.rejected(figure(rejected, locale)));
  if (unknown > 0) parts.push(say.unknown(figure(unknown, locale)));
  return parts.join(', ');
}

/** Recipients that were given to nobody in their turn: what the suppression list holds, and the like. */
export function leftOutOf(campaign: Campaign): number {
  const { recipients, counts, state } = campaign;
  // Nobody has had a turn that was called off.
  const off = state === 'cancelled' ? counts.cancelled : 0;
  return recipients - hadTurn(campaign) - counts.pending - counts.sending - off;
}

/** Nothing more happens by itself. */
export function hasEnded({ state }: Campaign): boolean {
  return state === 'done' || state === 'cancelled';
}
