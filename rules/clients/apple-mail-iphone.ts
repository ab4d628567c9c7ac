import type { Client } from '#rule';
import { wholeSupportOf } from './support.ts';

/**
 * Draws with WebKit. Dark styles need `color-scheme` (email-bugs 104); a plain mail, white or without a
 * background, is turned dark by the program (webkit.org/blog/8840; email-bugs 65), any other is left alone.
 */
export const appleMailIphone: Client = {
  id: 'apple-mail-iphone',
  name: 'Apple Mail, iPhone',
  device: 'phone',
  date: '2026-11-22',
  source: 'caniemail.com; github.com/hteumeuleu/email-bugs, issues 65 and 104; webkit.org/blog/8840',
  viewport: { width: 390, height: 844 },
  schemes: ['light', 'dark'],
  // Its page is #1c1c1e in dark mode: actionrocket.co/blog/understanding-colors-in-dark-mode.
  dark: { kind: 'author', darkest: 10 },
  reading: {
    conditions: null,
    shapes: false,
    bodyInPage: false,
    styles: { inBody: true, characters: null, nestedAtRules: true },
    spoils: { attribute: [], element: [] },
    hidingStopsAt: [],
    importantInline: true,
    vendors: null,
    limits: [
      { properties: ['position'], lacks: ['fixed', 'sticky'] },
      { properties: ['overflow-block', 'overflow-inline'], only: [] },
    ],
    means: [],
    attributes: {},
    pageStyle: ':where(html){font-family:-apple-system,Helvetica,Arial,sans-serif}',
  },
  support: { ...wholeSupportOf('apple-mail-ios'), 'css-rgb:spaces': { level: 'yes', notes: [] } },
};
