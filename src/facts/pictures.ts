/** The pictures that readers of the mail see: each one fetched once, and what its bytes say of it. */
import { parse } from 'tldts';
import type { Place } from '../place.ts';
import type { PageImage } from '../ports.ts';
import { type FactError, type FactFailure, isUnasked } from './facts.ts';
import type { Gathering } from './gather.ts';
import { gatherHtml, type HtmlFact, type Image } from './html.ts';
import { leftAlone, placeOf, placesOf, sameAddress } from './link-answers/permission.ts';
import { type Through, visitThrough } from './link-answers/visit.ts';
import { readListUnsubscribe } from './message/list-unsubscribe.ts';
import { linkHost, type WebHost } from './message/web-host.ts';
import { type PictureRead, readPicture } from './pictures/format.ts';

export type { PictureFormat, PictureRead } from './pictures/format.ts';

/** Where the mail shows a picture, and how large; CSS pixels, null where it does not say. */
export interface PicturePlace {
  alt: string | null;
  width: number | null;
  height: number | null;
  at: Place | undefined;
}

export interface Picture extends Pick<Through, 'state' | 'status' | 'failure' | 'endUrl'> {
  /** As it is asked for; `cid:` and a name where it comes with the mail. */
  address: string;
  kind: 'image' | 'background';
  places: readonly PicturePlace[];
  /** Media type, as the server says. */
  type: string;
  /** Bytes; null: not known. */
  size: number | null;
  /** null: none of its bytes came. */
  read: PictureRead | null;
}

export interface PicturesFact {
  pictures: readonly Picture[];
  /** Pictures of one pixel from the web, which tell who opens the mail. */
  pixels: readonly { target: WebHost; at: Place | undefined }[];
  /** Web addresses of pictures that nobody here asked for. */
  left: readonly { address: string; why: 'acting' | 'unfinished' | 'too-many' }[];
  /** Nothing here may ask for anything; null: it may. */
  unasked: FactFailure | null;
  /** The sender's own registered domain. */
  own: string;
}

/** Of one picture. */
const placesKept = 5;
/** At once, so that what is held in memory has an end. */
const atOnce = 8;
const mailAddress = /[^\s/?&=]{1,64}(?:@|%40)[^\s/?&=]{1,253}\./i;

interface Shown {
  address: string;
  kind: Picture['kind'];
  places: PicturePlace[];
  /** As the mail writes it. */
  sources: Set<string>;
}

/** Never fails for what a site answers, or where nothing may be fetched. */
export async function gatherPictures(gathering: Gathering): Promise<PicturesFact> {
  const { submission, progress } = gathering;
  const html = await gatherHtml(gathering);
  const { domain } = submission.from;
  const own = parse(domain).domain ?? domain;
  const { fetched, left, unasked } = await fetchPictures(gathering, progress).catch((error) => {
    if (!isUnasked(error)) throw error;
    return { fetched: [], left: [], unasked: (error as FactError).reason };
  });
  const attached = attachedPictures(html, submission.attachments);
  const pictures = [...fetched.map(({ bytes: _, sources: __, ...picture }) => picture), ...attached];
  return { pictures, pixels: pixelsOf(html?.images ?? []), left, own, unasked };
}

/** For a browser to draw, by how the mail writes their addresses: `take` gets each as soon as it is there. */
export async function drawablePictures(
  gathering: Gathering,
  take: (source: string, image: PageImage) => void,
): Promise<void> {
  await fetchPictures(
    gathering,
    () => {},
    ({ bytes, read, sources }) => {
      const contentType = read && drawn[read.format];
      if (!contentType || !bytes || (read.width ?? 1) * (read.height ?? 1) > pixelsDrawn) return;
      for (const source of sources) take(source, { contentType, bytes });
    },
  );
}

/** A browser draws them; the type is by their bytes, whatever a server says. */
const drawn: Partial<Record<PictureRead['format'], string>> = {
  gif: 'image/gif',
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  avif: 'image/avif',
  svg: 'image/svg+xml',
  bmp: 'image/bmp',
  ico: 'image/x-icon',
};
/** A larger one would take the browser's memory: 100 MB as it is unpacked. */
const pixelsDrawn = 25_000_000;

type FetchedPicture = Picture & { bytes: Uint8Array | null; sources: ReadonlySet<string> };

async function fetchPictures(
  gathering: Gathering,
  progress: (done: number, of: number) => void,
  got: (picture: FetchedPicture) => void = () => {},
): Promise<{ fetched: FetchedPicture[]; left: PicturesFact['left']; unasked: null }> {
  const { policy } = gathering;
  const { links: limits } = policy;
  const html = await gatherHtml(gathering);
  const { wanted, left } = shownPictures(html, gathering);
  const fetched: FetchedPicture[] = [];
  const waiting = [...wanted.entries()];
  let held = 0;
  let done = 0;
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, { address, kind, places, sources }] = next;
      const most = held < limits.pictureBytesOfAll ? limits.pictureBytes : 0;
      const { state, status, failure, endUrl, last } = await visitThrough(address, gathering, limits, most);
      const { type = '', size = null, picture: read = null, body = null } = last ?? {};
      held += body?.length ?? 0;
      const whole = body && body.length > 0 && body.length < most ? body : null;
      const one = { address, kind, places, state, status, failure, endUrl, type, size, read };
      fetched[index] = { ...one, sources, bytes: whole };
      progress(++done, wanted.length);
      got({ ...one, sources, bytes: whole });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { fetched, left, unasked: null };
}

function shownPictures(
  html: HtmlFact | null,
  { submission, policy }: Gathering,
): { wanted: Shown[]; left: PicturesFact['left'] } {
  const limits = policy.links;
  const unsubscribing = placesOf(readListUnsubscribe(submission.headers)?.addresses ?? []);
  const links = linkAddresses(html);
  const shown = new Map<string, Shown>();
  const left = new Map<string, PicturesFact['left'][number]['why']>();
  const add = (source: string, kind: Picture['kind'], place: PicturePlace) => {
    const written = source.trim().replace(/^\/\//, 'https://');
    if (!/^https?:/i.test(written) || !linkHost(written)) return;
    const address = sameAddress(written);
    const known = shown.get(address);
    const why = known ? null : refusalOf(address, written);
    if (why) left.set(address, why);
    if (why || left.has(address)) return;
    const one = known ?? { address, kind, places: [], sources: new Set<string>() };
    one.sources.add(source);
    if (one.places.length < placesKept) one.places.push(place);
    shown.set(address, one);
  };
  const refusalOf = (address: string, written: string) => {
    const why = leftAlone(written, { address: [limits.pictureAddress] });
    if (why === 'unfinished') return why;
    const acts = why === 'acting' || unsubscribing.has(placeOf(address) ?? '') || mailAddress.test(address);
    // The same address behind a link may act; what is shown and linked to is nearly always a larger picture.
    if (acts || (links.has(address) && leftAlone(written, limits) === 'acting')) return 'acting';
    return shown.size >= limits.pictures ? 'too-many' : null;
  };
  for (const { hidden, src, alt, width, height, at } of html?.images ?? []) {
    if (!hidden && src) add(src, 'image', { alt, width, height, at });
  }
  for (const { address, at } of html?.backgrounds ?? []) {
    add(address, 'background', { alt: null, width: null, height: null, at });
  }
  return { wanted: [...shown.values()], left: [...left].map(([address, why]) => ({ address, why })) };
}

function linkAddresses(html: HtmlFact | null): ReadonlySet<string> {
  const written = new Set(html?.links.flatMap(({ href }) => (href ? [href] : [])));
  return new Set([...written].map(sameAddress));
}

/** Those that come with the mail, as far as something in it shows them. */
function attachedPictures(
  html: HtmlFact | null,
  attachments: Gathering['submission']['attachments'],
): Picture[] {
  const places = new Map<string, PicturePlace[]>();
  for (const { hidden, src, alt, width, height, at } of html?.images ?? []) {
    const id = /^\s*cid:(.{1,300})$/i
      .exec(src ?? '')?.[1]
      ?.trim()
      .toLowerCase();
    if (hidden || id === undefined) continue;
    places.set(id, [...(places.get(id) ?? []), { alt, width, height, at }].slice(0, placesKept));
  }
  return attachments.flatMap(({ contentId, contentType, bytes }): Picture[] => {
    const at = contentId ? places.get(contentId.toLowerCase()) : undefined;
    if (!at) return [];
    const address = `cid:${contentId}`;
    const answered = { state: 'answered', status: null, failure: null, endUrl: address } as const;
    const told = { type: contentType, size: bytes.length, read: readPicture(bytes) };
    return [{ address, kind: 'image', places: at, ...answered, ...told }];
  });
}

/** Holds a place in a table, and is the same file for everybody. */
const spacer =
  /\/(?:[\w-]{0,40}[-_])?(?:spacer|blank|transparent|trans|shim|clear|empty|1x1|dot)(?:[-_][\w-]{0,40})?\.(?:gif|png)\s*$/i;

function pixelsOf(images: readonly Image[]): PicturesFact['pixels'] {
  return images.flatMap(({ src, width, height, at }) => {
    const target = src && (width ?? 2) <= 1 && (height ?? 2) <= 1 && !spacer.test(src) ? linkHost(src) : null;
    return target && parse(target.host).domain !== null ? [{ target, at }] : [];
  });
}
