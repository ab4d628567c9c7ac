import type { CDPSession, Protocol } from 'puppeteer-core';
import type { PageImage, PageRequest } from '../../ports.ts';

// Not https: there Chromium would ask for the page's http images under https, names that nobody fetched.
export const pageAddress = 'http://mail.invalid/';

/**
 * Answers the page itself and its known images from memory and refuses every other request. `data:` never
 * gets here; `cid:` does, like any scheme that Chromium does not know.
 */
export async function closeNetwork(
  cdp: CDPSession,
  mainFrame: string,
  page: PageRequest,
): Promise<{ refused(): number }> {
  const images = new Map([...page.images].map(([source, image]) => [asRequested(source), image]));
  let refused = 0;
  let served = false;

  const answer = (event: Protocol.Fetch.RequestPausedEvent): Promise<unknown> => {
    const { requestId, resourceType, frameId } = event;
    if (resourceType === 'Document' && frameId === mainFrame && !served) {
      served = true;
      return cdp.send('Fetch.fulfillRequest', { requestId, responseCode: 200, ...document(page) });
    }
    const image = resourceType === 'Image' ? images.get(event.request.url) : undefined;
    if (image !== undefined) {
      return cdp.send('Fetch.fulfillRequest', { requestId, responseCode: 200, ...picture(image) });
    }
    // Chrome with a window asks for the icon of any page by itself.
    if (event.request.url !== `${pageAddress}favicon.ico`) refused += 1;
    return cdp.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
  };
  // A failed answer means that the page is gone, which its own job notices.
  cdp.on('Fetch.requestPaused', (event) => void answer(event).catch(() => {}));
  await cdp.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  return { refused: () => refused };
}

/**
 * `sandbox` gives the page an opaque origin and stops scripts, forms, popups and meta refresh. What only
 * shows something is let through to be counted and refused; what could act is stopped before.
 */
function document({ html, images }: PageRequest): { responseHeaders: Header[]; body: string } {
  const schemes = new Set(['data:', 'cid:']);
  for (const source of images.keys()) {
    const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(source)?.[0];
    if (scheme !== undefined) schemes.add(scheme.toLowerCase());
  }
  const policy = [
    'sandbox',
    "default-src 'none'",
    `img-src * ${[...schemes].join(' ')}`,
    "style-src * data: 'unsafe-inline'",
    'font-src * data:',
    'media-src * data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return {
    responseHeaders: [
      { name: 'content-type', value: 'text/html; charset=utf-8' },
      { name: 'content-security-policy', value: policy },
    ],
    body: Buffer.from(html, 'utf8').toString('base64'),
  };
}

type Header = { name: string; value: string };

function picture({ contentType, bytes }: PageImage): { responseHeaders: Header[]; body: string } {
  const value = /^image\/[\w.+-]+$/.test(contentType) ? contentType : 'image/png';
  return {
    responseHeaders: [
      { name: 'content-type', value },
      { name: 'access-control-allow-origin', value: '*' },
    ],
    body: Buffer.from(bytes).toString('base64'),
  };
}

/** As the browser will spell it: lower-case host, escaped path, no fragment. */
function asRequested(source: string): string {
  if (!URL.canParse(source, pageAddress)) return source;
  const url = new URL(source, pageAddress);
  url.hash = '';
  return url.href;
}
