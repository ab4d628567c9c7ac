/** Newer Office files: Office Open XML (ECMA-376 part 2) and OpenDocument (part 2), which are ZIP archives. */
import type { Unpacked } from './budget.ts';
import type { Look } from './look.ts';
import { readXml, type XmlTag } from './xml.ts';
import type { ZipEntry } from './zip.ts';

const textAtMost = 4 * 1024 * 1024;
const objectAtMost = 16 * 1024 * 1024;
const partsAtMost = 300;
const macroTypes = /vnd\.ms-office\.vbaProject|vnd\.ms-excel\.(?:intl)?macrosheet/i;

type Open = (entry: ZipEntry, most: number) => Promise<Unpacked | undefined>;
type Held = (content: Uint8Array, name: string) => Promise<void>;

/** @returns false when the archive is no document. */
export async function lookIntoDocument(
  entries: readonly ZipEntry[],
  open: Open,
  look: Look,
  held: Held,
): Promise<boolean> {
  const named = (name: string) => entries.find((entry) => entry.name.toLowerCase() === name);
  const read = async (entry: ZipEntry) => {
    look.budget.files -= 1;
    const found = look.budget.files < 0 ? undefined : await open(entry, textAtMost);
    if (!found?.whole) look.unread.add('code');
    const { tags, whole } = readXml(found?.bytes ?? new Uint8Array());
    if (!whole) look.unread.add('code');
    return tags;
  };
  const types = named('[content_types].xml');
  const manifest = named('meta-inf/manifest.xml');
  if (types) {
    // The name of a part is its maker's choice; what it is stands in the list of types.
    const said = await read(types);
    const isMacro = said.some(({ attributes }) => macroTypes.test(attributes.get('ContentType') ?? ''));
    if (isMacro || entries.some(({ name }) => /(?:^|\/)macrosheets\//i.test(name))) look.macros = true;
    await lookIntoLinks(entries, read, look);
    await lookIntoObjects(entries, open, look, held);
    return true;
  }
  if (manifest && named('mimetype')) {
    const said = await read(manifest);
    if (said.some(({ name }) => /^encrypt(?:ion-data|ed-key)$/i.test(name)) || named('encrypted-package')) {
      look.encrypted = true;
      look.unread.add('code');
    }
    // A library without a module is written by LibreOffice itself.
    if (
      entries.some(({ name }) =>
        /^(?:Basic\/[^/]+\/(?!script-lb\.xml$)[^/]+\.xml|Scripts\/.*[^/])$/i.test(name),
      )
    )
      look.macros = true;
    return true;
  }
  return false;
}

const fetched = /\/(?:attachedTemplate|oleObject|frame|subDocument)\s*$/i;
/** Another computer: by a scheme, or as Windows writes it. One’s own disk is file:///C:. */
const far = /^\s*(?:https?:|mhtml:|ftp:|[\\/]{2}|file:(?:[\\/]{2}(?![\\/])|[\\/]{4,}))/i;

/** A template or an object that is fetched over the network; links that a reader taps are none of it. */
async function lookIntoLinks(
  entries: readonly ZipEntry[],
  read: (entry: ZipEntry) => Promise<readonly XmlTag[]>,
  look: Look,
): Promise<void> {
  const parts = entries.filter(({ name }) => /\.rels$/i.test(name));
  if (parts.length > partsAtMost) look.unread.add('code');
  for (const part of parts.slice(0, partsAtMost)) {
    for (const { name, attributes } of await read(part)) {
      const value = (key: string) => attributes.get(key) ?? '';
      if (name !== 'Relationship' || !/^\s*external/i.test(value('TargetMode'))) continue;
      if (fetched.test(value('Type')) && far.test(value('Target'))) look.acts.add('template');
    }
  }
}

async function lookIntoObjects(
  entries: readonly ZipEntry[],
  open: Open,
  look: Look,
  held: Held,
): Promise<void> {
  const objects = entries.filter(({ name }) => /\/embeddings\/[^/]+$/i.test(name));
  if (objects.length > partsAtMost) look.unread.add('files');
  for (const entry of objects.slice(0, partsAtMost)) {
    look.budget.files -= 1;
    const content = look.budget.files < 0 ? undefined : await open(entry, objectAtMost);
    if (!content?.whole) look.unread.add('files');
    if (content) await held(content.bytes, entry.name);
  }
}
