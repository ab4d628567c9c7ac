/**
 * The page of a domain audit: its answer is written while it comes in, so that it works without a script. It is asked
 * by POST alone, since it costs a hundred questions and nothing of it is kept to be shown again.
 */
import type { OpenAPIHono } from '@hono/zod-openapi';
import { html } from 'hono/html';
import { faultOf } from '../../audits/fault.ts';
import type { Progress } from '../../preflight.ts';
import { writeDomainReport } from '../../report/domain.ts';
import { unicodeName } from '../../words/unicode-name.ts';
import { callerOf, type HttpEnv } from '../caller.ts';
import { domainErrors, domainRetryAfter } from '../domains/routes.ts';
import { partsOf } from '../handed.ts';
import { localeOf } from '../locale.ts';
import type { AppOptions } from '../options.ts';
import {
  domainAnswered,
  domainCut,
  domainLead,
  domainReportPage,
  domainStep,
  domainTitle,
  domainUnderWay,
} from './domain.ts';
import {
  type DomainValues,
  domainFaults,
  domainFields,
  domainForm,
  faultyDomainTitle,
  formId,
} from './domain-form.ts';
import { sendPage, streamPage } from './layout.ts';
import { problemPage } from './problem.ts';

/** Characters of one field that are read. */
const mostOfField = 2000;

export function domainPages(
  app: OpenAPIHono<HttpEnv>,
  options: Pick<AppOptions, 'domains' | 'rules' | 'providers' | 'planSteps' | 'log'>,
): void {
  const { domains, log } = options;
  // A link starts nothing: it shows the form, filled in.
  app.get('/domains', (c) => {
    const locale = localeOf(c);
    const values = valuesOf((name) => c.req.query(name));
    const body = html`${domainLead(locale)}${domainForm(values, [], locale)}`;
    return sendPage(c, { locale, title: domainTitle(locale), path: pathOf(values), body });
  });

  app.post('/domains', async (c) => {
    const locale = localeOf(c);
    const form = await c.req.parseBody().catch(() => ({}) as Record<string, unknown>);
    const values = valuesOf((name) => form[name]);
    const { domain = '', mailFrom, dkimSelectors, sendingAddresses } = values;
    const common = {
      locale,
      path: pathOf(values),
      switchForm: { id: formId, action: '/domains?', fresh: false },
    };
    const read = await domains.read(callerOf(c).organisation, {
      domain,
      mailFrom,
      dkimSelectors: partsOf(dkimSelectors),
      sendingAddresses: partsOf(sendingAddresses),
    });
    if (!read.ok) {
      const errors = domainErrors(read.errors, { from: 'domain' }, locale);
      const title = faultyDomainTitle(domainTitle(locale), errors.length, locale);
      const body = html`${domainFaults(errors, locale)}${domainLead(locale)}${domainForm(values, errors, locale)}`;
      return sendPage(c, { ...common, title, body }, 422);
    }
    const { sender } = read;
    const name = unicodeName(sender.from.domain) ?? sender.from.domain;
    const page = { ...common, title: `${name} – ${domainTitle(locale)}` };
    const steps = createSteps();
    const gone = new AbortController();
    const signal = AbortSignal.any([gone.signal, c.req.raw.signal]);
    const judging = domains.judge(sender, { signal, onProgress: steps.add });
    if (judging === 'busy') {
      c.header('retry-after', domainRetryAfter);
      return problemPage(c, 'busy');
    }
    const judged = judging.finally(steps.end);
    // It may fail before anybody waits for it.
    judged.catch(() => {});
    return streamPage(c, page, {
      gone: () => gone.abort(),
      async write(out) {
        await out(domainUnderWay(sender.from.domain, locale));
        try {
          for await (const step of steps) {
            const line = domainStep(step, locale);
            if (line) await out(line);
          }
          const done = await judged;
          if (!done) return;
          const report = writeDomainReport(done.verdict, { ...done, sender }, options, locale);
          await out(domainAnswered(domainReportPage(report, values, locale)));
        } catch (error) {
          log('request failed', { method: 'POST', route: '/domains', ...faultOf(error) });
          await out(domainAnswered(domainCut(values, locale)));
        }
      },
    });
  });
}

/** Progress as it comes, until the end. */
function createSteps() {
  const waiting: Progress[] = [];
  let ended = false;
  let wake = () => {};
  return {
    add(step: Progress) {
      waiting.push(step);
      wake();
    },
    end() {
      ended = true;
      wake();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const step = waiting.shift();
        if (step) yield step;
        else if (ended) return;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    },
  };
}

function valuesOf(given: (name: string) => unknown): DomainValues {
  const entries = domainFields.flatMap((name) => {
    const value = given(name);
    const text = typeof value === 'string' ? value.trim().slice(0, mostOfField) : '';
    return text === '' ? [] : [[name, text]];
  });
  return Object.fromEntries(entries);
}

function pathOf(values: DomainValues): string {
  const query = new URLSearchParams(Object.entries(values)).toString();
  return query ? `/domains?${query}` : '/domains';
}
