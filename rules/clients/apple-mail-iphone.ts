import type { Client } from '#rule';

/** Keeps style elements and media queries, so the author's own dark styles are shown as written. */
export const appleMailIphone: Client = {
  id: 'apple-mail-iphone',
  name: 'Apple Mail, iPhone',
  device: 'phone',
  date: '2026-11-22',
  source: 'caniemail.com: css-at-media-prefers-color-scheme, html-style, css-at-media',
  viewport: { width: 390, height: 844 },
  schemes: ['light', 'dark'],
};
