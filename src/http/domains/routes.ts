/** GET /v1/domains/{domain}: asked and answered at once. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import { domainJson, writeDomainReport } from '../../report/domain.ts';
import type { Locale } from '../../rule.ts';
import { senderWords } from '../../senders/words.ts';
import type { InputError } from '../../submission.ts';
import { callerOf, type HttpEnv } from '../caller.ts';
import { isOfAnotherSite } from '../guard.ts';
import { localeOf } from '../locale.ts';
import type { AppOptions } from '../options.ts';
import { explain, type FieldError, problem } from '../problem.ts';
import { type DomainReportJson, getDomain } from './described.ts';

/** Seconds until it is worth asking again: one audit takes some. */
export const domainRetryAfter = '5';

export function domainRoutes(
  app: OpenAPIHono<HttpEnv>,
  options: Pick<AppOptions, 'domains' | 'rules' | 'providers' | 'planSteps' | 'ruleSet'>,
): void {
  const { domains, ruleSet } = options;
  app.openapi(getDomain, async (c) => {
    const locale = localeOf(c);
    // A mere link elsewhere would have whoever is signed in ask.
    if (isOfAnotherSite(c)) return problem(c, 'forbidden-origin', locale) as never;
    const { domain } = c.req.valid('param');
    const { mailFrom, dkimSelectors = [], sendingAddresses = [] } = c.req.valid('query');
    const read = await domains.read(callerOf(c).organisation, {
      domain,
      mailFrom,
      dkimSelectors: [dkimSelectors].flat(),
      sendingAddresses: [sendingAddresses].flat(),
    });
    if (!read.ok) {
      const errors = domainErrors(read.errors, inQuery, locale);
      return problem(c, 'invalid-domain', locale, { errors }) as never;
    }
    const { sender } = read;
    const judging = domains.judge(sender, { signal: c.req.raw.signal });
    if (judging === 'busy') {
      c.header('retry-after', domainRetryAfter);
      return problem(c, 'busy', locale) as never;
    }
    const judged = await judging;
    // Nobody is there any more to read it.
    if (!judged) return c.body(null, 499 as never) as never;
    c.header('content-language', locale);
    const report = writeDomainReport(judged.verdict, { ...judged, sender }, options, locale);
    return c.json(domainJson(report, ruleSet) as unknown as DomainReportJson, 200);
  });
}

/** Names of the fields as the query has them. */
const inQuery: Partial<Record<InputError['field'], string>> = {
  from: 'domain',
};

/** What is wrong, in words. A domain is read as that of an address, and nobody has written one. */
export function domainErrors(
  errors: readonly InputError[],
  names: Partial<Record<InputError['field'], string>>,
  locale: Locale,
): FieldError[] {
  return errors.map((error) => {
    const field = names[error.field] ?? error.field;
    if (error.field !== 'from') return { ...explain([error], locale)[0], field } as FieldError;
    return { code: 'domain-invalid', field, text: senderWords[locale].errors['domain-invalid'] };
  });
}
