/** What a message says of itself: unsubscribing, merge fields, and the addresses that names and texts show. */
import { describe, expect, test } from 'vitest';
import { policy } from '../../rules/policy.ts';
import { gatherHtml } from '../../src/facts/html.ts';
import { mergeFieldsOf, mergeFieldsOfAddress } from '../../src/facts/message/merge-fields.ts';
import { webHost, writtenAddress, writtenHost } from '../../src/facts/message/web-host.ts';
import { gatherMessage } from '../../src/facts/message.ts';
import { submissionOf } from '../world.ts';

const messageOf = async (eml: string) => gatherMessage({ submission: await submissionOf({ eml }) });
const htmlOf = async (html: string) => gatherHtml({ submission: await submissionOf({ html }), policy });

describe('merge fields', () => {
  test.each([
    ['Hej {{ namn }}!', ['{{ namn }}']],
    ['{{{raw}}}', ['{{raw}}']],
    ['{{#if a}}x{{/if}}', ['{{#if a}}', '{{/if}}']],
    ['{% if a %}', ['{% if a %}']],
    ['<%= namn %> <%asm_group_unsubscribe_url%>', ['<%= namn %>', '<%asm_group_unsubscribe_url%>']],
    ['*|FNAME|* *|IF:FNAME|*', ['*|FNAME|*', '*|IF:FNAME|*']],
    ['%%emailaddr%%', ['%%emailaddr%%']],
    ['%FIRSTNAME% %UNSUBSCRIBELINK%', ['%FIRSTNAME%', '%UNSUBSCRIBELINK%']],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a merge field of another language
    ['${user.name}', ['${user.name}']],
    ['[$email]', ['[$email]']],
    ['[[data:firstname:""]] [[UNSUB_LINK_EN]]', ['[[data:firstname:""]]', '[[UNSUB_LINK_EN]]']],
    ['100 % av 50 % och 20% rabatt, 5%REA', []],
    ['{rabatt} [1] [länk] (x) $100 **fet** |a|', []],
    ['p { color: red } @media x { a { b: c } }', []],
    ['{{}} {{ }', []],
    ['# Rubrik ## Rubrik ##', []],
  ])('in %s', (text, fields) => {
    expect(mergeFieldsOf(text)).toEqual(fields);
  });

  test.each([
    ['https://example.se/?a=%C3%A5%20%E2AB%20', []],
    ['https://example.se/?a={{id}}&b=*|UNIQID|*', ['{{id}}', '*|UNIQID|*']],
    ['https://example.se/%7B%7Bid%7D%7D', ['%7B%7Bid%7D%7D']],
    ['[unsubscribe]', ['[unsubscribe]']],
    ['https://[2001:db8::1]/', []],
  ])('in the address %s', (address, fields) => {
    expect(mergeFieldsOfAddress(address)).toEqual(fields);
  });

  test.each(['{{', '{{{', '*|', '%%a', '<%', '${a', '[[data:', '%7B%7B', '{% '])(
    'megabytes of %s cost no more than their length',
    (piece) => {
      const started = performance.now();
      const text = piece.repeat(1_000_000);
      mergeFieldsOf(text);
      mergeFieldsOfAddress(text);
      expect(performance.now() - started).toBeLessThan(3000);
    },
  );

  test('where each stands: the sender’s name, the subject, the text part', async () => {
    const { mergeFields } = await messageOf(
      'From: "*|LIST|*" <a@example.se>\r\nSubject: Hej {{namn}}\r\n\r\nHej %%namn%%!\r\n',
    );
    expect(mergeFields).toEqual([
      { field: '*|LIST|*', part: 'from' },
      { field: '{{namn}}', part: 'subject' },
      { field: '%%namn%%', part: 'text' },
    ]);
  });

  test('of HTML: what is seen, followed or loaded, not what is hidden, in styles or an example', async () => {
    const html = await htmlOf(
      `<style>{{css}}</style><p>\n<b>{{seen}}</b><span hidden>{{hidden}}</span></p><code>{{code}}</code>
<a href="*|LINK|*">x</a><img src="{{picture}}" alt=""><unsubscribe>Av</unsubscribe>`,
    );
    const found = html?.mergeFields.map(({ field, at }) => `${field} ${at?.line}:${at?.column}`);
    expect(found).toEqual(['{{seen}} 2:1', '<unsubscribe> 3:55', '*|LINK|* 3:1', '{{picture}} 3:25']);
    expect([...(html?.fieldsInCode ?? [])]).toEqual(['{{code}}']);
  });
});

describe('addresses', () => {
  test.each([
    ['https://www.Example.se/a?b', { host: 'www.example.se', domain: 'example.se' }],
    ['http://användare.example.co.uk', { host: 'xn--anvndare-2za.example.co.uk', domain: 'example.co.uk' }],
    ['HTTPS://192.0.2.1/', { host: '192.0.2.1', domain: '192.0.2.1' }],
    ['https://[2001:db8::1]/', { host: '[2001:db8::1]', domain: '[2001:db8::1]' }],
    ['https://0x7f.1/', { host: '127.0.0.1', domain: '127.0.0.1' }],
    ['https://{{host}}/', null],
    ['mailto:a@example.se', null],
    ['/a', null],
    ['https://', null],
    ['https://a b/', null],
  ])('%s leads to', (address, host) => {
    expect(webHost(address)).toEqual(host);
  });

  test.each([
    ['example.se', 'example.se'],
    ['www.example.se/om-oss.', 'www.example.se'],
    ['https://example.se/?a', 'example.se'],
    ['hemköp.se', 'xn--hemkp-mua.se'],
    ['Node.js', null],
    ['rapport.pdf', null],
    ['info@example.se', null],
    ['Läs mer på example.se', null],
    ['10.000', null],
    ['', null],
    [`${'a.'.repeat(100_000)}se`, null],
    [`${'a-'.repeat(900)}.se`, null],
  ])('%s names the host', (text, host) => {
    expect(writtenHost(text)?.host ?? null).toBe(host);
  });

  test('a bare host may be a name; one to open has its scheme or www', () => {
    expect(writtenAddress('Booking.com')).toBeNull();
    expect(writtenAddress('www.booking.com')?.domain).toBe('booking.com');
  });

  test.each([
    ['"info@bank.se" <a@example.se>', { host: 'bank.se', related: false }],
    ['"info@kontor.example.se" <a@mejl.example.se>', { host: 'kontor.example.se', related: true }],
    ['"Bank.se" <a@example.se>', null],
    ['"Anna @ Bank" <a@example.se>', null],
    ['Föreningen <a@example.se>', null],
  ])('the sender’s name %s shows', async (from, shown) => {
    const { shownHost } = await messageOf(
      `From: ${from}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHej`,
    );
    expect(shownHost && { host: shownHost.host, related: shownHost.related }).toEqual(shown);
  });
});

describe('List-Unsubscribe', () => {
  const post = 'List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n';
  test.each([
    ['one of each', `List-Unsubscribe: <mailto:u@example.se>, <https://example.se/u>\r\n${post}`, 2, true],
    ['folded', `List-Unsubscribe: <https://example.se/\r\n u>\r\n${post}`, 1, true],
    ['a comment', 'List-Unsubscribe: (use this) <https://example.se/u>\r\n', 1, false],
    ['without brackets', `List-Unsubscribe: https://example.se/u\r\n${post}`, 0, true],
    ['empty brackets', 'List-Unsubscribe: <>, <https://>, <mailto:>\r\n', 0, false],
    ['something else', 'List-Unsubscribe: <ftp://example.se/u>\r\n', 0, false],
    [
      'another case',
      'list-unsubscribe: <HTTPS://example.se/u>\r\nLIST-UNSUBSCRIBE-POST: list-unsubscribe=one-click\r\n',
      1,
      true,
    ],
    [
      'more than the one thing',
      'List-Unsubscribe: <https://example.se/u>\r\nList-Unsubscribe-Post: a=b&List-Unsubscribe=One-Click\r\n',
      1,
      false,
    ],
  ])('%s', async (_, header, addresses, oneClick) => {
    const { listUnsubscribe } = await messageOf(`From: a@example.se\r\n${header}\r\nHej`);
    expect(listUnsubscribe?.addresses).toHaveLength(addresses);
    expect(listUnsubscribe?.oneClick).toBe(oneClick);
  });

  test('a message without it has none', async () => {
    expect((await messageOf('From: a@example.se\r\n\r\nHej')).listUnsubscribe).toBeNull();
  });

  test('a white space that folds an address does not belong to it', async () => {
    const { listUnsubscribe } = await messageOf(
      'From: a@example.se\r\nList-Unsubscribe: <https://example.se/\r\n\tu>\r\n\r\nHej',
    );
    expect(listUnsubscribe?.addresses).toEqual(['https://example.se/u']);
  });
});
