/** How a mailing stands, as pages show it. */
import type { Campaign } from '../../../campaigns/campaign.ts';
import type { DeliveryState } from '../../../ports.ts';
import type { Icon, State } from '../icons.ts';
import type { CampaignLook } from './words.ts';

/** Its state, with what a person has to do told apart. */
export function lookOf({ state, pauseReason, importing, lines }: Campaign): CampaignLook {
  if (state === 'preparing' && !importing && lines === 0) return 'awaiting';
  return state === 'paused' && pauseReason === 'to-confirm' ? 'to-confirm' : state;
}

export const campaignLooks: Record<CampaignLook, [State, Icon]> = {
  awaiting: ['undecided', 'warn'],
  preparing: ['advice', 'run'],
  'to-confirm': ['undecided', 'unknown'],
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

/** Recipients that a sending server was given. */
export function handedOver({ counts }: Campaign): number {
  const { accepted, rejected, unknown, delivered, bounced, complained } = counts;
  return accepted + rejected + unknown + delivered + bounced + complained;
}

/** Recipients that were given to nobody in their turn: what the suppression list holds, and the like. */
export function leftOutOf(campaign: Campaign): number {
  const { recipients, counts, state } = campaign;
  // Nobody has had a turn that was called off.
  const off = state === 'cancelled' ? counts.cancelled : 0;
  return recipients - handedOver(campaign) - counts.pending - counts.sending - off;
}

/** Nothing more happens by itself. */
export function hasEnded({ state }: Campaign): boolean {
  return state === 'done' || state === 'cancelled';
}
