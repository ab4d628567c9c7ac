/** Parts of a composed mail as they are handed to what writes MIME, so that a reader gets what was audited. */

/** Characters of an encoded word, which has 75 at most (RFC 2047 section 2). */
const wordBytes = 45;
/** Octets of a line (RFC 5322 section 2.1.1), with room for the name of the field. */
const foldable = 900;

/**
 * A subject that looks like an encoded word, or cannot be folded, is written as encoded words: it is then shown as it was
 * audited. Any other stays as it is.
 */
export function subjectToSend(subject: string): string {
  if (!subject.includes('=?') && !new RegExp(`[!-~]{${foldable}}`).test(subject)) return subject;
  const words: string[] = [];
  let word = '';
  for (const character of subject) {
    if (bytesOf(word + character).length > wordBytes) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word].map((one) => `=?UTF-8?B?${btoa(String.fromCharCode(...bytesOf(one)))}?=`).join(' ');
}

/**
 * A message inside the message may not be encoded (RFC 2046 section 5.2.1), so it goes with CRLF at its line ends, or a
 * server would put them there and break the signature. With longer lines or 8-bit octets it is a file like any other.
 */
export function attachmentToSend<
  A extends { contentType: string; filename: string | null; bytes: Uint8Array },
>(attachment: A): A {
  const { contentType, filename, bytes } = attachment;
  if (!/^(?:message|multipart)\//i.test(contentType)) return attachment;
  const text = new TextDecoder('latin1').decode(bytes).replace(/\r\n|\r|\n/g, '\r\n');
  const plain = bytes.every((byte) => byte === 9 || byte === 10 || byte === 13 || (byte >= 32 && byte < 127));
  return plain && text.split('\r\n').every((line) => line.length <= 998)
    ? { ...attachment, bytes: bytesOf(text) }
    : { ...attachment, contentType: 'application/octet-stream', filename: filename ?? 'message.eml' };
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
