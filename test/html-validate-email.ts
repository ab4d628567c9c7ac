/**
 * html-validate's rules as they fit mail: what its engine finds by them, our own facts must find on the one tree that is
 * parsed. The engine itself runs in no audit: it parses the page once more (70 to 90 ms for 80 KB, measured 2026-11-23,
 * against 1 to 2 ms), and is not safe on hostile pages.
 */
import type { MarkupFact } from '../src/facts/markup.ts';

/** Each rule that is right for mail, and where we tell of the same. */
export const rulesForMail: Readonly<Record<string, (fact: MarkupFact) => boolean>> = {
  'attribute-allowed-values': ({ values }) => values.length > 0,
  'close-order': ({ unclosed, strays }) => unclosed.length + strays.length > 0,
  'element-name': ({ unknown }) => unknown.length > 0,
  'meta-refresh': ({ head }) => head.refresh !== null,
  'no-dup-attr': ({ repeated }) => repeated.length > 0,
  'no-dup-id': ({ ids }) => ids.length > 0,
  'no-implicit-close': ({ unclosed, strays }) => unclosed.length + strays.length > 0,
  'no-unknown-elements': ({ unknown }) => unknown.length > 0,
  'no-utf8-bom': () => true,
  'script-element': ({ active }) => active.some(({ kind }) => kind === 'script'),
  'unrecognized-char-ref': ({ references }) => references.length > 0,
};

/** The rules that are wrong for mail, or that other checks of ours answer, with the reason. */
export const rulesAgainstMail: Readonly<Record<string, string>> = {
  'attr-spacing': 'browsers read the attributes all the same',
  deprecated: 'center, font, bgcolor and align are what Outlook for Windows reads',
  'doctype-html': 'XHTML 1.0 Transitional draws in the same way; document-type tells of those that do not',
  'element-permitted-content':
    'center and tables in a p are drawn as written; what moves is told by table-content',
  'element-required-attributes': 'lang is document-language’s matter',
  'element-required-content': 'a title is document-title’s matter',
  'missing-doctype':
    'a piece of a page gets its head from the sending tool; document-type tells of whole pages',
  'no-conditional-comment': 'Outlook needs them; conditional-comments tells of the faulty ones',
  'no-inline-style': 'Gmail and others keep nothing else',
  'valid-id': 'an id with a space harms no mail',
  'void-style': 'both ways are read alike',
  'wcag/h37': 'image-alt tells of it, and knows hidden pictures',
};
