/** Pauses and alerts in words: first what has happened to the mail, then why, then exactly what to do. */
import type { Locale } from '../rule.ts';
import { type AlertKind, alertKinds, type PauseReason, pauseReasons } from './campaign.ts';
import { alertsEnglish, overEnglish, pausesEnglish } from './words/english.ts';
import { alertsSwedish, overSwedish, pausesSwedish } from './words/swedish.ts';

/** What words are made from. Nothing in it need be there. */
export type Data = Readonly<Record<string, string | number>>;

export interface Said {
  /** A headline without a full stop. */
  title: string;
  text: string;
}

export type PauseWords = Record<PauseReason, (data: Data) => Said>;
export type AlertWords = Record<Exclude<AlertKind, 'paused'>, (data: Data) => Said>;

const pauses: Record<Locale, PauseWords> = { en: pausesEnglish, sv: pausesSwedish };
const alerts: Record<Locale, AlertWords> = { en: alertsEnglish, sv: alertsSwedish };

/** Why a campaign stands still, and what to do. A reason that nobody knows any more is told as a crash. */
export function sayPause(reason: string, data: Data, locale: Locale): Said {
  const known = pauseReasons.find((one) => one === reason) ?? 'crashed';
  return pauses[locale][known](data);
}

/** Which rate is over which limit, and whose mails it is of: the same words wherever it is told. */
export function sayOverLimit(reason: string, data: Data, locale: Locale): string {
  return locale === 'sv' ? overSwedish(reason, data) : overEnglish(reason, data);
}

/** An alert in words, as it is raised: the mailing goes on, or has just paused; of a pause those of its reason. */
export function sayAlert({ kind, data }: { kind: string; data: Data }, locale: Locale): Said {
  const known = alertKinds.find((one) => one === kind) ?? 'paused';
  return known === 'paused' ? sayPause(String(data.reason ?? ''), data, locale) : alerts[locale][known](data);
}
