/**
 * What a report's forms hand in: an answer to what a check asked for, a corrected version, or nothing but the
 * wish to run again.
 */
import type { Audit, AuditChanges } from '../../audits.ts';
import type { Ask, Locale } from '../../rule.ts';
import { formChanges, type ReadChanges } from '../handed.ts';
import { sayRequestErrors } from '../request-errors.ts';
import { asks, emptyAnswer, type FaultyAnswer } from './ask.ts';
import { shownIn } from './correction.ts';

/** Fields of several values. */
const lists = ['dkimSelectors', 'sendingAddresses', 'requiredFields'];

export type ReadAnswer =
  | { ok: true; changes: AuditChanges; ask: Ask | undefined; value: string }
  /** Without `faulty` the form is none of ours. */
  | { ok: false; faulty: FaultyAnswer | undefined };

/** Reads a parsed form; undefined stands for one that was none. */
export async function readAnswer(
  body: Record<string, unknown> | undefined,
  locale: Locale,
): Promise<ReadAnswer> {
  // A button alone sends no body, which parses as an empty form.
  const { ask: asked, ...fields } = body ?? {};
  const ask = asks.find((one) => one === asked);
  const read = await formChanges(fields);
  const given = Object.values(fields).find((value) => typeof value === 'string') ?? '';
  const value = typeof given === 'string' ? given : '';
  if (!read.ok) {
    return { ok: false, faulty: ask && { ask, value, errors: sayRequestErrors(read.errors, locale) } };
  }
  const { changes } = read;
  if (ask === undefined) return { ok: true, changes, ask, value };
  const { mailFrom, dkimSelectors = [], sendingAddresses = [], subject, message } = changes;
  const several = dkimSelectors.length + sendingAddresses.length;
  if (!mailFrom && several === 0 && !subject?.trim() && !message) {
    return { ok: false, faulty: { ask, value, errors: [{ text: emptyAnswer(ask, locale) }] } };
  }
  return { ok: true, changes, ask, value };
}

/** Whether the parsed form is that of a corrected version. */
export function isCorrection(body: Record<string, unknown> | undefined): boolean {
  return body?.correct !== undefined;
}

/** Whether the parsed form says which merge fields come from the list. */
export function saysFields(body: Record<string, unknown> | undefined): boolean {
  return body?.fields !== undefined;
}

/** Whether the parsed form asks for an audit by our own routes, of what was audited for a system of the sender's. */
export function asksForHere(body: Record<string, unknown> | undefined): boolean {
  return body?.here !== undefined;
}

/** Only what is other than the form showed is a change: a message handed in may have a From of its own. */
export async function readCorrection(
  { correct: _, ...fields }: Record<string, unknown>,
  request: Audit['request'],
): Promise<ReadChanges> {
  const shown = shownIn(request);
  const changed = Object.entries(fields).filter(([name, value]) => value !== shown[name]);
  const read = await formChanges(Object.fromEntries(changed));
  if (!read.ok) return read;
  // The form showed it, so that it was emptied is meant.
  const emptied = changed
    .filter(([name, value]) => Object.hasOwn(shown, name) && value === '')
    .map(([name, value]) => [name, lists.includes(name) ? [] : value]);
  return { ok: true, changes: { ...read.changes, ...Object.fromEntries(emptied) } };
}
