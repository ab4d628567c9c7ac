import MailComposer from 'nodemailer/lib/mail-composer';
import { encodeWord, encodeWords } from 'nodemailer/lib/mime-funcs';
import type { ComposedMessage, MimeWriter } from '../../ports.ts';
import { encodeText } from './quoted-printable.ts';

/** Stands for a text while the message is built round it; nobody else can write it. */
const mark = crypto.randomUUID().replaceAll('-', '');

/**
 * Writes MIME by nodemailer's composer: text before HTML, inline images beside the HTML, everything that is not
 * ASCII encoded (quoted-printable, base64, encoded words), so that no server on the way changes a signed byte.
 * @throws TypeError for a header, a name or an address with a line break or a control character; for a name that would
 * be read as an encoded word; and for a message that a server would have to change on the way.
 */
export const mimeWriter: MimeWriter = {
  write(message: ComposedMessage): Promise<Uint8Array> {
    const { from, to, replyTo, subject, messageId, date, html, text, headers, attachments } = message;
    const given = [from, ...replyTo].flatMap(({ name, address }) => [name, address]);
    for (const value of [...given, to, subject, messageId]) onOneLine(value);
    for (const { filename } of attachments) if (filename !== null) notEncoded(filename);
    for (const { name } of [from, ...replyTo]) notEncoded(name);
    for (const { name, value } of headers) {
      if (!/^[\x21-\x39\x3b-\x7e]+$/.test(name)) throw new TypeError('a header field has no valid name');
      onOneLine(value);
    }
    const texts: Text[] = [];
    const standIn = (text: string | null) => {
      if (!text) return text ?? undefined;
      const one = standInFor(text, texts.length);
      texts.push(one);
      return one.written;
    };
    const [plainText, markup] = [standIn(text), standIn(html)];
    const composer = new MailComposer({
      from,
      to: { name: '', address: to },
      ...(replyTo.length > 0 ? { replyTo: [...replyTo] } : {}),
      // Not as an encoded word that it only looks like (RFC 2047 section 5): it is shown as it was audited.
      subject: subject.includes('=?') || unfoldable.test(subject) ? encodeWord(subject, 'Q', 52) : subject,
      messageId,
      date,
      ...(markup === undefined ? {} : { html: markup }),
      ...(plainText === undefined ? {} : { text: plainText }),
      headers: headers.map(({ name, value }) => ({ key: name, value: encoded(value) })),
      attachments: attachments.map(asSent).map((one) => ({
        filename: one.filename ?? false,
        content: Buffer.from(one.bytes.buffer, one.bytes.byteOffset, one.bytes.byteLength),
        contentType: one.contentType,
        // A message inside a message must not be encoded (RFC 2046 section 5.2.1).
        ...(whole.test(one.contentType) ? {} : { contentTransferEncoding: 'base64' }),
        contentDisposition: one.disposition === 'inline' ? ('inline' as const) : ('attachment' as const),
        ...(one.contentId === null ? {} : { cid: one.contentId.replace(/^<|>$/g, '') }),
      })),
      // Lines of any length and dots at their beginnings come through any server so.
      textEncoding: 'quoted-printable',
      newline: 'windows',
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const node = composer.compile();
    node.keepBcc = false;
    return node.build().then((built) => unchangeable(texts.reduce(putInPlace, bracketed(built))));
  },
};

type Attached = ComposedMessage['attachments'][number];

const whole = /^(?:message|multipart)\//i;
/** Octets of a line (RFC 5322 section 2.1.1). */
const longestLine = 998;
/** A subject that has no place to fold. */
const unfoldable = /[!-~]{900}/;

/**
 * What may not be encoded goes out with CRLF at its line ends, or a server would put them there and break the
 * signature; with longer lines or 8-bit octets it is a file like any other.
 */
function asSent(one: Attached): Attached {
  if (!whole.test(one.contentType)) return one;
  const text = Buffer.from(one.bytes)
    .toString('latin1')
    .replace(/\r\n|\r|\n/g, '\r\n');
  const plain =
    /^[\t\r\n\x20-\x7e]*$/.test(text) && text.split('\r\n').every((line) => line.length <= longestLine);
  return plain
    ? { ...one, bytes: Buffer.from(text, 'latin1') }
    : { ...one, contentType: 'application/octet-stream', filename: one.filename ?? 'message.eml' };
}

interface Text {
  /** For nodemailer: it chooses the transfer encoding by what stands here. */
  written: string;
  /** What nodemailer makes of it. */
  found: string;
  /** What is to stand there: nodemailer's own streams would encode each line anew for each recipient. */
  body: string;
}

function standInFor(text: string, index: number): Text {
  // The line break at the end stays nodemailer's.
  const [end = ''] = /\r?\n$/.exec(text) ?? [];
  const { plain, body } = encodeText(text.slice(0, text.length - end.length));
  const name = `${mark}.${index}`;
  return plain
    ? { written: name + end, found: name, body }
    : { written: `å${name}${end}`, found: `=C3=A5${name}`, body };
}

function putInPlace(message: Buffer, { found, body }: Text): Buffer {
  const at = message.indexOf(found, 0, 'latin1');
  if (at < 0) throw new Error('a text has no place in its message');
  const rest = message.subarray(at + found.length);
  return Buffer.concat([message.subarray(0, at), Buffer.from(body, 'latin1'), rest]);
}

const toField = /(?<=(?:^|\r\n)To:(?:\r\n)?[ \t]{1,9})[^\s<>,]{3,320}(?=\r\n(?![ \t]))/i;

/** Nodemailer writes an address without a name bare, which filters know from tools that send spam. */
function bracketed(message: Buffer): Buffer {
  const head = message.subarray(0, message.indexOf('\r\n\r\n') + 2).toString('latin1');
  const found = toField.exec(head);
  if (!found) return message;
  const [address] = found;
  const rest = message.subarray(found.index + address.length);
  return Buffer.concat([Buffer.from(`${head.slice(0, found.index)}<${address}>`, 'latin1'), rest]);
}

/** A phrase before an identifier in angle brackets (RFC 2919) is encoded by itself, the identifier never. */
function encoded(value: string): string {
  const at = Math.max(0, value.indexOf('<'));
  const [phrase, identifier] = [value.slice(0, at).trimEnd(), value.slice(at)];
  const needs = /[^\x20-\x7e]/.test(phrase) && !phrase.includes('>') && /^<[\x21-\x7e]+>$/.test(identifier);
  return needs ? `${encodeWords(phrase, 'Q', 52, true)} ${identifier}` : value;
}

/** Servers put CRLF where it is missing, part long lines and encode 8-bit octets: each of it breaks the signature. */
function unchangeable(message: Buffer): Buffer {
  let length = 0;
  let previous = 0;
  for (const octet of message) {
    const broken = octet === 0x0a ? previous !== 0x0d : previous === 0x0d || octet > 0x7f || octet === 0;
    if (broken) throw new TypeError('a message has octets that do not come through every server');
    if (octet === 0x0a) length = 0;
    else if (octet !== 0x0d && ++length > longestLine)
      throw new TypeError('a message has a line that is longer than servers take');
    previous = octet;
  }
  if (previous === 0x0d) throw new TypeError('a message ends in the middle of a line break');
  return message;
}

function notEncoded(name: string): void {
  if (name.includes('=?')) throw new TypeError('a name would be read as an encoded word');
}

function onOneLine(value: string): void {
  // Tabs may stand in a header; nothing else of the control characters may.
  if (/[^\P{Cc}\t]/u.test(value))
    throw new TypeError('a header value has a control character or a line break');
}
