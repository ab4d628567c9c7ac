/** How the mail is drawn: one picture for each client and colour scheme, measured as it was laid out. */
import type { BrowserFailure, PageImage } from '../ports.ts';
import type { Client } from '../rule.ts';
import { FactError } from './facts.ts';
import type { Gathering } from './gather.ts';

export interface View {
  /** Client and scheme, such as `apple-mail-iphone-dark`: also the picture's name. */
  id: string;
  client: string;
  scheme: 'light' | 'dark';
  /** CSS pixels. */
  viewportWidth: number;
  width: number;
  height: number;
  contentWidth: number;
  contentHeight: number;
  /** The picture ends before the mail does. */
  cut: boolean;
  visibleText: number;
  png: Uint8Array;
}

export interface RenderingFact {
  views: readonly View[];
  /** Views that could not be drawn, and why. */
  failed: readonly { id: string; reason: 'missing-engine' | 'crashed' | 'late' }[];
  /** False where no sandbox could be started on this machine. */
  sandbox: boolean;
}

const reasons = { missing: 'missing-engine', crashed: 'crashed', timeout: 'late' } as const;

/** null when there is no HTML part to draw. Fails when not a single view could be drawn. */
export async function gatherRendering(gathering: Gathering): Promise<RenderingFact> {
  const { submission, clients, browser, signal, progress } = gathering;
  const html = submission.markup?.html;
  if (html === undefined) return { views: [], failed: [], sandbox: true };
  const images = new Map<string, PageImage>();
  for (const { contentId, contentType, bytes } of submission.attachments) {
    if (contentId && contentType.startsWith('image/')) images.set(`cid:${contentId}`, { contentType, bytes });
  }
  const wanted = clients.flatMap((client) => client.schemes.map((scheme) => ({ client, scheme })));
  const views: View[] = [];
  const failed: RenderingFact['failed'][number][] = [];
  let detail = '';
  for (const { client, scheme } of wanted) {
    try {
      views.push(await draw(client, scheme));
    } catch (error) {
      const failure = failureOf(error);
      if (!failure) throw error;
      failed.push({ id: `${client.id}-${scheme}`, reason: signal.aborted ? 'late' : reasons[failure] });
      detail = String(error);
    }
    progress(views.length + failed.length, wanted.length);
  }
  const [first] = failed;
  if (views.length === 0 && first) throw new FactError(first.reason, detail);
  const { sandbox } = await browser.describe();
  return { views, failed, sandbox };

  async function draw(client: Client, scheme: 'light' | 'dark'): Promise<View> {
    const { viewport } = client;
    // Mail on phones lays out at the screen's width whatever a viewport element says, unlike a web browser.
    const page = { html: html ?? '', ...viewport, colorScheme: scheme, mobile: false, images };
    const { refused: _, ...picture } = await browser.draw(page, signal);
    const id = `${client.id}-${scheme}`;
    return { id, client: client.id, scheme, viewportWidth: viewport.width, ...picture };
  }
}

/** The port's own error; anything else is a bug. */
function failureOf(error: unknown): BrowserFailure | undefined {
  return error instanceof Error && 'failure' in error ? (error.failure as BrowserFailure) : undefined;
}
