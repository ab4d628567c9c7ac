/** Where the links of the mail lead: each one that may be visited is, through its redirects, once. */
import { parse } from 'tldts';
import type { Place } from '../place.ts';
import { type FactError, type FactFailure, isUnasked } from './facts.ts';
import type { Gathering } from './gather.ts';
import { gatherHtml, type Link } from './html.ts';
import {
  actsByWords,
  type LeftAlone,
  leftAlone,
  placeOf,
  placesOf,
  sameAddress,
} from './link-answers/permission.ts';
import { visitThrough } from './link-answers/visit.ts';
import { writtenLinks } from './link-answers/written.ts';
import { readListUnsubscribe } from './message/list-unsubscribe.ts';
import { linkHost } from './message/web-host.ts';

export type { LeftAlone } from './link-answers/permission.ts';
export type { VisitState } from './link-answers/visit.ts';

/** One address that the mail leads to, with all the places that lead there. */
export interface LinkAnswer extends Visiting {
  /** As it is asked for. */
  href: string;
  /** What readers see of it, at its first place. */
  places: readonly { text: string; at: Place | undefined }[];
}

type Visiting = Awaited<ReturnType<typeof visitThrough>>;

export interface LinkAnswersFact {
  /** In the order of the mail. */
  answers: readonly LinkAnswer[];
  /** Web addresses that nobody here visited, and why. */
  left: readonly { href: string; why: LeftAlone }[];
  /** Nothing here may visit anything; null: it may. */
  unasked: FactFailure | null;
  /** The sender's own registered domain. */
  own: string;
}

/** Of one address. */
const placesKept = 5;
/** Ours: fifty times what a long newsletter has. */
const linksRead = 2000;

/** Never fails for what a site answers, or where nothing may be visited. */
export async function gatherLinkAnswers(gathering: Gathering): Promise<LinkAnswersFact> {
  const { policy, progress } = gathering;
  const html = await gatherHtml(gathering);
  const text = gathering.submission.text ?? '';
  const { follow, left } = html
    ? chosen(html.links, html.text, gathering)
    : chosen(writtenLinks(text), text, gathering);
  const { domain } = gathering.submission.from;
  const own = parse(domain).domain ?? domain;
  let done = 0;
  const visiting = Promise.all(
    follow.map(async ({ href, places }): Promise<LinkAnswer> => {
      const visiting = await visitThrough(href, gathering, policy.links);
      progress(++done, follow.length);
      return { href, places, ...visiting };
    }),
  );
  try {
    return { answers: await visiting, left, own, unasked: null };
  } catch (error) {
    if (!isUnasked(error)) throw error;
    return { answers: [], left, own, unasked: (error as FactError).reason };
  }
}

interface Chosen {
  follow: { href: string; places: { text: string; at: Place | undefined }[] }[];
  left: { href: string; why: LeftAlone }[];
}

/** One address may stand behind several texts: if one of them says what it does, none is followed. */
function chosen(
  links: readonly Pick<Link, 'href' | 'text' | 'span' | 'at'>[],
  page: string,
  { submission, policy }: Gathering,
): Chosen {
  const limits = policy.links;
  const unsubscribing = placesOf(readListUnsubscribe(submission.headers)?.addresses ?? []);
  const spans = links.flatMap(({ span }) => (span ? [span] : []));
  const near = nearOf(spans);
  const why = new Map<string, LeftAlone | null>();
  // Many links of a mail go to the same place.
  const alone = new Map<string, LeftAlone | null>();
  const addresses = new Map<string, string>();
  const said = new Map<string, boolean>();
  const places = new Map<string, Chosen['follow'][number]['places']>();
  for (const [index, link] of links.entries()) {
    const written = link.href?.trim().replace(/^\/\//, 'https://');
    if (!written || !/^https?:/i.test(written)) continue;
    const href = addresses.get(written) ?? sameAddress(written);
    addresses.set(written, href);
    // What words say of the rest nobody reads, so none of it is followed.
    if (index >= linksRead) {
      why.set(href, why.get(href) ?? 'too-many');
      continue;
    }
    let own = alone.get(written);
    if (own === undefined) {
      own =
        leftAlone(written, limits) ??
        (unsubscribing.has(placeOf(href) ?? '') ? 'acting' : null) ??
        (limits.placeholder.test(linkHost(href)?.domain ?? '') ? 'placeholder' : null);
      alone.set(written, own);
    }
    // The words matter only where nothing else has settled it.
    const known = why.get(href) ?? own;
    const acts = known === null && actsByWords(link, { page, spans: near(link.span) }, limits, said);
    why.set(href, known ?? (acts ? 'acting' : null));
    const at = places.get(href) ?? [];
    if (at.length < placesKept) at.push({ text: link.text.slice(0, 60), at: link.at });
    places.set(href, at);
  }
  const follow: Chosen['follow'] = [];
  const left: Chosen['left'] = [];
  for (const [href, reason] of why) {
    if (reason) left.push({ href, why: reason });
    else if (follow.length === limits.links) left.push({ href, why: 'too-many' });
    else follow.push({ href, places: places.get(href) ?? [] });
  }
  return { follow, left };
}

/** Spans of the links that stand just before and after one, so that a mail of many links costs no square. */
function nearOf(spans: readonly (readonly [number, number])[]) {
  const sorted = spans.toSorted(([a], [b]) => a - b);
  const index = new Map(sorted.map((span, i) => [span, i]));
  return (span: Link['span']) => {
    const at = span ? (index.get(span) ?? 0) : 0;
    return sorted.slice(Math.max(0, at - neighbours), at + neighbours + 1).filter((one) => one !== span);
  };
}
const neighbours = 20;
