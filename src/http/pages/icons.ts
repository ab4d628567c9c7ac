/** The icons of the states, drawn once a page and used by name. A state has a word, a shape and a colour. */
import { html } from 'hono/html';
import type { Markup } from './markup.ts';

export type Icon = 'pass' | 'fail' | 'unknown' | 'warn' | 'info' | 'wait' | 'run';
/** Names of classes in klarsignal.css: each sets a colour and its background. */
export type State = 'clear' | 'blocked' | 'undecided' | 'advice' | 'quiet';

/** What the icons of a page refer to; once in a document, before them. */
export function sprite(): Markup {
  return html`<svg width="0" height="0" class="vh" aria-hidden="true" focusable="false">
<symbol id="i-pass" viewBox="0 0 20 20"><circle cx="10" cy="10" r="9" fill="currentColor"/><path d="M5.6 10.3l3 3 5.8-6.3" fill="none" stroke="var(--b, var(--surface))" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/></symbol>
<symbol id="i-fail" viewBox="0 0 20 20"><path d="M6.3 1h7.4L19 6.3v7.4L13.7 19H6.3L1 13.7V6.3z" fill="currentColor"/><path d="M5.5 10h9" fill="none" stroke="var(--b, var(--surface))" stroke-width="3" stroke-linecap="round"/></symbol>
<symbol id="i-unknown" viewBox="0 0 20 20"><circle cx="10" cy="10" r="8.2" fill="none" stroke="currentColor" stroke-width="1.8"/><path d="M7.6 7.8a2.5 2.5 0 1 1 3.7 2.2c-.9.5-1.3.9-1.3 1.8" fill="none" stroke="currentColor" stroke-width="1.9" stroke-linecap="round"/><circle cx="10" cy="14.6" r="1.25" fill="currentColor"/></symbol>
<symbol id="i-warn" viewBox="0 0 20 20"><path d="M10 1.5L19.3 18H.7z" fill="currentColor" stroke="currentColor" stroke-linejoin="round"/><path d="M10 7.2v5" fill="none" stroke="var(--b, var(--surface))" stroke-width="2" stroke-linecap="round"/><circle cx="10" cy="15.2" r="1.2" fill="var(--b, var(--surface))"/></symbol>
<symbol id="i-info" viewBox="0 0 20 20"><rect x="1.5" y="1.5" width="17" height="17" rx="4" fill="currentColor"/><path d="M10 9v5.2" fill="none" stroke="var(--b, var(--surface))" stroke-width="2.1" stroke-linecap="round"/><circle cx="10" cy="5.9" r="1.3" fill="var(--b, var(--surface))"/></symbol>
<symbol id="i-wait" viewBox="0 0 20 20"><circle cx="10" cy="10" r="8.2" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="3 2.5"/></symbol>
<symbol id="i-run" viewBox="0 0 20 20"><circle cx="10" cy="10" r="8.2" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M10 10V1.8A8.2 8.2 0 0 1 18.2 10z" fill="currentColor"/></symbol>
</svg>`;
}

/** A shape beside its word: never alone, so a screen reader skips it. */
export function icon(name: Icon): Markup {
  return html`<svg class="i" aria-hidden="true"><use href="#i-${name}"/></svg>`;
}

/** State as a pill: shape and word on their colour. */
export function tag(state: State, name: Icon, text: string): Markup {
  return html`<span class="tag ${state}">${icon(name)}${text}</span>`;
}
