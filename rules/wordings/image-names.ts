/** How images are named in what is said of them: by their file, else by their text. */
import type { Facts, Place } from '#rule';
import { fileName } from './addresses.ts';

type Picture = Facts['pictures']['pictures'][number];

export const namedImage = {
  en: (name: string) => (name ? `The image ${isFile(name) ? name : `“${name}”`}` : 'An image'),
  sv: (name: string) => (name ? `Bilden ${isFile(name) ? name : `”${name}”`}` : 'En bild'),
};

/** A name that ends as files do; else it is what its author calls the picture. */
function isFile(name: string): boolean {
  return /\.\w{1,5}…?$/.test(name);
}

/** Longer names say no more. */
const nameLength = 40;

/** What a person knows the picture by. */
export function nameOf({ address, places }: Pick<Picture, 'address' | 'places'>): string {
  const file = fileName(address);
  const alt = places.find(({ alt }) => alt?.trim())?.alt?.trim();
  const name = isFile(file) || !alt ? file : alt;
  return name.length > nameLength ? `${name.slice(0, nameLength)}…` : name;
}

/** Where it is shown first. */
export function firstPlace({ places }: Pick<Picture, 'places'>): Place | undefined {
  return places[0]?.at;
}

/** Bytes as people say them. */
export const weight = {
  en: (bytes: number) => said(bytes, '.'),
  sv: (bytes: number) => said(bytes, ','),
};

function said(bytes: number, point: string): string {
  if (bytes < 999_500) return `${Math.max(1, Math.round(bytes / 1000))} kB`;
  return `${(bytes / 1_000_000).toFixed(1).replace('.', point)} MB`;
}
