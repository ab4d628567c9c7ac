/**
 * Comments: those that never end, and the conditional ones that Outlook for Windows reads (`<!--[if mso]>`). To all
 * other programs these are plain comments, and comments do not nest.
 */
import type { Place } from '../../place.ts';
import type { Spots } from './spots.ts';

/** A comment as the parser found it. */
export interface Comment {
  data: string;
  start: number;
  end: number;
}

export interface ConditionFault {
  /**
   * `nested`: a comment inside ends the conditional one, and what follows shows to everybody. `unended`: Outlook finds
   * no end. `stray`: an end without a beginning. `unread`: nobody knows what is asked for. `nobody`: meant for all but
   * Outlook, and written so that all others take it for a comment.
   */
  kind: 'nested' | 'unended' | 'stray' | 'unread' | 'nobody';
  condition: string;
  at: Place | undefined;
}

const opening = /^\s*\[if\s([^\]]{1,200})\]/i;
const closing = /^\s*(?:<!\s*)?\[endif\]/i;
const ending = /<!\[endif\]\s*$/i;
/** `<!--[if !mso]><!-->`, and the ways in which people write the same. */
const revealing = /^\s*>?\s*(?:<!-*\s*)?$/;
/** What Word and old Internet Explorer know (Microsoft, About conditional comments). */
const known = new Set(
  `true false lt lte gt gte eq mso ie vml o supportlists supportfields supportemptyparas supportmisalignedcolumns
  supportmisalignedrows supportendnotes supportfootnotes supportannotations supportlinebreaknewline supporttextwrap
  supportobject ppt excel word webpreview`.split(/\s+/),
);
const token = /[a-z]+|\d{1,3}(?:\.\d{1,6})?|[\s!&|()]/gi;
const seen = /<(?:img|a|v:|table|p|h[1-6])[\s:>]/i;
const tags = /<[^<>]{0,1000}>/g;
/** A report names the first few; what is looked through is bounded for the same reason. */
const contentLength = 100_000;
const faultsAtMost = 100;

/** In the order of the source. */
export function conditionFaults(html: string, comments: readonly Comment[], spots: Spots): ConditionFault[] {
  const found: ConditionFault[] = [];
  const open: Comment[] = [];
  let broken = 0;
  const note = (kind: ConditionFault['kind'], { data, start }: Comment) => {
    if (found.length >= faultsAtMost) return;
    found.push({ kind, condition: (opening.exec(data)?.[1] ?? '').trim(), at: spots(start) });
  };
  for (const comment of comments) {
    const { data, start } = comment;
    const [head, condition = ''] = opening.exec(data) ?? [];
    if (head === undefined) {
      if (!closing.test(data)) continue;
      if (open.pop()) continue;
      if (broken > 0) broken -= 1;
      else note('stray', comment);
      continue;
    }
    if (!isRead(condition)) note('unread', comment);
    const content = data.slice(head.length);
    if (!html.startsWith('<!--', start) || revealing.test(content)) open.push(comment);
    else if (ending.test(content.slice(-40))) {
      if (isForOthers(condition) && shows(content)) note('nobody', comment);
    } else if (content.includes('<!--')) {
      note('nested', comment);
      broken += 1;
    } else note('unended', comment);
  }
  for (const comment of open) note('unended', comment);
  return found;
}

function isRead(condition: string): boolean {
  const tokens = condition.match(token) ?? [];
  const words = tokens.filter((one) => /^[a-z]/i.test(one));
  return tokens.join('') === condition && words.every((word) => known.has(word.toLowerCase()));
}

function isForOthers(condition: string): boolean {
  return /^\(?\s*!\s*\(?\s*mso\s*\)?\s*\)?$/i.test(condition);
}

function shows(content: string): boolean {
  const read = content
    .replace(ending, '')
    .slice(0, contentLength)
    .replace(/<style[\s\S]*?(?:<\/style>|$)/gi, '');
  return seen.test(read) || read.replace(tags, '').trim() !== '>';
}

/** The comment that runs to the end of the page, when there is something in it that was meant to be read. */
export function unendedComment(html: string, comments: readonly Comment[]): Comment | undefined {
  const last = comments.at(-1);
  if (!last || last.end < html.length || !html.startsWith('<!--', last.start)) return undefined;
  const written = html.slice(last.start, last.end);
  if (/--!?>$/.test(written.slice(-4)) || written === '<!-->' || written === '<!--->') return undefined;
  return isContent(html.slice(last.start + 4)) ? last : undefined;
}

/** More than the ends of the page. */
export function isContent(html: string): boolean {
  return html.slice(0, contentLength).replace(/<\/(?:body|html|center)\s*>|\[endif\]|[\s!<>-]/gi, '') !== '';
}
