/**
 * Letters that are taken for others: the part of Unicode's confusables (UTS 39, confusables.txt; Unicode License v3) that
 * leads from small letters of Cyrillic, Greek, Armenian and Latin to those of English, since names hold no others.
 */
const pairs: Record<string, string> = {
  a: 'аαɑ',
  c: 'сϲᴄ',
  d: 'ԁ',
  e: 'еҽ',
  f: 'քẝ',
  g: 'ɡցƍ',
  h: 'һհ',
  i: 'іιıӏɩɪ',
  j: 'јϳ',
  l: 'ǀו',
  n: 'ոռ',
  o: 'оοσօ',
  p: 'рρϱ',
  q: 'ԛգզ',
  r: 'гᴦ',
  s: 'ѕꜱ',
  u: 'υսʋᴜ',
  v: 'νѵᴠ',
  w: 'ѡԝաᴡ',
  x: 'х',
  y: 'уүγყʏ',
};
const like = new Map(
  Object.entries(pairs).flatMap(([letter, others]) => [...others].map((other) => [other, letter] as const)),
);

/** What the name is taken for: its skeleton, with what looks alike in Latin letters as well. */
export function skeleton(label: string): string {
  return [...label]
    .map((sign) => like.get(sign) ?? sign)
    .join('')
    .replace(/rn/g, 'm')
    .replace(/vv/g, 'w')
    .replace(/0/g, 'o')
    .replace(/[1i]/g, 'l');
}

/** Whether all of it is of signs that look like others, and some of those are not what they seem. */
export function seemsLatin(label: string): boolean {
  const signs = [...label];
  return (
    signs.some((sign) => like.has(sign)) && signs.every((sign) => like.has(sign) || /[a-z0-9-]/.test(sign))
  );
}

/** UTS 39 section 5.2: these go together in one name; all others are one script, or a disguise. */
const together =
  /^(?:[\p{Script=Latin}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+|[\p{Script=Latin}\p{Script=Han}\p{Script=Bopomofo}]+|[\p{Script=Latin}\p{Script=Han}\p{Script=Hangul}]+)$/u;
const scripts = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Armenian',
  'Hebrew',
  'Arabic',
  'Thai',
  'Devanagari',
  'Bengali',
  'Tamil',
  'Georgian',
  'Cherokee',
].map((name) => new RegExp(`^\\p{Script=${name}}+$`, 'u'));

/** Letters of several scripts that no one language writes together. */
export function mixesScripts(label: string): boolean {
  const letters = label.replace(/[^\p{L}]/gu, '');
  return letters !== '' && !together.test(letters) && !scripts.some((script) => script.test(letters));
}

/** Names that fraudsters imitate, by their own label; ours, of Swedish and wide use, as of 2026-11. */
export const imitated: ReadonlyMap<string, string> = new Map(
  [
    ...[
      'paypal.com',
      'google.com',
      'microsoft.com',
      'apple.com',
      'amazon.com',
      'netflix.com',
      'facebook.com',
    ],
    ...[
      'instagram.com',
      'linkedin.com',
      'whatsapp.com',
      'icloud.com',
      'outlook.com',
      'office.com',
      'dropbox.com',
    ],
    ...[
      'docusign.com',
      'spotify.com',
      'klarna.com',
      'bankid.com',
      'swedbank.se',
      'nordea.se',
      'handelsbanken.se',
    ],
    ...[
      'skandiabanken.se',
      'lansforsakringar.se',
      'icabanken.se',
      'postnord.se',
      'skatteverket.se',
      'swish.nu',
    ],
    ...[
      'kivra.se',
      'telia.se',
      'forsakringskassan.se',
      'danskebank.se',
      'avanza.se',
      'blocket.se',
      'tradera.com',
    ],
  ].map((name) => [name.slice(0, name.lastIndexOf('.')), name]),
);
