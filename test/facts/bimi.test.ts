/** BIMI: the record, and the two files that it names, which may be anything. */
import { describe, expect, test } from 'vitest';
import { clients } from '../../rules/clients/index.ts';
import { policy } from '../../rules/policy.ts';
import { exampleCertificates, exampleLogo } from '../../rules/repairs/example-marks.ts';
import { readCertificate } from '../../src/facts/bimi/certificate.ts';
import { readLogo } from '../../src/facts/bimi/logo.ts';
import { isBimiRecord, parseBimi } from '../../src/facts/bimi/record.ts';
import { gather } from '../../src/facts/gather.ts';
import type { World } from '../../src/rule.ts';
import { clock, fetcherOf, noBrowser, resolverOf } from '../world.ts';
import { mailOf, patient, type Zone } from './dns-world.ts';

async function bimiOf(zone: Zone, web: World['web'] = {}, domain = 'news.example.se') {
  const resolver = await resolverOf(zone);
  try {
    const world = { resolver, browser: noBrowser, clock, policy, clients, fetcher: fetcherOf(web) };
    const { bimi } = await gather(['bimi'], await mailOf(domain), world, patient);
    if (!bimi?.known) throw new Error(`not known: ${bimi?.reason}`);
    return bimi.value;
  } finally {
    await resolver.close();
  }
}

test.each([
  ['v=BIMI1; l=https://a.example/l.svg', true],
  ['v=BIMI1', true],
  [' v = BIMI1 ;', true],
  ['v=bimi1; l=', false],
  ['v=BIMI10; l=', false],
  ['l=https://a.example; v=BIMI1', false],
  ['v=DMARC1; p=none', false],
])('%s is a record: %s', (text, expected) => {
  expect(isBimiRecord(text)).toBe(expected);
});

test.each<[string, object]>([
  [
    'v=BIMI1; l=https://a.example/l.svg; a=https://a.example/m.pem; avp=personal;',
    {
      logo: 'https://a.example/l.svg',
      certificate: 'https://a.example/m.pem',
      preference: 'personal',
      faults: [],
    },
  ],
  ['v=BIMI1; l=; a=', { logo: null, declined: true, faults: [] }],
  ['v=BIMI1; l=;', { declined: true, faults: [] }],
  ['v=BIMI1;', { declined: false, faults: ['logo'] }],
  ['v=BIMI1; l=http://a.example/l.svg', { logo: null, declined: false, faults: ['address'] }],
  ['v=BIMI1; l=//a.example/l.svg', { logo: null, faults: ['address'] }],
  ['v=BIMI1; l=https://a.example/1.svg,https://a.example/2.svg', { logo: null, faults: ['address'] }],
  ['v=BIMI1; l=https://a.example/l.svg; a=self', { certificate: null, faults: [] }],
  ['v=BIMI1; l=https://a.example/1.svg; l=https://a.example/2.svg', { faults: ['repeated'] }],
  ['v=BIMI1; l=https://a.example/l.svg; avp=both', { faults: ['preference'] }],
  ['v=BIMI1; l=https://a.example/l.svg; x=1', { faults: [] }],
])('%s', (text, expected) => {
  expect(parseBimi(text)).toMatchObject(expected);
});

describe('where the record is found', () => {
  const record = { TXT: ['v=BIMI1; l=; a='] };
  test.each<[string, Zone, string, string]>([
    [
      'at the From domain',
      { 'default._bimi.news.example.se': record, 'default._bimi.example.se': record },
      'news.example.se',
      'record',
    ],
    ['above it', { 'default._bimi.example.se': record }, 'example.se', 'record'],
    ['nowhere', {}, 'news.example.se', 'none'],
    [
      'silence below a record',
      { 'default._bimi.news.example.se': 'SERVFAIL', 'default._bimi.example.se': record },
      'news.example.se',
      'unanswered',
    ],
    ['silence above', { 'default._bimi.example.se': 'TIMEOUT' }, 'example.se', 'unanswered'],
    [
      'two records',
      { 'default._bimi.example.se': { TXT: ['v=BIMI1; l=', 'v=BIMI1; a='] } },
      'example.se',
      'several',
    ],
    [
      'beside other texts',
      { 'default._bimi.example.se': { TXT: ['hello', 'v=BIMI1; l='] } },
      'example.se',
      'record',
    ],
  ])('%s', async (_, zone, domain, state) => {
    expect(await bimiOf(zone)).toMatchObject({ domain, state });
  });
});

describe('the files', () => {
  const [logo, mark] = ['https://a.example/l.svg', 'https://a.example/m.pem'];
  const zone = { 'default._bimi.example.se': { TXT: [`v=BIMI1; l=${logo}; a=${mark}`] } };

  test('both sound, and the same logo in both', async () => {
    const { logo: file, certificate } = await bimiOf(zone, {
      [logo]: exampleLogo,
      [mark]: exampleCertificates.good,
    });
    expect(file).toEqual({ url: logo, state: 'reached', tooLarge: false, faults: [] });
    expect(certificate).toEqual({
      url: mark,
      state: 'reached',
      covers: true,
      sameLogo: true,
      read: {
        validFrom: '2026-09-01T00:00:00.000Z',
        validTo: '2027-09-30T00:00:00.000Z',
        names: ['example.se'],
        forBimi: true,
        kind: 'verified',
        chain: 'held',
        issuers: { validFrom: '2025-01-01T00:00:00.000Z', validTo: '2045-01-01T00:00:00.000Z' },
        rsaBits: null,
        hasLogo: true,
      },
    });
  });

  test.each<[number | string, string]>([
    [404, 'gone'],
    [410, 'gone'],
    [403, 'gone'],
    [429, 'silent'],
    [500, 'silent'],
    [301, 'silent'],
    ['ETIMEDOUT', 'silent'],
  ])('%s: %s', async (fault, state) => {
    const page = typeof fault === 'number' ? { status: fault } : { failure: fault };
    const read = await bimiOf(zone, { [logo]: page, [mark]: page });
    expect([read.logo?.state, read.certificate?.state, read.certificate?.sameLogo]).toEqual([
      state,
      state,
      null,
    ]);
  });

  test('a certificate by the name of the record covers it; one of another domain does not', async () => {
    const soon = await bimiOf(zone, { [mark]: exampleCertificates.soon });
    expect(soon.certificate?.covers).toBe(true);
    const far = { 'default._bimi.example.net': zone['default._bimi.example.se'] };
    const foreign = await bimiOf(far, { [mark]: exampleCertificates.good }, 'example.net');
    expect(foreign.certificate?.covers).toBe(false);
  });
});

describe('a logo', () => {
  const faults = (text: string) => readLogo(text).map(({ fault }) => fault);
  const within = (text: string) => exampleLogo.replace('<rect', `${text}<rect`);

  test('sound', () => expect(faults(exampleLogo)).toEqual([]));

  test.each<[string, string, string[]]>([
    ['nothing', '', ['file']],
    ['a page', '<html><body>x</body></html>', ['file']],
    ['a picture', '\u0089PNG\r\n', ['file']],
    ['cut short', exampleLogo.slice(0, -6), ['file']],
    ['an element that is closed by another', exampleLogo.replace('<rect', '<g><rect'), ['file']],
    ['an end without a beginning', within('</g>'), ['file']],
    ['another case at the end', within('<g></G>'), ['file']],
    ['an attribute without quotes', within('<g id=a/>'), ['file']],
    ['an attribute twice', within('<g id="a" id="b"/>'), ['file']],
    ['an ampersand alone', exampleLogo.replace('Example', 'A & B'), ['file']],
    ['an ampersand as XML has it', exampleLogo.replace('Example', 'A &amp; B &#38; C'), []],
    ['a comment and quotes with tags in them', within(`<!-- <g> & --><g id='>"'></g >`), []],
    [
      'styles from elsewhere',
      `<?xml-stylesheet href="https://a.example/x.css"?>${exampleLogo}`,
      ['reference'],
    ],
    ['two roots', `${exampleLogo}${exampleLogo}`, ['file']],
    ['version', exampleLogo.replace('1.2', '1.1'), ['version']],
    ['no profile', exampleLogo.replace('baseProfile="tiny-ps"', ''), ['profile']],
    ['no title', exampleLogo.replace('<title>Example</title>', ''), ['title']],
    ['an empty title', exampleLogo.replace('Example', ' '), ['title']],
    [
      'a title further in',
      exampleLogo.replace('<title>Example</title>', '<g><title>x</title></g>'),
      ['place', 'title'],
    ],
    ['x on the root', exampleLogo.replace('<svg', '<svg x="0"'), ['position']],
    ['not square', exampleLogo.replace('0 0 64 64', '0 0 64 32'), ['shape']],
    ['no box', exampleLogo.replace('viewBox="0 0 64 64"', ''), ['shape']],
    ['a box of nothing', exampleLogo.replace('0 0 64 64', '0 0 0 0'), ['shape']],
    ['a script', within('<script>x()</script>'), ['element']],
    [
      'a script with a prefix',
      within('<s:script xmlns:s="http://www.w3.org/2000/svg">x()</s:script>'),
      ['element'],
    ],
    ['motion', within('<animate attributeName="x"/>'), ['element']],
    ['a handler', within('<g onload="x()"/>'), ['attribute']],
    ['a picture in it', within('<image href="data:image/png;base64,AA"/>'), ['element', 'reference']],
    ['a link out', within('<use href="https://a.example/#x"/>'), ['reference']],
    ['a link within', within('<use href="#x"/>'), []],
    [
      'a link as SVG 1.1 wrote it',
      within('<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="#x"/>'),
      ['attribute'],
    ],
    ['a prefix that means nothing', within('<use href="#x" xlink:title="x"/>'), ['namespace']],
    ['a prefix that meant something further in', within('<g><g xmlns:s="x"/></g><s:g/>'), ['element']],
    ['another base', within('<g xml:base="https://a.example/"/>'), ['reference']],
    [
      'a clip',
      within('<clipPath id="c"><rect/></clipPath><g clip-path="url(#c)"/>'),
      ['element', 'attribute'],
    ],
    ['what no profile has', within('<foo/>'), ['element']],
    ['another case', within('<Rect/>'), ['element']],
    ['an object', within('<object data="https://a.example/x.html"/>'), ['element']],
    ['another namespace', within('<embed xmlns="http://www.w3.org/1999/xhtml"/>'), ['element']],
    [
      'a known name in another namespace',
      within('<rect xmlns="http://www.w3.org/1999/xhtml"/>'),
      ['element'],
    ],
    ['no namespace within', within('<g xmlns=""/>'), ['element']],
    ['SVG by a prefix', within('<s:rect xmlns:s="http://www.w3.org/2000/svg"/>'), []],
    ['the words of a drawing program', within('<g xmlns:i="http://i.example/" i:label="x"/>'), ['attribute']],
    ['a name that a program gave no attribute', within('<g xmlns:i="http://i.example/"/>'), []],
    ['no namespace', exampleLogo.replace(/ xmlns="[^"]*"/, ''), ['namespace']],
    ['a namespace that is not SVG', exampleLogo.replace('/2000/svg', '/1999/xhtml'), ['namespace']],
    [
      'a root by a prefix',
      exampleLogo.replace(/(<\/?)(?=[a-z])/g, '$1s:').replace('xmlns=', 'xmlns:s='),
      ['namespace'],
    ],
    ['styles', within('<style>g{}</style><g style="fill:red"/>'), ['element', 'attribute']],
    ['a paint in disguise', within('<g fill="u\\72l(https://a.example/p)"/>'), ['reference']],
    ['a paint in a disguise of signs', within('<g fill="\\u\\r\\l(https://a.example/p)"/>'), ['reference']],
    ['a paint within, in disguise', within('<g fill="url(\\23 p)"/>'), []],
    ['a code that is no sign', within('<g fill="\\ffffff"/>'), []],
    ['a drawing in a drawing', within('<svg/>'), ['place']],
    ['a shape in a shape', within('<rect><g/></rect>'), ['place']],
    ['two titles', exampleLogo.replace('<rect', '<title>x</title><rect'), ['title']],
    ['an empty description', within('<desc> </desc>'), ['title']],
    ['a description', within('<desc>x</desc>'), []],
    ['zoom', exampleLogo.replace('<svg', '<svg zoomAndPan="magnify"'), ['attribute']],
    ['no zoom', exampleLogo.replace('<svg', '<svg zoomAndPan="disable"'), []],
    ['letters in parts', within('<text>a<tspan>b</tspan></text>'), ['element']],
    ['an attribute that objects have', within('<g __proto__="x" constructor="y"/>'), ['attribute']],
    [
      'a gradient',
      within(
        '<defs><linearGradient id="a" x1="0" gradientUnits="userSpaceOnUse"><stop offset="0" stop-color="red" stop-opacity=".5"/></linearGradient></defs>',
      ),
      [],
    ],
    ['a gradient that is turned', within('<linearGradient gradientTransform="rotate(9)"/>'), ['attribute']],
    ['a paint from elsewhere', within('<g fill="url(https://a.example/p#x)"/>'), ['reference']],
    ['a paint within', within('<g fill="url(#p)"/>'), []],
    ['a byte order mark and a declaration', `\uFEFF<?xml version="1.0"?>\n${exampleLogo}`, []],
    ['a doctype', `<!DOCTYPE svg>${exampleLogo}`, ['entity']],
  ])('%s', (_, text, expected) => {
    expect(faults(text).toSorted()).toEqual(expected.toSorted());
  });

  test('what is outside the profile is named, each thing once and the first twelve', () => {
    const some = within('<mask/><mask/><clipPath/><g style="" class="a" clip-path=""/><g style="x"/>');
    expect(readLogo(some)).toEqual([
      { fault: 'element', found: ['mask', 'clipPath'], more: 0 },
      { fault: 'attribute', found: ['style', 'clip-path'], more: 0 },
    ]);
    const many = within(Array.from({ length: 20 }, (_, i) => `<e${i}/>`).join(''));
    expect(readLogo(many)).toMatchObject([{ fault: 'element', more: 8 }]);
    expect(readLogo(many)[0]?.found).toHaveLength(12);
    const long = readLogo(within(`<${'e'.repeat(20_000)}/>`));
    expect(JSON.stringify(long).length).toBeLessThan(200);
  });

  test('the example of the draft, section 5', () => {
    const shapes =
      '<rect x="1" y="1" width="399" height="399" fill="teal" stroke="gray" stroke-width="9"/><circle cx="200" cy="200" r="125"/><polyline points="40,30 25,40"/>';
    const draft = `<?xml version="1.0"?><svg width="400px" height="400px" viewBox="0 0 400 400" xmlns="http://www.w3.org/2000/svg" version="1.2" baseProfile="tiny-ps" zoomAndPan="disable" externalResourcesRequired="false"><title>Example, Inc.</title><desc>Logo</desc>${shapes}</svg>`;
    expect(readLogo(draft)).toEqual([]);
  });

  test('a billion laughs are not laughed', () => {
    const entities = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`);
    const bomb = `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY l0 "lol">${entities.join('')}]>${exampleLogo.replace('Example', '&l9;')}`;
    const started = performance.now();
    expect(faults(bomb)).toContain('entity');
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test('an entity of the web cannot be read in', () => {
    const text = `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${exampleLogo.replace('Example', '&x;')}`;
    const read = readLogo(text);
    expect(read.map(({ fault }) => fault)).toContain('entity');
    expect(JSON.stringify(read)).not.toContain('root:');
  });

  test('as deep, and as wide, as 32 kilobytes allow', () => {
    const started = performance.now();
    readLogo('<g>'.repeat(10_000));
    readLogo(`<svg ${'a="url(" '.repeat(3_500)}/>`);
    readLogo(`<svg a="${'url('.repeat(8_000)}"/>`);
    readLogo(`<svg a="${'\\'.repeat(32_000)}"/>`);
    readLogo(`<svg a="${'\\7'.repeat(16_000)}"/>`);
    readLogo(Array.from({ length: 2_000 }, (_, i) => `<a xmlns:p${i}="x">`).join(''));
    readLogo(`${'<a xmlns="x">'.repeat(2_500)}${'</a>'.repeat(2_500)}`);
    readLogo(within(Array.from({ length: 4_000 }, (_, i) => `<e${i}/>`).join('')));
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('a certificate', () => {
  const der = (pem: string) => pem.replace(/-----[A-Z ]+-----/g, '').replace(/\s/g, '');
  const pemOf = (base64: string) => `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----`;

  test('its logo', async () => {
    expect((await readCertificate(exampleCertificates.good))?.logo).toBe(exampleLogo);
    expect(await readCertificate(exampleCertificates.bare)).toMatchObject({
      hasLogo: false,
      forBimi: false,
      logo: null,
    });
  });

  test('the first of several, after whatever stands before it', async () => {
    const read = await readCertificate(`subject=x\n${exampleCertificates.soon}\n${exampleCertificates.good}`);
    expect(read?.names).toEqual(['default._bimi.example.se']);
  });

  test.each(['', 'x', '-----BEGIN CERTIFICATE-----', pemOf('%%%'), pemOf(''), pemOf('AAAA'), pemOf('MIIB')])(
    '%s is none',
    async (text) => {
      expect(await readCertificate(text)).toBeNull();
    },
  );

  test('cut or changed anywhere: read or not, and never a crash', async () => {
    const bytes = Buffer.from(der(exampleCertificates.alone), 'base64');
    for (let at = 0; at < bytes.length; at += 3) {
      const changed = Buffer.from(bytes);
      changed[at] = 255;
      await readCertificate(pemOf(bytes.subarray(0, at).toString('base64')));
      await readCertificate(pemOf(changed.toString('base64')));
    }
  });

  test('a logo that unpacks without end is left alone', async () => {
    const packed = async (text: string) => {
      const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
      return Buffer.from(await new Response(stream).arrayBuffer()).toString('base64');
    };
    const read = async (text: string) => readCertificate(pemOf(certificateWith(await packed(text))));
    expect(await read('<svg/>')).toMatchObject({ hasLogo: true, logo: '<svg/>' });
    expect(await read('<svg>'.repeat(2_000_000))).toMatchObject({ hasLogo: true, logo: null });
  });
});

/** As base64, with nothing in it but what is read. */
function certificateWith(logo: string): string {
  const part = (tag: number, ...values: Uint8Array[]): Uint8Array => {
    const value = Buffer.concat(values);
    return Buffer.concat([
      Buffer.from([tag, 0x83, value.length >> 16, (value.length >> 8) & 255, value.length & 255]),
      value,
    ]);
  };
  const time = (text: string) => part(0x17, Buffer.from(text));
  const validity = part(0x30, time('260101000000Z'), time('270101000000Z'));
  const id = part(0x06, Buffer.from('2b0601050507010c', 'hex'));
  // RFC 3709 section 4.1: subjectLogo, direct, images, one image, its details, their addresses.
  const address = part(0x16, Buffer.from(`data:image/svg+xml;base64,${logo}`));
  const details = part(0x30, part(0x16, Buffer.from('image/svg+xml')), part(0x30), part(0x30, address));
  const images = part(0x30, part(0x30, details));
  const data = part(0x04, part(0x30, part(0xa2, part(0xa0, images))));
  const none = part(0x30);
  const body = part(
    0x30,
    part(0x02),
    none,
    none,
    validity,
    none,
    none,
    part(0xa3, part(0x30, part(0x30, id, data))),
  );
  return Buffer.from(part(0x30, body)).toString('base64');
}
