/** What list-unsubscribe says of headers that stand twice, and the signed messages of its examples. */

export const add = 'List-Unsubscribe-Post: List-Unsubscribe=One-Click';

/** Messages of the examples, signed with the key below: `h`, what is covered, and the signature. */
export const signed = (h: string, b: string) =>
  [
    'DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed; d=example.se;',
    ` h=${h}; s=m2; t=1795161600;`,
    ' bh=oPnJDkf+YVsKI/eBiEJlEXrxiwb7cEltNw2cbdQaBss=; b=',
    'From: Vi <a@example.se>',
    'Subject: Hej',
    'Date: Fri, 20 Nov 2026 09:00:00 +0100',
    'List-Unsubscribe: <https://example.se/u?1>',
    add,
    '',
    'Hej!',
    '',
  ]
    .join('\r\n')
    .replace(' b=\r\n', ` b=${b}\r\n`);
export const zone = {
  'm2._domainkey.example.se': { TXT: ['v=DKIM1; k=ed25519; p=oshiPdUcWRgGmw6a/AMM7B9D3+6ACoc26mW0ekx3DFo='] },
};
export const both = signed(
  'From:Subject:Date:List-Unsubscribe:List-Unsubscribe-Post',
  'OVPaelpo90n56quVxJhdeTi79kwccjIZlQ47syln6ZlR+Hl/9SN/VOIvxMFobVL8wg9j6eJ0aSFocT8qSCqJAA==',
);

/** `open`: web addresses without encryption, beside the one with it. */
export type Several = 'fields' | 'posts' | 'addresses' | 'open';
export const names = { fields: 'List-Unsubscribe', posts: 'List-Unsubscribe-Post' };
/** As it is written, of a name in small letters. */
export function headerName(header: string): string {
  return header === 'list-unsubscribe' ? names.fields : names.posts;
}
export const headings: Record<'en' | 'sv', Record<Several, string>> = {
  en: {
    fields: 'The mail has several List-Unsubscribe headers',
    posts: 'The mail has several List-Unsubscribe-Post headers',
    addresses: 'List-Unsubscribe has several https addresses',
    open: 'List-Unsubscribe has an http address beside the https one',
  },
  sv: {
    fields: 'Mejlet har flera List-Unsubscribe',
    posts: 'Mejlet har flera List-Unsubscribe-Post',
    addresses: 'List-Unsubscribe har flera https-adresser',
    open: 'List-Unsubscribe har en http-adress bredvid https-adressen',
  },
};
export const fixes: typeof headings = {
  en: {
    fields:
      'Keep one List-Unsubscribe. Often two tools add one each: turn it off in one of them. Several addresses go into the same header, with commas between.',
    posts: 'Keep one List-Unsubscribe-Post. Often two tools add one each: turn it off in one of them.',
    addresses:
      'Keep one https address, the one that unsubscribes the reader. A mailto: address may stand beside it.',
    open: 'Remove what begins with http:// and keep the https address. A mailto: address may stand beside it.',
  },
  sv: {
    fields:
      'Behåll ett List-Unsubscribe. Ofta lägger två verktyg till var sitt: slå av det i ett av dem. Flera adresser skrivs i samma huvud, med kommatecken mellan.',
    posts:
      'Behåll ett List-Unsubscribe-Post. Ofta lägger två verktyg till var sitt: slå av det i ett av dem.',
    addresses: 'Behåll en https-adress, den som avregistrerar läsaren. En mailto:-adress får stå bredvid.',
    open: 'Ta bort det som börjar med http:// och behåll https-adressen. En mailto:-adress får stå bredvid.',
  },
};
/** What is told of how many there are. */
export const counts: Record<'en' | 'sv', Record<Several, (count: number) => string>> = {
  en: {
    fields: (count) => timesEn(names.fields, count),
    posts: (count) => timesEn(names.posts, count),
    addresses: (count) =>
      `List-Unsubscribe has ${count} https addresses, and nothing says which of them receivers use.`,
    open: (count) =>
      `Beside its https address, List-Unsubscribe has ${count === 1 ? 'one that begins' : `${count} that begin`} with http://. It may have no other web address than the https one.`,
  },
  sv: {
    fields: (count) => timesSv(names.fields, count),
    posts: (count) => timesSv(names.posts, count),
    addresses: (count) =>
      `List-Unsubscribe har ${count} https-adresser, och inget säger vilken av dem mottagarna använder.`,
    open: (count) =>
      `Bredvid https-adressen har List-Unsubscribe ${count === 1 ? 'en' : count} som börjar med http://. Ingen annan webbadress än den med https får stå där.`,
  },
};

function timesEn(name: string, count: number): string {
  return `The header ${name} occurs ${count} times, and nothing says which of them counts.`;
}

function timesSv(name: string, count: number): string {
  return `Huvudet ${name} står ${count} gånger, och inget säger vilket som gäller.`;
}
