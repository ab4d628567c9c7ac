import type { Client, Support } from '#rule';
import { wholeSupportOf } from './support.ts';

const cells = ['td', 'th'];
const sides = ['top', 'right', 'bottom', 'left'];
const no: Support = { level: 'no', notes: [] };

/**
 * Draws with Word. Where caniemail.com says `partly`, its notes are the limits below. Conditional comments are read,
 * and in dark mode every colour is turned, dark ones to light (litmus.com, the guide to dark mode: full invert).
 */
export const outlookWindows: Client = {
  id: 'outlook-windows',
  name: 'Outlook, Windows',
  device: 'computer',
  date: '2026-11-22',
  source: 'caniemail.com; github.com/hteumeuleu/email-bugs, issue 31; litmus.com/blog, guide to dark mode',
  viewport: { width: 800, height: 800 },
  schemes: ['light', 'dark'],
  dark: { kind: 'forced', darkest: 15 },
  reading: {
    conditions: { mso: 16, vml: 1, supportfields: 1, supportlists: 1, supportemptyparas: 1 },
    shapes: true,
    bodyInPage: false,
    styles: { inBody: true, characters: null, nestedAtRules: true },
    spoils: { attribute: [], element: [] },
    // Neither display:none nor mso-hide reaches a table inside: caniemail.com, css-display-none; mjml, issue 1182.
    hidingStopsAt: ['table'],
    importantInline: false,
    vendors: ['mso'],
    limits: [
      { properties: ['display'], only: ['none'] },
      // Hiding a picture by its own style does not work.
      { properties: ['display'], except: ['img'] },
      { properties: ['background', 'background-image'], colourOnly: true },
      { properties: ['max-width'], on: ['table'] },
      { properties: ['width'], except: ['body', 'div', 'img', 'p', 'span'] },
      { properties: ['height'], except: ['body', 'div', 'p', 'span'] },
      {
        properties: ['padding', 'padding-top', 'padding-right', 'padding-bottom', 'padding-left'],
        on: cells,
      },
      {
        properties: ['margin', 'margin-top', 'margin-right', 'margin-bottom', 'margin-left'],
        except: ['body', 'span'],
        negative: false,
        lacks: ['auto'],
      },
      {
        properties: [
          ...['border', 'border-width'],
          ...sides.flatMap((side) => [`border-${side}`, `border-${side}-width`]),
        ],
        thickest: 8,
      },
      { properties: ['text-align'], lacks: ['start', 'end', 'match-parent'] },
      { properties: ['text-decoration'], single: true, lacks: ['overline'] },
      { properties: ['text-transform'], lacks: ['lowercase'] },
    ],
    means: [
      { property: 'mso-hide', value: 'all', as: 'display', asValue: 'none' },
      { property: 'mso-padding-alt', as: 'padding' },
    ],
    attributes: { background: ['body'] },
    pageStyle: '',
  },
  support: { ...wholeSupportOf('outlook-windows'), 'css-rgb:spaces': no, 'css-rgb:alpha': no },
};
