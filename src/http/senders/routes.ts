/** Routes under /v1/senders: domains, their proof, and the sending servers they go by. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Locale } from '../../rule.ts';
import { senderWords } from '../../senders/words.ts';
import type { SenderChanged, Senders } from '../../senders.ts';
import { callerOf, type HttpEnv } from '../caller.ts';
import { localeOf } from '../locale.ts';
import type { AppOptions } from '../options.ts';
import { problem } from '../problem.ts';
import {
  deleteRoute,
  deleteSender,
  deleteUnseenBounces,
  getSender,
  listSenders,
  patchSender,
  postCheck,
  postRehearsal,
  postSender,
  putRoute,
  putUnseenBounces,
} from './calls.ts';
import { routeToJson, senderToJson } from './json.ts';

/** Milliseconds that a look-up and a rehearsal may take while somebody waits. */
const checkMs = 20_000;
const rehearsalMs = 90_000;

export function senderRoutes(app: OpenAPIHono<HttpEnv>, options: Pick<AppOptions, 'senders'>): void {
  app.use('/v1/senders/*', (c, next) =>
    options.senders ? next() : Promise.resolve(problem(c, 'sending-unavailable', localeOf(c))),
  );
  // Where there is none, nobody comes this far.
  const senders = options.senders as Senders;

  app.openapi(listSenders, async (c) => {
    const locale = spoken(c);
    const found = await senders.list(callerOf(c).organisation);
    return c.json({ senders: found.map((sender) => senderToJson(sender, locale)) }, 200);
  });

  app.openapi(postSender, async (c) => {
    const { organisation } = callerOf(c);
    const { domain } = c.req.valid('json');
    const before = await senders.find(organisation, domain);
    const changed = await senders.add(organisation, domain);
    if (changed.kind === 'done')
      c.header('location', `/v1/senders/${encodeURIComponent(changed.sender.domain)}`);
    return answer(c, changed, before ? 200 : 201);
  });

  app.openapi(getSender, async (c) => {
    const sender = await senders.find(callerOf(c).organisation, c.req.valid('param').domain);
    return sender ? c.json(senderToJson(sender, spoken(c)), 200) : missing(c);
  });

  app.openapi(patchSender, async (c) => {
    const { warmUp, onBounces } = c.req.valid('json');
    const changes = {
      ...(warmUp === undefined ? {} : { warmUp }),
      ...(onBounces === undefined ? {} : { onBounces }),
    };
    const { domain } = c.req.valid('param');
    return answer(c, await senders.change(callerOf(c).organisation, domain, changes));
  });

  app.openapi(deleteSender, async (c) => {
    const removed = await senders.remove(callerOf(c).organisation, c.req.valid('param').domain);
    if (removed === 'missing') return missing(c);
    const locale = localeOf(c);
    if (removed === 'in-use')
      return problem(c, 'sender-in-use', locale, { detail: senderWords[locale].inUse }) as never;
    return c.body(null, 204);
  });

  app.openapi(postCheck, async (c) => {
    const { organisation } = callerOf(c);
    const { domain } = c.req.valid('param');
    const result = await senders.check(organisation, domain, within(c, checkMs));
    const sender = await senders.find(organisation, domain);
    if (result === 'missing' || !sender) return missing(c);
    const locale = spoken(c);
    const text = senderWords[locale].checks[result];
    return c.json({ result, text, sender: senderToJson(sender, locale) }, 200);
  });

  app.openapi(putRoute, async (c) => {
    const order = { ...c.req.valid('json'), ...c.req.valid('param') };
    return answer(c, await senders.putRoute(callerOf(c).organisation, order));
  });

  app.openapi(deleteRoute, async (c) => {
    const { domain, transport } = c.req.valid('param');
    return answer(c, await senders.removeRoute(callerOf(c).organisation, domain, transport));
  });

  for (const [call, accepted] of [
    [putUnseenBounces, true],
    [deleteUnseenBounces, false],
  ] as const) {
    app.openapi(call, async (c) => {
      const { organisation, ...caller } = callerOf(c);
      const order = { ...c.req.valid('param'), accepted };
      return answer(c, await senders.acceptUnseenBounces(organisation, caller, order));
    });
  }

  app.openapi(postRehearsal, async (c) => {
    const { domain, transport } = c.req.valid('param');
    const { organisation } = callerOf(c);
    const result = await senders.rehearse(organisation, domain, transport, within(c, rehearsalMs));
    if (result.kind === 'judged') return c.json({ route: routeToJson(result.route, spoken(c)) }, 200);
    if (result.kind === 'missing') return missing(c);
    const locale = localeOf(c);
    const text = senderWords[locale].rehearsals[result.kind];
    switch (result.kind) {
      case 'unproved':
        return problem(c, 'sender-unproved', locale, { detail: text }) as never;
      case 'no-receiver':
        return problem(c, 'rehearsal-not-sent', locale, { detail: text }) as never;
      case 'not-arrived':
        return problem(c, 'rehearsal-not-arrived', locale, { detail: text }) as never;
      case 'refused':
        return problem(c, 'rehearsal-refused', locale, {
          detail: `${text} ${result.response}`.trim(),
        }) as never;
    }
  });
}

/** The sender as it is now, or what is wrong with the order: each fault in words. */
function answer(c: Context, changed: SenderChanged, status: 200 | 201 = 200): never {
  const locale = spoken(c);
  if (changed.kind === 'done') return c.json(senderToJson(changed.sender, locale), status) as never;
  if (changed.errors.some(({ code }) => code === 'sender-missing' || code === 'route-missing'))
    return missing(c);
  const errors = changed.errors.map(({ code, field }) => ({
    code,
    field,
    text: senderWords[locale].errors[code],
  }));
  return problem(c, 'invalid-sender', locale, { errors }) as never;
}

function missing(c: Context): never {
  return problem(c, 'sender-not-found', localeOf(c)) as never;
}

/** Ends when whoever asked has gone, too. */
function within(c: Context, ms: number): AbortSignal {
  return AbortSignal.any([c.req.raw.signal, AbortSignal.timeout(ms)]);
}

/** The reader's language, which the answer then says. */
function spoken(c: Context): Locale {
  const locale = localeOf(c);
  c.header('content-language', locale);
  return locale;
}
