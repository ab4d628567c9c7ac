/** Whether a text is well-formed XML, as far as tags go: a drawing that is not is shown by nobody. */

const token =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<\/([^\s<>/="'&]+)\s*>|<([^\s<>/="'&!?]+)((?:\s+[^\s<>/="'&]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[^<]+/y;
/** An ampersand that begins neither a character nor one of the five entities of XML 1.0 (section 4.6). */
const loose = /&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)/;

/** Of a text without DOCTYPE. Stops at the first fault, so that each character is read once. */
export function isWellFormed(text: string): boolean {
  const open: string[] = [];
  token.lastIndex = 0;
  for (let at = 0; at < text.length; at = token.lastIndex) {
    const found = token.exec(text);
    if (!found) return false;
    const [whole, closed, opened, attributes = '', empty] = found;
    if (closed !== undefined) {
      if (open.pop() !== closed) return false;
    } else if (opened !== undefined) {
      if (loose.test(attributes) || repeats(attributes)) return false;
      if (empty === '') open.push(opened);
    } else if (!whole.startsWith('<') && loose.test(whole)) {
      return false;
    }
  }
  return open.length === 0;
}

/** Section 3.1: no attribute twice. */
function repeats(attributes: string): boolean {
  const names = [...attributes.matchAll(/([^\s="']+)\s*=\s*(?:"[^"]*"|'[^']*')/g)].map(([, name]) => name);
  return new Set(names).size < names.length;
}
