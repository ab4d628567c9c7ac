/** The head of the text report: the decision, what was audited, and who hosts its DNS. */
import type { Locale } from '../../rule.ts';
import { namedWith } from '../../words/unicode-name.ts';
import { sharedWords } from '../../words.ts';
import { domainHeadline, domainScope, domainSummary } from '../domain.ts';
import { zoneLine } from '../records/where.ts';
import type { Report } from '../report.ts';
import { headline, summary } from '../summary.ts';
import { visitsLine } from '../visits.ts';
import { labels } from './labels.ts';
import type { Style } from './style.ts';

/** The decision, what it rests on, and what it leaves aside. */
export function writeHead(report: Report, locale: Locale, style: Style): string[] {
  const [head, sum, scope] = report.domain
    ? [domainHeadline(report, locale), domainSummary(report, locale), domainScope(locale)]
    : [headline(report, locale), summary(report, locale), sharedWords[locale].scope];
  const visits = visitsLine(report, locale);
  return [
    style.state(head.toLocaleUpperCase(locale), report.decision),
    sum,
    scope,
    ...(visits ? [visits] : []),
  ];
}

/** Which mail or domain it is about. Empty where nobody has said. */
export function writeAudited({ audited, domain }: Report, locale: Locale): string[] {
  if (domain) {
    const label = labels[locale].domain;
    const { at, dkimSelectors, sendingAddresses, ...named } = domain;
    const time = `${at.slice(0, 16).replace('T', ' ')} UTC`;
    const lists = {
      dkimSelectors: dkimSelectors.join(' '),
      sendingAddresses: sendingAddresses.join(' '),
      routes: named.routes.join(', '),
    };
    const said = { ...named, ...lists, domain: namedWith(domain.domain), at: time };
    const names = Object.keys(label) as (keyof typeof label)[];
    return [...names.flatMap((name) => (said[name] ? [`${label[name]}: ${said[name]}`] : [])), ''];
  }
  if (!audited) return [];
  const label = labels[locale].audited;
  const said = { ...audited, at: `${audited.at.slice(0, 16).replace('T', ' ')} UTC` };
  const names = Object.keys(label) as (keyof typeof label)[];
  const lines = names.flatMap((name) => (said[name] ? [`${label[name]}: ${said[name]}`] : []));
  return [...lines, ''];
}

/** Who hosts the DNS; nothing where nobody is known. */
export function writeZones({ zones = [] }: Report, locale: Locale): string[] {
  const said = zones.flatMap((zone) => zoneLine(zone, locale) ?? []);
  return said.length > 0 ? [...said.map((line) => `${line}.`), ''] : [];
}
