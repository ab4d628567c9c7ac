import { defineRule, type Facts, notApplicable, type Place, type Problem, problem, unknown } from '#rule';
import {
  fileName,
  isOpenTemplate,
  isPerhapsField,
  mergeField,
  onDisk,
  reachOf,
} from '../wordings/addresses.ts';

/** How an image is named, by its file if it has one; and several images at once. */
const image = {
  en: (file: string) => (file ? `The image ${file}` : 'An image'),
  sv: (file: string) => (file ? `Bilden ${file}` : 'En bild'),
};
const many = {
  en: (count: number) => `${count} images will be missing`,
  sv: (count: number) => `${count} bilder kommer att saknas`,
};

export default defineRule({
  id: 'image-source',
  severity: 'major',
  reference:
    'RFC 3986 sections 4.2 and 5.1 (a mail has no base address); RFC 2392 (cid); RFC 6761 section 6.3 (localhost); Word to the Wise, “Protocol-relative URLs in email”, 2017-05',
  needs: ['html', 'message'],
  check({ html, message }) {
    if (!html) return notApplicable('no-html');
    const template = isOpenTemplate(message);
    const open = (address: string) => template && isPerhapsField(address);
    const faults = [
      ...html.images.flatMap(({ hidden, src, at }) =>
        hidden || !src || open(src.trim()) ? [] : faultOf(src.trim(), html, at),
      ),
      ...html.backgrounds.flatMap(({ address, at }) => (open(address) ? [] : faultOf(address, html, at))),
    ];
    const nameless = html.images.flatMap(({ empty, alt, at }) =>
      empty && alt?.trim() ? [problem('empty', { alt: alt.trim().slice(0, 40) }, { at })] : [],
    );
    // Whoever sends the template may attach the picture then.
    const sure = message.hasHeader ? faults : faults.filter(({ key }) => key !== 'unattached');
    if (sure.length + nameless.length === 0 && faults.length > 0) return unknown('not-given', 'sent-message');
    return [...sure, ...nameless];
  },
  words: {
    en: {
      title: 'Addresses of images',
      heading: {
        empty: ({ alt }, count) => (count > 1 ? many.en(count) : `The image “${alt}” has no file`),
        partial: ({ file }, count) => (count > 1 ? many.en(count) : `${image.en(file)} has no full address`),
        schemeless: ({ file }, count) =>
          count > 1 ? many.en(count) : `${image.en(file)} has an address without https`,
        disk: ({ file }, count) => (count > 1 ? many.en(count) : `${image.en(file)} is on your own computer`),
        local: ({ file }, count) =>
          count > 1 ? many.en(count) : `${image.en(file)} is on your own computer or network`,
        unattached: ({ file }, count) =>
          count > 1 ? many.en(count) : `${image.en(file)} is not attached to the mail`,
      },
      mend: {
        empty: () => 'Choose a file for the image, or remove it',
        partial: () => 'Put the images on the web, with full addresses',
        schemeless: () => 'Write https: before the address of the image',
        disk: () => 'Upload the images from your computer',
        local: () => 'Put the images where everyone can reach them',
        unattached: () => 'Attach the image, or link to it',
      },
      why: 'Readers see an empty box, or only its text, where the image should be. On your own screen it may look right, since your computer has the file.',
      fix: {
        empty: () =>
          'Write the web address of the image as src, beginning with https://, or remove the image.',
        partial: () =>
          'Put the file on your site or in your sending tool, and write its full address, beginning with https://. A file that lies beside the template does not come along with the mail.',
        schemeless: () =>
          'Write https: before the two slashes. A web page lends its own beginning to such an address; a mail has none to lend.',
        disk: () =>
          'Upload the image to your site or your sending tool, and use the web address it gets there. Nobody else’s mail program can read files on your computer.',
        local: () =>
          'Put the image on a site that is open to everyone, and use its address there. Addresses such as localhost work on your own computer or network alone.',
        unattached: () =>
          'Insert the image in the mail once more, so that it is sent along, or put it on your site and write its web address instead of the one that begins with cid:.',
      },
      problems: {
        empty: ({ alt }) => `The src of the image “${alt}” is empty.`,
        partial: ({ address }) => `${address} is not a full address, so no mail program knows where to look.`,
        schemeless: ({ address }) => `${address} lacks https:, and many mail programs then find nothing.`,
        disk: ({ address }) => `${address} is a file on your own computer.`,
        local: ({ address }) => `${address} can only be reached from your own computer or network.`,
        unattached: ({ address }) => `${address} should come with the mail, but no such part is in it.`,
      },
    },
    sv: {
      title: 'Bildernas adresser',
      heading: {
        empty: ({ alt }, count) => (count > 1 ? many.sv(count) : `Bilden ”${alt}” har ingen fil`),
        partial: ({ file }, count) => (count > 1 ? many.sv(count) : `${image.sv(file)} har ingen hel adress`),
        schemeless: ({ file }, count) =>
          count > 1 ? many.sv(count) : `${image.sv(file)} har en adress utan https`,
        disk: ({ file }, count) =>
          count > 1 ? many.sv(count) : `${image.sv(file)} finns bara på din egen dator`,
        local: ({ file }, count) =>
          count > 1 ? many.sv(count) : `${image.sv(file)} finns bara på din dator eller i ditt nät`,
        unattached: ({ file }, count) =>
          count > 1 ? many.sv(count) : `${image.sv(file)} följer inte med mejlet`,
      },
      mend: {
        empty: () => 'Välj en fil till bilden, eller ta bort den',
        partial: () => 'Lägg bilderna på webben och skriv hela adressen',
        schemeless: () => 'Skriv https: före bildens adress',
        disk: () => 'Ladda upp bilderna från din dator',
        local: () => 'Lägg bilderna där alla kan nå dem',
        unattached: () => 'Bifoga bilden, eller länka till den',
      },
      why: 'Läsarna ser en tom ruta, eller bara bildens text, där bilden skulle ha varit. På din egen skärm kan det se rätt ut, eftersom filen finns på din dator.',
      fix: {
        empty: () => 'Skriv bildens webbadress som src, med https:// först, eller ta bort bilden.',
        partial: () =>
          'Lägg filen på din webbplats eller i utskicksverktyget, och skriv hela adressen, med https:// först. En fil som ligger bredvid mallen följer inte med mejlet.',
        schemeless: () =>
          'Skriv https: före de två snedstrecken. På en webbsida lånar en sådan adress sin början av sidan, men ett mejl har ingen att låna ut.',
        disk: () =>
          'Ladda upp bilden till din webbplats eller utskicksverktyget, och använd webbadressen den får där. Ingen annans mejlprogram kan läsa filer på din dator.',
        local: () =>
          'Lägg bilden på en webbplats som är öppen för alla, och använd adressen den får där. Adresser som localhost fungerar bara på din egen dator eller i ditt eget nät.',
        unattached: () =>
          'Infoga bilden i mejlet en gång till, så att den skickas med, eller lägg den på din webbplats och skriv dess webbadress i stället för den som börjar med cid:.',
      },
      problems: {
        empty: ({ alt }) => `src är tomt i bilden ”${alt}”.`,
        partial: ({ address }) =>
          `${address} är ingen hel adress, så inget mejlprogram vet var bilden finns.`,
        schemeless: ({ address }) => `${address} saknar https:, och då hittar många mejlprogram ingenting.`,
        disk: ({ address }) => `${address} är en fil på din egen dator.`,
        local: ({ address }) => `${address} kan bara nås från din egen dator eller ditt eget nät.`,
        unattached: ({ address }) => `${address} ska följa med mejlet, men någon sådan del finns inte i det.`,
      },
    },
  },
  examples: {
    good: [
      { html: '<img src="https://example.se/a.png" alt="Karta"><img src="http://example.se/b.png" alt="">' },
      { html: '<img src="{{bild}}" alt="Karta"><img src="*|LOGO|*" alt=""><img src="%%logo%%" alt="">' },
      { html: '<p>Hej!</p><img src="{bild}" alt="Karta"><img src="https://{server}/a.png" alt="">' },
      { html: '<p>Hej!</p><img src="data:image/png;base64,AAAA" alt="Karta"><img src="" alt="">' },
      { html: '<p>Hej!</p><img src="oppnad.gif" width="1" height="1" alt="">' },
      { html: '<p>Hej!</p><!--[if mso]><img src="bilder/a.png" alt="Karta"><![endif]-->' },
      { html: '<head><base href="https://example.se/brev/"></head><img src="a.png" alt="Karta">' },
      { html: '<table background=""><tr><td style="background: url(https://example.se/a.png)">Hej</table>' },
      { html: '<p>Hej!</p><img src="" srcset="https://example.se/a.png 2x" alt="Karta">' },
      {
        eml: 'From: a@example.se\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Hej</p><img src="cid:Karta%40example.se" alt="Karta">\r\n--b\r\nContent-Type: image/png\r\nContent-ID: <karta@example.se>\r\n\r\nAAAA\r\n--b--\r\n',
      },
      {
        eml: 'From: a@example.se\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Hej</p><img src="karta.png" alt="Karta">\r\n--b\r\nContent-Type: image/png\r\nContent-Location: karta.png\r\n\r\nAAAA\r\n--b--\r\n',
      },
    ],
    bad: [
      { world: { html: '<p>Hej!</p><img src="image001.png" alt="Karta">' }, finds: 'partial' },
      { world: { html: '<base target="_blank"><img src="/bilder/host.jpg" alt="Höst">' }, finds: 'partial' },
      { world: { html: '<img src="htps://example.se/host.jpg" alt="Höst">' }, finds: 'partial' },
      { world: { html: '<table background="bilder/x.png"><tr><td>Hej</td></tr></table>' }, finds: 'partial' },
      {
        world: { html: '<div style="color: red; background: url(\'x.png\') top">Hej</div>' },
        finds: 'partial',
      },
      {
        world: {
          mjml: '<mjml><mj-body><mj-section background-url="bilder/x.png"><mj-column><mj-text>Hej</mj-text></mj-column></mj-section></mj-body></mjml>',
        },
        finds: 'partial',
      },
      { world: { html: '<img src="//example.se/host.jpg" alt="Höst">' }, finds: 'schemeless' },
      { world: { html: '<img src="file:///C:/Users/Eva/host.jpg" alt="Höst">' }, finds: 'disk' },
      { world: { html: '<img src="C:\\Users\\Eva\\host.jpg" alt="Höst">' }, finds: 'disk' },
      { world: { html: '<img src="http://localhost/b.png" alt="Höst">' }, finds: 'local' },
      { world: { html: '<img src="http://127.0.0.1:8080/b.png" alt="Höst">' }, finds: 'local' },
      { world: { html: '<img src="http://server/b.png" alt="Höst">' }, finds: 'local' },
      { world: { html: '<img src="http://192.168.1.20/b.png" alt="Höst">' }, finds: 'local' },
      { world: { html: '<p>Hej!</p><img src="" alt="Karta">' }, finds: 'empty' },
      {
        world: {
          eml: 'From: a@example.se\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>Hej</p><img src="cid:karta@example.se" alt="Karta">\r\n',
        },
        finds: 'unattached',
      },
    ],
  },
});

type Key = 'partial' | 'schemeless' | 'disk' | 'local' | 'unattached';
type Fault = { [K in Key]: Problem<K, { file: string; address: string }> }[Key];

/** They lead to a picture in some mail programs at least, or another check looks at them. */
const otherwise = /^(?:data|mid|ftp):/i;

/** Of an address that leads mail programs to no picture. */
function faultOf(source: string, html: NonNullable<Facts['html']>, at: Place | undefined): Fault[] {
  const key = keyOf(source, html);
  if (!key) return [];
  return [problem(key, { file: fileName(source).slice(0, 30), address: source.slice(0, 60) }, { at })];
}

function keyOf(source: string, { base, parts }: NonNullable<Facts['html']>): Key | null {
  if (otherwise.test(source) || mergeField.test(source)) return null;
  if (onDisk(source)) return 'disk';
  if (/^https?:/i.test(source)) return reachOf(source) === 'everyone' ? null : 'local';
  if (/^cid:/i.test(source)) return parts.has(partOf(source)) ? null : 'unattached';
  if (base && !/^[a-z][a-z\d+.-]*:/i.test(source)) return null;
  return source.startsWith('//') ? 'schemeless' : 'partial';
}

function partOf(source: string): string {
  const name = source.slice(4).toLowerCase();
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
