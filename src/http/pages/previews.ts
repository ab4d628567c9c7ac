/** The previews as pictures: simulated, dated, by appearance and device. */
import { html } from 'hono/html';
import type { Report } from '../../report/report.ts';
import type { Client, Locale } from '../../rule.ts';
import type { Preview } from '../../verdict.ts';
import { sharedWords } from '../../words.ts';
import { icon, tag } from './icons.ts';
import type { Markup } from './markup.ts';

const words = {
  en: {
    simulated: 'Simulated',
    honest:
      'Drawn in Chromium, by what is known of each mail program: the mail probably looks like this, but these are not pictures from the real programs. Outlook is the classic one for Windows; its own way with tables and fonts is not imitated. Images from the web are not fetched.',
    appearance: 'Appearance',
    device: 'Device',
    all: 'All',
    light: 'Light',
    dark: 'Dark',
    computer: 'Computer',
    phone: 'Phone',
    schemes: { light: 'light mode', dark: 'dark mode' },
    colours: {
      own: 'The mail’s own dark colours',
      unchanged: 'The program leaves the colours as they are',
      changed: 'The program changes the colours',
    },
    of: 'Mail client data of',
    cut: 'Only the beginning is shown.',
    open: 'Open in full',
  },
  sv: {
    simulated: 'Simulerad',
    honest:
      'Ritade i Chromium efter vad som är känt om varje mejlprogram: så här ser mejlet troligen ut, men det är inte bilder från de riktiga programmen. Outlook är det klassiska för Windows; dess eget sätt att rita tabeller och typsnitt efterliknas inte. Bilder från webben hämtas inte.',
    appearance: 'Utseende',
    device: 'Enhet',
    all: 'Alla',
    light: 'Ljust',
    dark: 'Mörkt',
    computer: 'Dator',
    phone: 'Telefon',
    schemes: { light: 'ljust läge', dark: 'mörkt läge' },
    colours: {
      own: 'Mejlets egna mörka färger',
      unchanged: 'Programmet låter färgerna vara',
      changed: 'Programmet ändrar färgerna',
    },
    of: 'Uppgifter om mejlprogrammen från',
    cut: 'Bara början visas.',
    open: 'Öppna hela',
  },
} as const satisfies Record<Locale, object>;

export interface Pictures {
  clients: readonly Client[];
  /** Address of a view's picture; undefined when there is none. */
  address(view: string): string | undefined;
  /** Whether a picture opens in full, and can be filtered. */
  live: boolean;
}

export function previewCard(
  { previews, sandboxed }: Report,
  pictures: Pictures,
  locale: Locale,
): Markup | string {
  if (previews.length === 0) return '';
  const word = words[locale];
  const deviceOf = ({ client }: Preview) =>
    pictures.clients.find(({ id }) => id === client)?.device ?? 'computer';
  const filters = [
    filter(
      'm',
      word.appearance,
      ['light', 'dark'],
      previews.map(({ scheme }) => scheme),
      locale,
    ),
    filter('d', word.device, ['computer', 'phone'], previews.map(deviceOf), locale),
  ].filter(Boolean);
  return html`<div class="card"><p class="row">${tag('advice', 'info', word.simulated)}<span class="muted small">${word.honest}${dated(previews, pictures.clients, locale)}</span></p>
${sandboxed === false ? html`<p class="small">${icon('warn')} ${sharedWords[locale].unsandboxed}</p>` : ''}
${pictures.live && filters.length > 0 ? html`<div class="row noprint filters">${filters}</div>` : ''}
<div class="grid shots above">${previews.map((one) => figure(one, deviceOf(one), pictures, locale))}</div></div>`;
}

/** Once for all of them, or each program with its own. */
function dated(previews: readonly Preview[], clients: readonly Client[], locale: Locale): Markup | string {
  const shown = clients.filter(({ id }) => previews.some(({ client }) => client === id));
  const [first] = shown;
  if (!first) return '';
  const alike = shown.every(({ date }) => date === first.date);
  const dates = (alike ? [first] : shown).map(({ name, date }, i) => {
    const day = html`<span class="nowrap">${date}</span>`;
    return html`${i === 0 ? '' : ', '}${alike ? day : html`${name}: ${day}`}`;
  });
  return html` ${words[locale].of} ${dates}.`;
}

/** Nothing where there is only one kind. */
function filter(
  name: 'm' | 'd',
  legend: string,
  kinds: readonly ('light' | 'dark' | 'computer' | 'phone')[],
  found: readonly string[],
  locale: Locale,
): Markup | undefined {
  if (new Set(found).size < 2) return undefined;
  const word = words[locale];
  const options = (['all', ...kinds] as const).map(
    (kind) =>
      html`<label class="pick"><input type="radio" name="${name}" id="${name}-${kind}" value="${kind}"${kind === 'all' ? html` checked` : ''}>${word[kind]}</label>`,
  );
  return html`<fieldset class="chips"><legend>${legend}</legend>${options}</fieldset>`;
}

function figure(
  preview: Preview,
  device: Client['device'],
  pictures: Pictures,
  locale: Locale,
): Markup | string {
  const { view, client, scheme, width, height, cut, dark } = preview;
  const word = words[locale];
  const address = pictures.address(view);
  if (address === undefined) return '';
  const known = pictures.clients.find(({ id }) => id === client);
  const name = known?.name ?? client;
  const alt = `${name}, ${word.schemes[scheme]}`;
  const image = html`<img src="${address}" alt="${alt}" width="${width}" height="${height}"${pictures.live ? html` loading="lazy"` : ''}>`;
  const told = [...(dark ? [`${word.colours[dark]}.`] : []), ...(cut ? [word.cut] : [])].join(' ');
  return html`<figure class="thumb" data-m="${scheme}" data-d="${device}">
${pictures.live ? html`<a href="${address}">${image}<span class="open">${word.open}</span></a>` : image}
<figcaption><strong>${name}</strong>, ${word.schemes[scheme]}${told ? html`<br><span class="small muted">${told}</span>` : ''}</figcaption></figure>`;
}
