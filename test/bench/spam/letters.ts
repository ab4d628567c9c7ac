/**
 * Mail as a pre-flight sees it: the body, and the header that its author makes. What servers wrote on the way is gone,
 * and Date, Message-ID and To, which the sending system writes, are the same for all.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { policy } from '../../../rules/policy.ts';
import { readSubmission } from '../../../src/submission.ts';

export interface Letter {
  file: string;
  folder: string;
  /** For the engines. */
  message: Buffer;
  /** For ours: a template is handed in as it is. */
  handed: { bytes: Uint8Array; filename: string; from?: string; subject?: string };
}

const data = new URL('../../../../shared/data/', import.meta.url).pathname;
const kept = /^(?:from|reply-to|subject|mime-version|content-[a-z-]{1,40})[ \t]*:/i;
const sent = [
  'To: Reader <reader@example.com>',
  `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
  'Message-ID: <20261101120000.1234@mail.example.com>',
];
const designer = { from: 'Newsletter <news@example.com>', subject: 'News of the month' };

/** Whether the corpora are here. */
export const present = existsSync(join(data, 'corpus-2002'));

/** Messages of a folder, stripped. */
export function lettersOf(folder: string): Letter[] {
  return filesOf(`${folder}/*`).map((file) => {
    const message = stripped(readFileSync(join(data, file)));
    return { file: basename(file), folder, message, handed: { bytes: message, filename: 'a.eml' } };
  });
}

/** Letters of fixtures/letters, which nobody has sent: `wanted` or `unwanted`. */
export function ownLetters(kind: 'wanted' | 'unwanted'): Letter[] {
  const root = new URL(`../../../fixtures/letters/${kind}/`, import.meta.url).pathname;
  return globSync('*.eml', { cwd: root })
    .sort()
    .map((file) => {
      const message = stripped(readFileSync(join(root, file)));
      return { file, folder: kind, message, handed: { bytes: message, filename: 'a.eml' } };
    });
}

/** Designs of a folder, as templates, and as the messages they become. */
export async function designsOf(folder: string, ending: 'html' | 'mjml'): Promise<Letter[]> {
  const letters = filesOf(`${folder}/**/*.${ending}`).map(async (file): Promise<Letter | undefined> => {
    const bytes = readFileSync(join(data, file));
    const handed = { bytes, filename: `a.${ending}`, ...designer };
    const read = await readSubmission(handed, 'org_bench', policy.limits);
    if (!read.ok) return undefined;
    const head = [
      `From: ${designer.from}`,
      `Subject: ${designer.subject}`,
      ...sent,
      'MIME-Version: 1.0',
      'Content-Type: text/html; charset=utf-8',
      'Content-Transfer-Encoding: 8bit',
    ];
    const message = Buffer.from(`${head.join('\r\n')}\r\n\r\n${read.submission.markup?.html ?? ''}`);
    return { file: basename(file), folder, message, handed };
  });
  return (await Promise.all(letters)).filter((one) => one !== undefined);
}

function filesOf(pattern: string): string[] {
  return globSync(pattern, { cwd: data, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^(?:ORIGIN|\.)/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(data.length))
    .sort();
}

function stripped(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1').replace(/^From [^\n]*\n/, '');
  const end = /\r?\n\r?\n/.exec(text);
  const head = end ? text.slice(0, end.index) : text;
  const body = end ? text.slice(end.index + end[0].length) : '';
  const fields = head.split(/\r?\n(?![ \t])/).filter((field) => kept.test(field));
  return Buffer.from(`${[...fields, ...sent].join('\n')}\n\n${body}`, 'latin1');
}
