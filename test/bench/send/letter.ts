/** What both sides send: a newsletter of 50 kB with two merge fields, to people who do not exist. */
import type { SendOrder } from '../../../src/campaigns.ts';

export const from = { name: 'Odlarna', address: 'brev@example.se' };
export const subject = 'Lotterna i vår';
export const mergeFields = [
  { name: 'namn', type: 'text', sample: 'Åsa' },
  { name: 'ort', type: 'text', sample: 'Växjö' },
];

const styles = `body{margin:0;padding:0;-webkit-text-size-adjust:100%}table,td{border-collapse:collapse}
img{border:0;height:auto;line-height:100%;outline:none;text-decoration:none}p{display:block;margin:13px 0}
@media only screen and (max-width:480px){.third{display:block!important;width:100%!important}}`;

/** One section of a plain table layout, again and again. */
function newsletter(): string {
  const section = (number: number) => `<tr><td style="padding:24px 28px;font-family:Georgia,serif">
<h2 style="font-size:21px;margin:0 0 8px">Odlingslott ${number}</h2>
<p style="font-size:17px;line-height:1.55;margin:0 0 16px">Kön till lotterna är kort i år. Anmäl dig före den
1 februari så får du besked i mars. Vi hälsar både gamla och nya odlare välkomna till vårmötet.</p>
<a href="https://example.se/lotter/${number}" style="color:#2f6b43">Läs mer om lott ${number}</a></td></tr>
`;
  let body = '';
  for (let i = 1; body.length < 48_500; i++) body += section(i);
  return `<!doctype html><html lang="sv"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Brev</title><style>${styles}</style></head><body><p>Hej {{namn}}! Så här är det i {{ort}}.</p>
<table role="presentation">${body}</table><p><a href="{{unsubscribe_url}}">Avregistrera dig</a></p></body></html>`;
}

export const html = newsletter();

export type Person = NonNullable<SendOrder['recipients']>[number] & {
  fields: { namn: string; ort: string };
};

let people = 0;
/** Others than before: the same mail never goes to one person twice. */
export function nextPeople(count: number): Person[] {
  return Array.from({ length: count }, () => {
    people += 1;
    return {
      address: `person${people}@example.com`,
      fields: { namn: `Åsa ${people}`, ort: 'Växjö & Öland' },
    };
  });
}
