/** What the descriptions of these routes share, and how they answer. */
import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Campaign, Campaigns, Changed, SendError } from '../../campaigns/campaign.ts';
import { sendErrorWords } from '../../campaigns/send-errors.ts';
import { warningsOf } from '../../campaigns/warning.ts';
import type { Locale } from '../../rule.ts';
import { problemContent } from '../audits/described.ts';
import { callerOf, type HttpEnv } from '../caller.ts';
import { localeOf } from '../locale.ts';
import { type FieldError, problem } from '../problem.ts';
import { sendSchema } from './schemas.ts';

export const ofSend = z.object({ id: z.string().openapi({ description: 'Id of the mailing.' }) });

export const sendContent = (description: string) => ({
  description,
  content: { 'application/json': { schema: sendSchema } },
});

export const unavailable = { 501: problemContent('This service audits, and sends nothing') };
export const missing = { 404: problemContent('There is no such mailing') };
export const wrongState = { 409: problemContent('The mailing is not in a state that allows this') };
export const faultyOrder = {
  422: problemContent('Nothing was sent or changed; `errors` says why, and what to do'),
};

/** Errors of an order in words. */
export function sayErrors(errors: readonly SendError[], locale: Locale): FieldError[] {
  return errors.map(({ code, field, data }) => ({ code, field, text: sendErrorWords[locale][code](data) }));
}

/** What became of a change; a campaign in full when it was made. */
export function answerChanged(c: Context<HttpEnv>, changed: Changed): Response {
  const locale = localeOf(c);
  c.header('content-language', locale);
  switch (changed.kind) {
    case 'done':
      return c.json(sendJson(changed.campaign, locale));
    case 'missing':
      return problem(c, 'send-not-found', locale);
    case 'wrong-state':
      return problem(c, 'send-wrong-state', locale);
    case 'invalid':
      return problem(c, 'send-refused', locale, { errors: sayErrors(changed.errors, locale) });
  }
}

/** Runs what needs the campaigns, where the host has them. */
export function sending(
  campaigns: Campaigns | undefined,
  answer: (c: Context<HttpEnv>, campaigns: Campaigns, organisation: string) => Promise<Response> | Response,
): (c: Context<HttpEnv>) => Promise<Response> {
  return async (c) =>
    campaigns
      ? answer(c, campaigns, callerOf(c).organisation)
      : problem(c, 'sending-unavailable', localeOf(c));
}

/** Figures of the reason stand in its warning, in words. */
function beginsJson({ route, provider, country, role, reason, pauses }: NonNullable<Campaign['begins']>) {
  return { route, provider, country, role, reason, pauses };
}

/** As the API shows it: named, so that what the core adds for itself does not come out. */
export function sendJson(
  {
    id,
    audit,
    digest,
    clearance,
    class: mailClass,
    domain,
    subject,
    state,
    pauseReason,
    createdAt,
    startsAt,
    startedAt,
    finishedAt,
    perMinute,
    standard,
    route,
    switched,
    checkedAt,
    importing,
    lines,
    recipients,
    leftOut,
    counts,
    earlier,
    dryRun,
    orderedBy,
    clearanceEndsAt,
    onExpiry,
    nextAudit,
    nextRefused,
    plannedEnd,
    pausesAt,
    begins,
    putOff,
  }: Campaign,
  locale: Locale,
) {
  return {
    id,
    audit,
    digest,
    clearance,
    clearanceEndsAt,
    onExpiry,
    nextAudit,
    nextRefused,
    plannedEnd,
    pausesAt,
    begins: begins && beginsJson(begins),
    putOff,
    warnings: warningsOf({ pausesAt, begins }, locale),
    class: mailClass,
    domain,
    subject,
    state,
    pauseReason,
    createdAt,
    startsAt,
    startedAt,
    finishedAt,
    perMinute,
    standard,
    route,
    switched,
    checkedAt,
    importing,
    lines,
    recipients,
    leftOut,
    counts,
    earlier,
    dryRun,
    orderedBy,
  };
}
