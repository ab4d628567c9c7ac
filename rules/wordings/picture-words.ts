/** Alternative texts that tell nothing: what a program writes by itself, and what stands there until somebody writes. */

import { fileName } from './addresses.ts';

const nothing = new Set(
  `image|img|picture|pic|photo|photograph|graphic|banner|header|header image|hero|hero image|icon|spacer|alt|alt text|
  alternative text|alternate text|image alt text|your alt text|alt tag|placeholder|placeholder image|untitled|thumbnail|
  insert alt text|image description|description|text|logo image|image placeholder|your logo|your image|default alt text|
  bild|bilden|foto|fotografi|bildtext|alt-text|alttext|alternativ text|beskrivning|ikon|rubrikbild|sidhuvud|platshållare|
  din logotyp|din bild|bildbeskrivning|infoga alt-text|bild saknas|
  bilde|billede|kuva|abbildung|imagen|imagem|immagine|afbeelding|grafik`
    .split('|')
    .map((words) => words.trim()),
);

const file = /^[^\s/\\]{1,120}\.(?:jpe?g|png|gif|webp|svg|bmp|avif|heic|tiff?)$/i;
/** What cameras, screenshots and tools call their files. */
const camera =
  /^(?:img|dsc[nf]?|pxl|screenshot|screen shot|skärmavbild|skärmbild|image|bild|unnamed|download|untitled)[\s_.\-\d()]{1,40}$/i;
/** A whole address, and nothing else. */
export const webAddress = /^(?:https?:\/\/|www\.)\S{1,300}$/i;
const tooling = /^[\da-f]{8}-?(?:[\da-f]{4}-?){3}[\da-f]{12}$|^[\da-f]{24,64}$/i;

/** What is wrong with an alternative text, an address being as little as a file’s name; undefined: it tells something. `src`: of the picture. */
export function emptiness(alt: string, src = ''): 'nothing' | 'file' | undefined {
  const words = alt.slice(0, 200).trim();
  // Read aloud by its name, and shown where the picture is not.
  if (/\p{Extended_Pictographic}/u.test(words)) return undefined;
  if (webAddress.test(words)) return 'file';
  // A name that a person would write has no digits and low lines in it.
  if (/[\d_]/.test(words) && /\p{L}/u.test(words) && fileName(src).replace(/\.\w{1,5}$/, '') === words)
    return 'file';
  if (file.test(words) || camera.test(words) || tooling.test(words)) return 'file';
  const heard = words
    .toLowerCase()
    .replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
    .replace(/\s+/g, ' ');
  return nothing.has(heard) || (heard === '' && !/\d/.test(words)) ? 'nothing' : undefined;
}
