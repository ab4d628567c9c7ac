/** What a rehearsal has shown: what is to be mended, whether bounces come back, and what was seen. */
import { html } from 'hono/html';
import type { Rehearsal } from '../../../ports.ts';
import { type RehearsalProblem, rehearsalProblems } from '../../../received.ts';
import type { Locale } from '../../../rule.ts';
import { areElsewhere, type SenderRoute } from '../../../senders/sender.ts';
import { senderWords } from '../../../senders/words.ts';
import { icon, tag } from '../icons.ts';
import type { Markup } from '../markup.ts';
import { moment } from '../moment.ts';
import { quoted } from '../quoted.ts';

const words = {
  en: {
    armed: 'Rehearsal passed',
    old: 'Rehearsal too old',
    unseen: 'Bounces do not come here',
    failed: 'Not ready yet',
    never: 'Not rehearsed',
    results: {
      pass: 'passed',
      fail: 'did not pass',
      softfail: 'did not pass',
      neutral: 'did not pass',
      none: 'is missing',
      temperror: 'no answer',
      permerror: 'cannot be read',
    } as Record<string, string>,
    returns: (yes: boolean) => (yes ? 'Bounces come here' : 'Bounces do not come here'),
    tls: (yes: boolean) => (yes ? 'Encrypted' : 'Not encrypted'),
    seen: 'What arrived',
    at: 'Arrived',
    path: 'Return-Path',
    ip: 'From the address',
    signers: 'Signed by',
    onlyOwner: 'Only an owner can accept it.',
  },
  sv: {
    armed: 'Provsändningen godkänd',
    old: 'Provsändningen är för gammal',
    unseen: 'Studsarna kommer inte hit',
    failed: 'Inte redo än',
    never: 'Inte provad',
    results: {
      pass: 'godkänd',
      fail: 'inte godkänd',
      softfail: 'inte godkänd',
      neutral: 'inte godkänd',
      none: 'saknas',
      temperror: 'inget svar',
      permerror: 'går inte att läsa',
    } as Record<string, string>,
    returns: (yes: boolean) => (yes ? 'Studsarna kommer hit' : 'Studsarna kommer inte hit'),
    tls: (yes: boolean) => (yes ? 'Krypterat' : 'Inte krypterat'),
    seen: 'Det som kom fram',
    at: 'Kom fram',
    path: 'Return-Path',
    ip: 'Från adressen',
    signers: 'Signerat av',
    onlyOwner: 'Bara en ägare får godta det.',
  },
} as const satisfies Record<Locale, object>;

/** Nothing of it is a fault of anybody's: what is not ready is only to be mended. */
export function routeStanding(route: SenderRoute, locale: Locale): Markup {
  const word = words[locale];
  const { rehearsal, armed } = route;
  if (armed) return tag('clear', 'pass', word.armed);
  if (!rehearsal) return tag('quiet', 'wait', word.never);
  if (!rehearsal.passed) return tag('undecided', 'warn', word.failed);
  return tag('undecided', 'warn', areElsewhere(route) ? word.unseen : word.old);
}

/** Each thing to mend: what it is, why it matters, what to do. */
export function problemList({ problems }: Rehearsal, locale: Locale): Markup {
  const known = problems.filter((code): code is RehearsalProblem =>
    rehearsalProblems.some((one) => one === code),
  );
  const items = known.map((code) => {
    const { title, why, how } = senderWords[locale].problems[code];
    return html`<li><h5 class="m">${title}</h5><p class="muted">${why}</p><p>${how}</p></li>`;
  });
  return html`<ul class="plain loose">${items}</ul>`;
}

/** Where bounces do not come back: the choice to live with it, which is an owner's. */
export function unseenBounces(route: SenderRoute, path: string, owns: boolean, locale: Locale): Markup {
  const { unseenBounces: accepted, provider } = route;
  // One that was never rehearsed has more to mend.
  if (!route.rehearsal || !areElsewhere(route)) return html``;
  const say = senderWords[locale].unseenBounces;
  const ask = (value: string, text: string) =>
    html`<form class="row" action="${path}/unseen-bounces" method="post"><input type="hidden" name="accepted" value="${value}"><button class="btn">${text}<span class="vh">: ${provider}</span></button></form>`;
  const act = accepted ? ask('no', say.withdraw) : ask('yes', say.accept);
  return html`<div class="note ${accepted ? 'quiet' : 'undecided'} above"><p>${accepted ? say.accepted : say.question}</p>${owns ? act : html`<p class="small muted">${words[locale].onlyOwner}</p>`}</div>`;
}

/** In one line what passed; the rest folded, for whoever asks a provider. */
export function evidence(rehearsal: Rehearsal, locale: Locale): Markup {
  const word = words[locale];
  const { spf, dkim, dmarc, returns, tls, endedAt, envelopeFrom, ip, dkimDomains } = rehearsal;
  const mark = (good: boolean, text: string) =>
    html`<span class="state ${good ? 'clear' : 'undecided'}">${icon(good ? 'pass' : 'warn')} ${text}</span>`;
  const shown = [
    ...(
      [
        ['SPF', spf],
        ['DKIM', dkim],
        ['DMARC', dmarc],
      ] as const
    ).map(([name, value]) => mark(value === 'pass', `${name} ${word.results[value] ?? word.results.fail}`)),
    mark(tls, word.tls(tls)),
    mark(returns, word.returns(returns)),
  ];
  const facts: (readonly [string, Markup | string])[] = [
    [word.at, moment(endedAt, locale)],
    [word.path, html`<span class="mono">${quoted(envelopeFrom, 'address')}</span>`],
    [word.ip, html`<span class="mono">${ip}</span>`],
    ...(dkimDomains.length > 0
      ? [[word.signers, html`<span class="mono">${dkimDomains.join(', ')}</span>`] as const]
      : []),
  ];
  return html`<p class="row near whole-row">${shown}</p><details><summary>${word.seen}</summary><dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></details>`;
}
