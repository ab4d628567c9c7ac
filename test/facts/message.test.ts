/** What a message says of itself: unsubscribing, merge fields, and the addresses that names and texts show. */
import { describe, expect, test } from 'vitest';
import unsubscribeLink from '../../rules/content/unsubscribe-link.ts';
import { policy } from '../../rules/policy.ts';
import { gatherHtml } from '../../src/facts/html.ts';
import { mergeFieldsOf, mergeFieldsOfAddress } from '../../src/facts/message/merge-fields.ts';
import { linkHost, webHost, writtenAddress, writtenHost } from '../../src/facts/message/web-host.ts';
import { gatherMessage } from '../../src/facts/message.ts';
import { submissionOf } from '../world.ts';

const messageOf = async (eml: string) => gatherMessage({ submission: await submissionOf({ eml }) });
const htmlOf = async (html: string) => gatherHtml({ submission: await submissionOf({ html }), policy });

describe('merge fields', () => {
  test.each([
    ['Hej {{ namn }}!', ['{{ namn }}']],
    ['{{{raw}}}', ['{{{raw}}}']],
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
    ['[[firstname]] [[custom "ort"]]', ['[[firstname]]', '[[custom "ort"]]']],
    ['##FirstName## ##newsletter.link##', ['##FirstName##', '##newsletter.link##']],
    ['{$name} {$unsubscribe}', ['{$name}', '{$unsubscribe}']],
    ['{!Contact.FirstName} {!firstname_fix}', ['{!Contact.FirstName}', '{!firstname_fix}']],
    ['[firstname,fallback=du] [Name, fallback=]', ['[firstname,fallback=du]', '[Name, fallback=]']],
    ['$[FNAME|Kund]$', ['$[FNAME|Kund]$']],
    [
      '##x## ##Förnamn## ##FIRSTNAME## ##/UnsubscribeLink##',
      ['##x##', '##Förnamn##', '##FIRSTNAME##', '##/UnsubscribeLink##'],
    ],
    [
      '!!First_Name!! [[medlemstyp]] [[contact.first_name]]',
      ['!!First_Name!!', '[[medlemstyp]]', '[[contact.first_name]]'],
    ],
    ['%%=v(@namn)=%% %%[SET @a = 1]%% %%Förnamn%%', ['%%=v(@namn)=%%', '%%[SET @a = 1]%%', '%%Förnamn%%']],
    ['{% if rabatt == "5%" %} {%- endif -%}', ['{% if rabatt == "5%" %}', '{%- endif -%}']],
    [
      '{{ person|lookup:"namn"|default:"du" }} {{ params.x }} {{contact.firstname}}',
      ['{{ person|lookup:"namn"|default:"du" }}', '{{ params.x }}', '{{contact.firstname}}'],
    ],
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: merge fields of another language
    [
      '${(contact.firstName)!"du"} ${Gears.unsubscribe()} $!{lead.name}',
      ['${(contact.firstName)!"du"}', '${Gears.unsubscribe()}', '$!{lead.name}'],
    ],
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: merge fields of another language
    ['#{user.name} <?= $name ?> [%first_name%]', ['#{user.name}', '<?= $name ?>', '[%first_name%]']],
    [
      '[subscriber:firstname | default:du] [link:subscription_unsubscribe_url]',
      ['[subscriber:firstname | default:du]', '[link:subscription_unsubscribe_url]'],
    ],
    [
      '{contactfield=firstname} {unsubscribe_url} {subtag:name|default:du}',
      ['{contactfield=firstname}', '{unsubscribe_url}', '{subtag:name|default:du}'],
    ],
    [
      'Hej [Förnamn], {förnamn}, «Efternamn», <<FirstName>>',
      ['[Förnamn]', '{förnamn}', '«Efternamn»', '<<FirstName>>'],
    ],
    [
      '%Förnamn% #firstname# $FIRST_NAME$ {Contact.Förnamn}',
      ['%Förnamn%', '#firstname#', '$FIRST_NAME$', '{Contact.Förnamn}'],
    ],
    [
      '%subscriber:firstname% [UNSUBSCRIBEURL] [object Object]',
      ['%subscriber:firstname%', '[UNSUBSCRIBEURL]', '[object Object]'],
    ],
    ['%recipient.name% %unsubscribe_url%', ['%recipient.name%', '%unsubscribe_url%']],
    ['~Contact.FirstName~', ['~Contact.FirstName~']],
    ['Hej @FIRSTNAME@!', ['@FIRSTNAME@']],
    ['{{ name | default: "{x}" }}', ['{{ name | default: "{x}" }}']],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what a shell reads
    ['Sätt ${HOME} i skalet, %PATH% i Windows', []],
    ['[[SE_NEDAN]] [[Sidnamn]] [Läs mer] ##REA## {!Obs} ~Hej~ @anna@', []],
    ['https://e.se/?q=%DEAD%BEEF https://e.se/%C2%ABREA%C2%BB https://e.se/?f=%FACADE%20', []],
    ['print "$h{$key} {$_}"', []],
    ['Adressen är {förnamn}.{efternamn}@example.se eller [förnamn].[efternamn]@example.se', []],
    ['Namn: [Ditt namn] {namn} [namn] %namn% <<Tillbaka «Läs mer» #hashtag# !!OBS!!', []],
    ['pris $5 och $10, [1] fotnot, 10 %–20 %, 50%namn', []],
    ['$("#namn").text("x"); $(document).ready(function () {})', []],
    ['{"@type":"Event","name":"Hej","offers":{"price":{"a":1}}}', []],
    ['[date: 5] [link] [user] a#{b} $#{x} ##,## ####', []],
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
    ['https://example.se/?q=%DEAD%BEEF', []],
    ['https://example.se/?q=%FACADE%', []],
    ['https://example.se/%C2%ABREA%C2%BB', []],
    ['https://example.se/?e=%EMAIL%', ['%EMAIL%']],
    ['%UNSUBSCRIBELINK%', ['%UNSUBSCRIBELINK%']],
    ['https://example.se/?id=*%7CUNIQID%7C*', ['*%7CUNIQID%7C*']],
    ['https://example.se/?id=%24%7Buser.id%7D', ['%24%7Buser.id%7D']],
    ['https://example.se/?id=%3C%25=id%25%3E', ['%3C%25=id%25%3E']],
    ['https://example.se/?q=%C3%A5%20%5B1%5D%24#rubrik', []],
    ['https://example.se/#{a}', ['#{a}']],
    ['##OptOutList##', ['##OptOutList##']],
  ])('in the address %s', (address, fields) => {
    expect(mergeFieldsOfAddress(address)).toEqual(fields);
  });

  test.each([
    '{{',
    '{{{',
    '{{{a}',
    '*|',
    '%%a',
    '<%',
    '${a',
    '[[data:',
    '%7B%7B',
    '{% ',
    '##a',
    '{$a',
    '[a,fallback=',
    '$[a|',
    '~Contact.A',
    '%AAAA',
    '<<Förnamn',
    '%%[a',
    '{% a%',
    '[subscriber:a',
    '!!a_',
  ])('megabytes of %s cost no more than their length', (piece) => {
    const started = performance.now();
    const text = piece.repeat(1_000_000);
    mergeFieldsOf(text);
    mergeFieldsOfAddress(text);
    expect(performance.now() - started).toBeLessThan(3000);
  });

  test('where each stands: the sender’s name, the subject, the text part', async () => {
    const { mergeFields } = await messageOf(
      'From: "*|LIST|*" <a@example.se>\r\nSubject: Hej {{namn}}\r\n\r\nHej %%namn%%!\r\n',
    );
    expect(mergeFields).toMatchObject([
      { field: '*|LIST|*', part: 'from' },
      { field: '{{namn}}', part: 'subject' },
      { field: '%%namn%%', part: 'text' },
    ]);
  });

  test('in the headers that a reader sees, answers to, or unsubscribes with', async () => {
    const { mergeFields } = await messageOf(
      'From: a@example.se\r\nTo: {{to}} <b@example.se>\r\nReply-To: =?utf-8?Q?*|REPLY|*?= <c@example.se>\r\nList-Unsubscribe: <https://example.se/u?id={{id}}>\r\n\r\nHej!\r\n',
    );
    expect(mergeFields).toMatchObject([
      { field: '{{to}}', part: 'to' },
      { field: '*|REPLY|*', part: 'replyTo' },
      { field: '{{id}}', part: 'listUnsubscribe' },
    ]);
  });

  test.each([
    ['a preheader', '<div style="display:none">Hej {{a}}</div><p>Hej</p>', ['{{a}} hidden']],
    ['hidden further down', `<p>${'Hej '.repeat(60)}</p><div style="display:none">{{a}}</div>`, []],
    ['hidden by its attribute, which some programs drop', '<div hidden>{{a}}</div>', ['{{a}} hidden']],
    ['a picture’s text', '<img src="a" alt="Hej {{a}}">', ['{{a}} attribute']],
    ['a title', '<a href="/" title="{{a}}">x</a>', ['{{a}} attribute']],
    ['a background', '<table background="{{a}}"><tr><td>x</table>', ['{{a}} attribute']],
    ['one of a style', '<p style="background:url({{a}})">x</p>', ['{{a}} attribute']],
    ['a colour in a style', '<p style="color:{{färg}};margin:0 10%">x</p>', ['{{färg}} attribute']],
    ['a colour of a cell', '<table bgcolor="*|COLOR|*"><tr><td>x</table>', ['*|COLOR|* attribute']],
    [
      'styles and data of its own',
      '<style>@media x{a{b:c}}.a[name]{}</style><script type="application/ld+json">{"a":{"b":1}}</script><p style="width:100%;height:50%">x</p>',
      [],
    ],
    ['a part of it is bold', '<p>Hej {{<b>name</b>}}!</p>', ['{{name}} text']],
    ['it begins in one block and ends in another', '<p>{{</p><p>name}}</p>', []],
  ])('of HTML: %s', async (_, page, fields) => {
    const html = await htmlOf(page);
    expect(html?.mergeFields.map(({ field, part }) => `${field} ${part}`)).toEqual(fields);
  });

  test('of HTML: what is seen, followed or loaded, not what is hidden, in styles or an example', async () => {
    const html = await htmlOf(
      `<style>{{css}}</style><p>\n<b>{{seen}}</b><template>{{hidden}}</template></p><code>{{code}}</code>
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
    ['//192.0.2.1/a', null],
  ])('%s leads to', (address, host) => {
    expect(webHost(address)).toEqual(host);
  });

  test('a link without a scheme leads to the web all the same', () => {
    expect(linkHost(' //192.0.2.1/a')?.host).toBe('192.0.2.1');
    expect(linkHost('https://example.se//a')?.host).toBe('example.se');
    expect(linkHost('/a')).toBeNull();
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

  test.each([
    ['Booking.com', null],
    ['www.booking.com', 'booking.com'],
    ['booking.com', 'booking.com'],
    ['Booking.com/konto', 'booking.com'],
    ['login.example.co.uk', 'example.co.uk'],
    ['konto.example.se/start?a=1', 'example.se'],
    [' example.se. ', 'example.se'],
    ['Läs mer på example.se', null],
    ['example.se och mer', null],
    ['info@example.se', null],
    ['Node.js', null],
    ['index.html', null],
    ['rapport.pdf', null],
    ['rapport.pdf/2', null],
    ['readme.md', null],
    ['bilder.zip', null],
    ['co.uk', null],
    ['3.5', null],
    ['', null],
  ])('%s is an address to open', (text, domain) => {
    expect(writtenAddress(text)?.domain ?? null).toBe(domain);
  });

  test.each([
    ['"info@bank.se" <a@example.se>', { host: 'bank.se', related: false }],
    ['"info@kontor.example.se" <a@mejl.example.se>', { host: 'kontor.example.se', related: true }],
    ['"Bank.se" <a@example.se>', null],
    ['"Bank <kund@bank.se>" <a@example.se>', { host: 'bank.se', related: false }],
    ['"anna@bank.se [Bank]" <a@example.se>', { host: 'bank.se', related: false }],
    ['"kund＠bank.se" <a@example.se>', { host: 'bank.se', related: false }],
    ['"a@example.se (kund@bank.se)" <a@example.se>', { host: 'bank.se', related: false }],
    ['"Följ @bank.se" <a@example.se>', null],
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
    ['inside a comment', 'List-Unsubscribe: (<https://example.se/u> \\) (a) <b>)\r\n', 0, false],
    ['a parenthesis in an address', 'List-Unsubscribe: <https://example.se/(a>\r\n', 1, false],
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

  test('of several fields each is counted', async () => {
    const field = 'List-Unsubscribe: <https://example.se/u>\r\n';
    const { listUnsubscribe } = await messageOf(
      `From: a@example.se\r\n${field}${field}${post}${post}${post}\r\nHej`,
    );
    expect(listUnsubscribe).toMatchObject({ fields: 2, posts: 3 });
  });

  test.each([
    ['https://localhost/u', true],
    ['https://intranet/u', true],
    ['https://server.local./u', true],
    ['https://192.168.1.4/u', true],
    ['https://[::1]/u', true],
    ['https://example.se/u', false],
    ['https://mejl.example/u', false],
    ['https://192.0.2.1/u', false],
    ['mailto:u@localhost', false],
  ])('%s cannot be reached: %s', async (address, lost) => {
    const { listUnsubscribe } = await messageOf(
      `From: a@example.se\r\nList-Unsubscribe: <${address}>\r\n\r\nHej`,
    );
    expect(listUnsubscribe?.unreachable).toEqual(lost ? [address] : []);
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

describe('a way out', () => {
  const wayOf = async (html: string) => {
    const submission = await submissionOf({ html });
    const facts = {
      message: await gatherMessage({ submission }),
      html: await gatherHtml({ submission, policy }),
    };
    // biome-ignore lint/suspicious/noExplicitAny: the two facts that the rule needs
    const answer = unsubscribeLink.check(facts as any, { policy, clients: [], now: new Date(0) });
    return 'unknown' in answer
      ? answer.unknown
      : Array.isArray(answer) && answer.length > 0
        ? 'fail'
        : 'pass';
  };
  const link = (text: string) => `<p>Hej!</p><a href="https://example.se/x">${text}</a>`;

  test.each(
    [
      'Av&shy;registrera dig|Avbeställ nyhetsbrevet|Lämna listan|Gå ur listan|Avsluta prenumerationen|Ta bort mig',
      'Unsubscribe|Opt out|Email preferences|Leave this list|Abmelden|Newsletter kündigen|Darse de baja',
      'Ne plus recevoir nos e-mails|Odjava|Одјава|Donar-me de baixa|Segja upp áskrift|Listeden çık|購読を解除',
    ].flatMap((line) => line.split('|')),
  )('is the link %s', async (text) => {
    expect(await wayOf(link(text))).toBe('pass');
  });

  test.each([
    'Svara AVSLUTA om du inte vill ha fler',
    'Mejla oss på a@example.se så tar vi bort dig',
    'Vill du inte ha fler mejl från oss? <a href="https://example.se/x">Klicka här</a>',
    'If you no longer wish to receive these emails, click <a href="https://example.se/x">here</a>.',
    'Wenn Sie keine weiteren E-Mails erhalten möchten, <a href="https://example.se/x">klicken Sie hier</a>',
  ])('is %s', async (text) => {
    expect(await wayOf(`<p>${text}</p>`)).toBe('pass');
  });

  test.each(
    [
      'Slippa krångel!|Slippa köerna|Vi vill inte att du blir utan|du vill inte missa höstens rea|Du behöver inte ha råd',
      'kan inte få plats|Sluta få huvudvärk|Ta bort din oro|You do not want to get left behind|Stop this winter cold',
      'Stromvertrag kündigen|vos préférences|tus preferencias|Cancellazione gratuita|Hallitse talouttasi',
      'Отказ от курения|ביטול חינם|Don’t want to miss our emails? Sign up|Send a friend a message and take 20 % off',
    ].flatMap((line) => line.split('|')),
  )('is not %s', async (text) => {
    expect(await wayOf(link(text))).not.toBe('pass');
    expect(await wayOf(`<p>Hej! ${text} <a href="https://example.se/x">Läs mer</a></p>`)).not.toBe('pass');
  });

  test.each([
    link('Säg upp'),
    link('Manage preferences'),
    '<p>You can unsubscribe any time.</p>',
    `<html lang="sw"><body>${link('Soma zaidi')}`,
    link('ที่นี่ข่าวสารประจำเดือนของเรา'),
  ])('nobody can tell of %s', async (html) => {
    expect(await wayOf(html)).toBe('unclear');
  });

  test('a hidden one is none', async () => {
    const hidden = '<a style="display:none" href="{{unsubscribe_url}}">Unsubscribe</a>';
    expect(await wayOf(`<p>Hej!</p>${hidden}`)).toBe('fail');
  });

  test.each([
    'do not want ',
    'svara nu ',
    'send a ',
    'slippa <a href=/>x</a>',
    'inte vill ha ',
    '. stop all ',
  ])('megabytes of %s cost no more than their length', async (piece) => {
    const started = performance.now();
    const times = Math.min(20_000, 1_000_000 / piece.length);
    await wayOf(`<p>${piece.repeat(piece.includes('<') ? times : 1_000_000 / piece.length)}</p>`);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

test('letters that a wrong encoding made are found in each part, with their line in the text', async () => {
  const odd = async (eml: string) =>
    (await messageOf(eml)).odd.map(({ part, kind, text, at }) => [part, kind, text, at?.line]);
  expect(
    await odd(
      'From: "FÃ¶reningen" <a@example.se>\r\nSubject: H\ufffdstmÃ¶te\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHej!\r\nVi ses i Ã…re.',
    ),
  ).toEqual([
    ['from', 'garbled', 'FÃ¶reningen', undefined],
    ['subject', 'lost', 'H\ufffdstmÃ¶te', undefined],
    ['subject', 'garbled', 'H\ufffdstmÃ¶te', undefined],
    ['text', 'garbled', 'Hej! Vi ses i Ã…re.', 2],
  ]);
  // What Portuguese, French and Swedish write themselves.
  expect(
    await odd(
      'From: a@example.se\r\nSubject: AMANHÃ… NÃO “SÃO” AMANHÃ – PÂNICO Â\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nÅre',
    ),
  ).toEqual([]);
});

test('each header has its place in the message, folded lines and repeated ones counted', async () => {
  const { headerPlaces } = await messageOf(
    'From: a@example.se\r\nReferences: <1@example.se>\r\n <2@example.se>\r\nSubject: Hej\r\nSUBJECT: Hopp\r\n\r\nTo: b@example.se\r\n',
  );
  const lines = [...headerPlaces].map(([name, places]) => [name, places.map(({ line }) => line)]);
  expect(lines).toEqual([
    ['from', [1]],
    ['references', [2]],
    ['subject', [4, 5]],
  ]);
});
