import type { Client, Support } from '#rule';
import { wholeSupportOf } from './support.ts';

/** What notes at caniemail.com say: no colours without commas, no other selector than [class~=x], no height asked. */
const no: Support = { level: 'no', notes: [] };
const parts = {
  'css-rgb:spaces': no,
  'css-selector-attribute:other': no,
  'css-at-media:height': no,
  'html-semantics:details': no,
  'html-semantics:main': no,
  'html-semantics:nav': no,
  'html-semantics:summary': no,
};

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
    spoils: { attribute: ['css-rgb:spaces', 'css-modern-color'], element: ['css-rgb:spaces'] },
    hidingStopsAt: [],
    importantInline: true,
    vendors: null,
    limits: [
      {
        properties: ['margin', 'margin-top', 'margin-right', 'margin-bottom', 'margin-left'],
        negative: false,
      },
      { properties: ['text-indent'], negative: false },
      { properties: ['overflow-block', 'overflow-inline'], only: [] },
    ],
    means: [],
    attributes: {},
    pageStyle: 'body{margin:16px;font:small/1.5 Arial,Helvetica,sans-serif}',
  },
  support: { ...wholeSupportOf('gmail-desktop-webmail'), ...parts },
};
