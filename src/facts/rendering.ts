/** How the mail is drawn: one picture for each client and colour scheme, measured as it was laid out. */
import type { BrowserFailure, PageImage, PagePicture } from '../ports.ts';
import type { Client } from '../rule.ts';
import { FactError } from './facts.ts';
import type { Gathering } from './gather.ts';
import { sourcePlaces } from './html/places.ts';
import { drawablePictures } from './pictures.ts';
import { type Legibility, legibilityOf, placesOfMarks } from './rendering/legibility.ts';
import { createSimulation, type Simulate, type Simulation } from './rendering/simulation.ts';

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
  /** Whose the dark colours are; null in light mode. */
  dark: Simulation['dark'];
  /** Pictures that the client would show and we cannot draw. */
  undrawn: number;
  legibility: Legibility;
  png: Uint8Array;
}

interface Failed {
  id: string;
  client: string;
  reason: 'missing-engine' | 'crashed' | 'late' | 'too-much';
}

export interface RenderingFact {
  views: readonly View[];
  /** Views that could not be drawn, and why. */
  failed: readonly Failed[];
  /** False where no sandbox could be started on this machine. */
  sandbox: boolean;
}

const reasons = { missing: 'missing-engine', crashed: 'crashed', timeout: 'late' } as const;

/** null when there is no HTML part to draw. Fails when not a single view could be drawn. */
export async function gatherRendering(gathering: Gathering): Promise<RenderingFact> {
  const { submission, clients, browser, policy, signal, progress } = gathering;
  const { markup } = submission;
  if (!markup) return { views: [], failed: [], sandbox: true };
  const { html } = markup;
  const placeOf = placesOfMarks(submission, markup, sourcePlaces(submission, markup, policy.limits));
  const images = new Map<string, PageImage>();
  for (const { contentId, contentType, bytes } of submission.attachments) {
    if (contentId && contentType.startsWith('image/')) images.set(`cid:${contentId}`, { contentType, bytes });
  }
  const fetched = fetchedInTime(gathering, images);
  const wanted = clients.flatMap((client) => {
    const simulate = createSimulation(html, client, policy.limits);
    return client.schemes.map((scheme) => ({ client, scheme, simulate }));
  });
  // Without a browser nothing needs to be simulated.
  const { sandbox } = await browser.describe().catch((error) => {
    const failure = failureOf(error);
    throw failure ? new FactError(reasons[failure], String(error)) : error;
  });
  let [done, detail] = [0, ''];
  let turn: Promise<unknown> = Promise.resolve();
  const pictures = new Map<string, Promise<PagePicture>>();
  // All at once: the browser draws as many together as it can, and the rest wait in line there.
  const results = await Promise.all(
    wanted.map(async ({ client, scheme, simulate }): Promise<View | Failed> => {
      const id = `${client.id}-${scheme}`;
      try {
        return await view(client, scheme, id, simulate);
      } catch (error) {
        const failure = failureOf(error);
        if (!failure) throw error;
        detail = String(error);
        return { id, client: client.id, reason: signal.aborted ? 'late' : reasons[failure] };
      } finally {
        done += 1;
        progress(done, wanted.length);
      }
    }),
  );
  const failed = results.filter((result) => 'reason' in result);
  const views = results.filter((result) => 'png' in result);
  const [first] = failed;
  if (views.length === 0 && first) throw new FactError(first.reason, detail);
  return { views, failed, sandbox };

  async function view(
    client: Client,
    scheme: 'light' | 'dark',
    id: string,
    simulate: Simulate,
  ): Promise<View | Failed> {
    // One after another, with time between for whatever else this process does.
    const simulating = turn.then(pause).then(() => (signal.aborted ? null : simulate(scheme)));
    turn = simulating.catch(() => {});
    const simulated = await simulating;
    // More CSS than is read: to wait longer would not help.
    if (!simulated) return { id, client: client.id, reason: signal.aborted ? 'late' : 'too-much' };
    const { dark, undrawn } = simulated;
    await fetched;
    const { refused: _, layout, ...picture } = await draw(client, simulated);
    const legibility = legibilityOf(layout, placeOf, policy.legibility);
    const viewportWidth = client.viewport.width;
    return { id, client: client.id, scheme, viewportWidth, dark, undrawn, legibility, ...picture };
  }

  /** Once, where dark mode changes nothing. */
  function draw({ id, viewport }: Client, { html, scheme }: Simulation): Promise<PagePicture> {
    const key = `${id} ${scheme} ${html}`;
    // Mail on phones lays out at the screen's width whatever a viewport element says, unlike a web browser.
    const page = { html, ...viewport, colorScheme: scheme, mobile: false, images };
    const picture = pictures.get(key) ?? browser.draw(page, signal);
    pictures.set(key, picture);
    return picture;
  }
}

/** What has come by then; without the web, as a mail program shows the mail that shows no pictures. */
async function fetchedInTime(gathering: Gathering, images: Map<string, PageImage>): Promise<void> {
  const { previewMs } = gathering.policy.links;
  let late = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const fetching = drawablePictures(gathering, (source, image) => {
    if (!late) images.set(source, image);
  }).catch(() => {});
  const waited = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, previewMs);
  });
  await Promise.race([fetching, waited]);
  // Every view shows the same ones.
  late = true;
  clearTimeout(timer);
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** The port's own error; anything else is a bug. */
function failureOf(error: unknown): BrowserFailure | undefined {
  return error instanceof Error && 'failure' in error ? (error.failure as BrowserFailure) : undefined;
}
