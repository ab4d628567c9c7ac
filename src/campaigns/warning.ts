/** What stands before a mailing that goes all the same: first what happens to the mail, then what to do. */
import type { Locale } from '../rule.ts';
import type { Campaign } from './campaign.ts';

export interface Warning {
  code: 'clearance-ends-first';
  text: string;
}

const words: Record<Locale, (ends: string) => string> = {
  en: (ends) =>
    `The mailing pauses at ${ends}, before all have had their turn: its clearance ends then. Get a new one shortly before, and resume with it. A mailing that is ordered with onExpiry audit-again is audited again by itself.`,
  sv: (ends) =>
    `Utskicket pausas ${ends}, innan alla har fått sin tur: då går klarsignalen ut. Hämta en ny strax före och återuppta med den. Ett utskick som beställs med onExpiry audit-again granskas om av sig självt.`,
};

/** Of a mailing as it stands; none, mostly. */
export function warningsOf({ pausesAt }: Pick<Campaign, 'pausesAt'>, locale: Locale): Warning[] {
  if (pausesAt === null) return [];
  const ends = `${pausesAt.slice(0, 16).replace('T', ' ')} UTC`;
  return [{ code: 'clearance-ends-first', text: words[locale](ends) }];
}
