import type { Client } from '#rule';
import { support } from './support.ts';

/**
 * Puts the mail in a page of its own and takes away what it does not allow (caniemail.com). Style elements work in
 * the head alone and up to 16 KB together (email-bugs 90); one with an at-rule in an at-rule goes whole (email-bugs
 * 21). Its dark theme is its own page's: the mail keeps its colours.
 */
export const gmailWeb: Client = {
  id: 'gmail-web',
  name: 'Gmail, mail.google.com',
  device: 'computer',
  date: '2026-11-22',
  source: 'caniemail.com; github.com/hteumeuleu/email-bugs, issues 21 and 90',
  viewport: { width: 1000, height: 800 },
  schemes: ['light', 'dark'],
  dark: { kind: 'unchanged' },
  reading: {
    conditions: null,
    shapes: false,
    bodyInPage: true,
    styles: { inBody: false, characters: 16_384, nestedAtRules: false },
    importantInline: true,
    vendors: null,
    limits: [
      {
        properties: ['margin', 'margin-top', 'margin-right', 'margin-bottom', 'margin-left'],
        negative: false,
      },
    ],
    means: [],
    attributes: {},
    pageStyle: 'body{margin:16px;font:small/1.5 Arial,Helvetica,sans-serif}',
  },
  support: support['gmail-web'],
};
