/** Senders as JSON. The token stands in the record alone. */
import type { Rehearsal } from '../../ports.ts';
import { rehearsalProblems } from '../../received.ts';
import type { Locale } from '../../rule.ts';
import { senderWords } from '../../senders/words.ts';
import type { RecordToPublish, Sender, SenderRoute } from '../../senders.ts';
import type { RouteJson, SenderJson } from './described.ts';

export function senderToJson({ token: _, ...sender }: Sender, locale: Locale): SenderJson {
  return {
    ...sender,
    proof: recordToJson(sender.proof, locale),
    routes: sender.routes.map((route) => routeToJson(route, locale)),
  };
}

export function routeToJson({ domain: _, ...route }: SenderRoute, locale: Locale): RouteJson {
  return {
    ...route,
    dkim: [...route.dkim],
    rehearsal: route.rehearsal && {
      ...route.rehearsal,
      dkimDomains: [...route.rehearsal.dkimDomains],
      problems: problemsOf(route.rehearsal, locale),
    },
    records: route.records.map((record) => recordToJson(record, locale)),
    gaps: route.gaps.map((code) => ({ code, text: senderWords[locale].gaps[code] })),
  };
}

/** In words; a code of another version has none. */
function problemsOf({ problems }: Rehearsal, locale: Locale) {
  return rehearsalProblems
    .filter((code) => problems.includes(code))
    .map((code) => ({ code, ...senderWords[locale].problems[code] }));
}

function recordToJson(record: RecordToPublish, locale: Locale) {
  return { ...record, text: senderWords[locale].records[record.why] };
}
