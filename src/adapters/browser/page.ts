import type { CDPSession, Browser as Puppet } from 'puppeteer-core';
import type { PageLayout, PagePicture, PageRequest } from '../../ports.ts';
import { type Measures, measure, settle } from './inside.ts';
import { measureLooks } from './looks.ts';
import { closeNetwork, pageAddress } from './network.ts';

/** A meta viewport may ask for 10,000 px; a picture gets this many, or the width that was ordered. */
const maxWidth = 2000;

/**
 * Draws one page in a context of its own. `opened` is handed the way to throw that context away before
 * anything can go wrong in it; the caller does so in every case.
 * @throws whatever puppeteer throws, and Error when the renderer crashed
 */
export async function drawPage(
  puppet: Puppet,
  request: PageRequest,
  maxHeight: number,
  opened: (close: () => Promise<void>) => void,
): Promise<PagePicture> {
  const creating = puppet.createBrowserContext({ downloadBehavior: { policy: 'deny' } });
  opened(async () => (await creating).close());
  const page = await (await creating).newPage();
  const cdp = await page.createCDPSession();
  const crashed = Promise.withResolvers<never>();
  cdp.once('Inspector.targetCrashed', () => crashed.reject(new Error('The page crashed its renderer')));

  const picture = async (): Promise<PagePicture> => {
    const { frameTree } = await cdp.send('Page.getFrameTree');
    const [network] = await Promise.all([
      closeNetwork(cdp, frameTree.frame.id, request),
      cdp.send('Inspector.enable'),
      cdp.send('Emulation.setScriptExecutionDisabled', { value: true }),
      cdp.send('Emulation.setEmulatedMedia', {
        features: [{ name: 'prefers-color-scheme', value: request.colorScheme }],
      }),
      cdp.send('Emulation.setTouchEmulationEnabled', { enabled: request.mobile }),
      setSize(cdp, request, request.mobile),
    ]);
    // No time limit here: the caller's signal is the only clock.
    await page.goto(pageAddress, { waitUntil: 'load', timeout: 0 });

    const inside = await isolatedWorld(cdp, frameTree.frame.id);
    const layoutWidth = (await inside(settle)) as number;
    // A phone zooms out to fit what is too wide, which blurs every measure. The meta viewport has had its
    // say in the layout's width by now, so measure and draw at that width without the zoom.
    const height = Math.round((request.height * layoutWidth) / request.width);
    if (request.mobile) await setSize(cdp, { ...request, width: layoutWidth, height }, false);
    const measures = (await inside(measure)) as Measures;
    const layout = (await inside(measureLooks)) as PageLayout;

    const drawn = {
      width: Math.min(request.mobile ? layoutWidth : request.width, Math.max(request.width, maxWidth)),
      height: Math.min(Math.max(measures.pageHeight, 1), maxHeight),
    };
    const { data } = await cdp.send('Page.captureScreenshot', {
      format: 'png',
      optimizeForSpeed: true,
      captureBeyondViewport: true,
      clip: { x: 0, y: 0, ...drawn, scale: 1 },
    });
    return {
      png: Buffer.from(data, 'base64'),
      ...drawn,
      contentWidth: measures.contentWidth,
      contentHeight: measures.contentHeight,
      cut: measures.contentHeight > drawn.height,
      visibleText: measures.visibleText,
      refused: network.refused(),
      layout,
    };
  };
  return Promise.race([crashed.promise, picture()]);
}

async function setSize(
  cdp: CDPSession,
  { width, height }: { width: number; height: number },
  mobile: boolean,
): Promise<void> {
  await cdp.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile });
}

/** Runs our scripts beside the page, which runs none of its own and cannot see ours. */
async function isolatedWorld(
  cdp: CDPSession,
  frameId: string,
): Promise<(expression: string) => Promise<unknown>> {
  const world = await cdp.send('Page.createIsolatedWorld', { frameId, worldName: 'klarsignal' });
  return async (expression) => {
    const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', {
      expression,
      contextId: world.executionContextId,
      returnByValue: true,
      awaitPromise: true,
    });
    if (exceptionDetails !== undefined) throw new Error(`Measuring failed: ${result.description}`);
    return result.value;
  };
}
