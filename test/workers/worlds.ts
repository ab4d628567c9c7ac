/** What is judged twice, in workerd and in Node, and what both must say. */
import type { World } from '../../src/rule.ts';
import { soundZone } from '../world.ts';

const eml = [
  'From: =?iso-8859-1?Q?F=F6reningen?= <nyhetsbrev@example.se>',
  'To: du@example.org',
  'Subject: =?utf-8?B?SMO2c3Rtw7Z0ZQ==?=',
  'MIME-Version: 1.0',
  'Content-Type: multipart/related; boundary=r',
  '',
  '--r',
  'Content-Type: multipart/alternative; boundary=a',
  '',
  '--a',
  'Content-Type: text/plain; charset=iso-8859-1',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'V=E4lkommen!',
  '--a',
  'Content-Type: text/html; charset=windows-1252',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  '<p>V=E4lkommen =96 <a href=3D"https://example.se/"></a><img src=3D"cid:logo"></p>',
  '--a--',
  '--r',
  'Content-Type: image/png; name=logo.png',
  'Content-ID: <logo>',
  'Content-Transfer-Encoding: base64',
  '',
  'iVBORw0KGgo=',
  '--r--',
  '',
].join('\r\n');

const mjml = `<mjml><mj-body><mj-section><mj-column>
  <mj-text>Hej <b>på</b> dig!</mj-text>
  <mj-button href="https://example.se/">Läs mer</mj-button>
  <mj-image src="https://example.se/a.png" />
</mj-column></mj-section></mj-body></mjml>`;

const { '_dmarc.example.se': _, ...withoutDmarc } = soundZone;
// Over 255 octets, and over the 512 that UDP carries without EDNS0.
const manyStrings = { TXT: [`v=spf1 ${'ip4:192.0.2.1 '.repeat(60)}-all`] };

export const worlds: {
  title: string;
  world?: World;
  zone?: Record<string, unknown>;
  previews?: boolean;
  decision: string;
}[] = [
  { title: 'sound, no previews asked for', previews: false, decision: 'clear' },
  { title: 'sound, but nothing here draws previews', decision: 'undecided' },
  { title: 'no DMARC record', zone: withoutDmarc, decision: 'blocked' },
  {
    title: 'styles and markup with faults',
    world: {
      html: '<style>p{display:flex}</style><p class="a" class="b"><a href="/">Hej&nbps;du!</p><script></script><img src="a.png" height="auto"><table border="none" bgcolor="inherit" dir="down"></table>',
    },
    previews: false,
    decision: 'blocked',
  },
  {
    title: 'a TXT record of many strings',
    zone: { ...soundZone, 'example.se': { ...soundZone['example.se'], ...manyStrings } },
    previews: false,
    decision: 'clear',
  },
  { title: 'MJML', world: { mjml, class: 'transactional' }, previews: false, decision: 'clear' },
  { title: 'a message in several character sets', world: { eml }, previews: false, decision: 'blocked' },
  {
    title: 'a domain outside ASCII',
    world: { from: 'Vi <hej@räksmörgås.se>', mailFrom: null },
    decision: 'blocked',
  },
];
