/**
 * Public services that shorten links, as of 2026-11: anyone can make one there, so the address says nothing of
 * where it leads. The usual ones, after the list of SpamAssassin's DecodeShortURLs plugin (25_url_shortener.cf)
 * as far as they still answer. None that leads to one site only (youtu.be, fb.me, amzn.to).
 */
export const linkShorteners: ReadonlySet<string> = new Set([
  'adf.ly',
  'bc.vc',
  'bit.do',
  'bit.ly',
  'bitly.com',
  'buff.ly',
  'clck.ru',
  'cutt.ly',
  'cutt.us',
  'dlvr.it',
  'goo.gl',
  'ift.tt',
  'is.gd',
  'j.mp',
  'kutt.it',
  'lnkd.in',
  'ow.ly',
  'q.gs',
  'rb.gy',
  'rebrand.ly',
  's.id',
  'shorturl.at',
  'soo.gd',
  't.co',
  't.ly',
  'tiny.cc',
  'tinyurl.com',
  'u.to',
  'v.gd',
  'x.co',
]);
