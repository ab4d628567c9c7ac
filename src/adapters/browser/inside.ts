/**
 * What we run inside a page. Kept as text, because it runs in another process: a bundler or test runner
 * would weave its own names into a function. `<img name=body>` can shadow any property of `document`, so
 * everything is asked of the prototype.
 */

export interface Measures {
  contentWidth: number;
  contentHeight: number;
  /** What the document can scroll through: the height of a whole-page picture. */
  pageHeight: number;
  visibleText: number;
}

const parts = `
  const own = (name) => Object.getOwnPropertyDescriptor(Document.prototype, name).get.call(document);
  const all = (selector) => Document.prototype.querySelectorAll.call(document, selector);
  const body = own('body');
  const root = own('scrollingElement') ?? own('documentElement');
`;

/**
 * Stops what moves (an endless animation shows its start, any other its end), empties frames, waits until
 * images are decoded, gives those that are missing an edge, so that their room does not look like a gap in the
 * mail, and tells the width that the page is laid out in.
 */
export const settle = `(async () => {
  ${parts}
  for (const frame of all('iframe[srcdoc]')) frame.removeAttribute('srcdoc');
  for (const animation of Document.prototype.getAnimations.call(document)) {
    try { animation.finish(); } catch { animation.cancel(); }
  }
  for (const drawing of all('svg')) {
    drawing.pauseAnimations?.();
    drawing.setCurrentTime?.(0);
  }
  for (const film of all('video, audio')) film.pause?.();
  await Promise.all([...all('img')].map((image) => image.decode().catch(() => {})));
  const missing = (image) => image.naturalWidth === 0 && image.offsetWidth > 8 && image.offsetHeight > 8;
  for (const image of [...all('img')].filter(missing)) {
    image.style.setProperty('outline', '1px dashed rgb(128 128 128 / 0.7)');
    image.style.setProperty('outline-offset', '-1px');
  }
  return root.clientWidth || innerWidth;
})()`;

/** Invisible padding, as in preheaders, is no text that a reader sees. */
export const measure = `(() => {
  ${parts}
  const text = body?.checkVisibility() ? body.innerText : '';
  return {
    contentWidth: Math.max(root.scrollWidth, body?.scrollWidth ?? 0),
    contentHeight: Math.max(root.scrollHeight, body?.scrollHeight ?? 0),
    pageHeight: root.scrollHeight || innerHeight,
    visibleText: text.replace(/(?:\\p{Default_Ignorable_Code_Point}|[\\s\\u2800])+/gu, ' ').trim().length,
  };
})()`;
