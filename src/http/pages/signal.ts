/** The signal: its arm, its lamp and its colour all say the same, and words stand beside it. */
import { html } from 'hono/html';
import type { Decision } from '../../verdict.ts';
import type { Icon } from './icons.ts';
import type { Markup } from './markup.ts';

const arms: Record<Decision, number> = { clear: -45, blocked: 0, undecided: 22 };
const lamps: Record<Decision, Markup> = {
  clear: html`<path d="M33 122l7 7 13-15" stroke-width="5"/>`,
  blocked: html`<path d="M32 122h20" stroke-width="7"/>`,
  undecided: html`<path d="M36 117a6.5 6.5 0 1 1 9.5 5.6c-2.5 1.4-3.5 2.6-3.5 5" stroke-width="4.5"/><circle cx="42" cy="134" r="2.8" fill="var(--b)" stroke="none"/>`,
};

export const decisionIcons: Record<Decision, Icon> = { clear: 'pass', blocked: 'fail', undecided: 'unknown' };

export function signal(decision: Decision): Markup {
  return html`<svg class="signal" viewBox="0 0 120 200" aria-hidden="true">
<path d="M38 30h8v152h-8z" fill="var(--ink)"/><path d="M22 182h40l6 12H16z" fill="var(--ink)"/><circle cx="42" cy="27" r="6" fill="var(--ink)"/>
<g transform="rotate(${arms[decision]} 42 62)"><path d="M30 50h68a12 12 0 0 1 0 24H30z" fill="currentColor"/><path d="M80 50h9v24h-9z" fill="var(--b)"/><circle cx="42" cy="62" r="5" fill="var(--b)"/></g>
<rect x="17" y="97" width="50" height="50" rx="14" fill="var(--ink)"/><circle cx="42" cy="122" r="20" fill="currentColor"/><g fill="none" stroke="var(--b)" stroke-linecap="round" stroke-linejoin="round">${lamps[decision]}</g>
</svg>`;
}

/** The same, small, as the mark of the house. */
export function signalMark(): Markup {
  return html`<svg width="26" height="30" viewBox="0 0 26 30" aria-hidden="true"><path d="M6 6h4v22H6z" fill="currentColor"/><path d="M2 26h12v3H2z" fill="currentColor"/><g transform="rotate(-45 8 12)"><path d="M4 8.5h15a3.5 3.5 0 0 1 0 7H4z" fill="var(--clear)"/></g></svg>`;
}
