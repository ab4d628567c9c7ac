/** What gatherers ask of the web, as they are told of it: a page as text, a picture by what its bytes say. */
import type { Fetched, Fetcher, Visitor } from '../../ports.ts';
import type { Visit } from '../asking.ts';
import { FactError } from '../facts.ts';
import { type PictureRead, readPicture } from '../pictures/format.ts';

/** Of a picture that is judged again, what its bytes said is known already. */
export async function visit(
  visitor: Visitor,
  url: string,
  most: number,
  signal: AbortSignal,
): Promise<Visit> {
  const told: Omit<Visit, 'picture'> & { picture?: PictureRead | null } = await visitor.visit(
    url,
    most,
    signal,
  );
  const read = most > 0 && told.body.length > 0 ? readPicture(told.body) : null;
  return { ...told, picture: told.picture ?? read };
}

/** Never rejects for what a server does. */
export async function fetchText(
  fetcher: Fetcher,
  url: string,
  { most, redirects, at }: { most: number; redirects: number; at(): string },
  signal: AbortSignal,
): Promise<Fetched> {
  const nothing = { url, status: null, failure: null, type: '', body: '', cut: false, end: url };
  try {
    const { status, headers, body, ...ended } = await fetcher.fetch(
      url,
      { method: 'GET', most: most + 1, redirects },
      signal,
    );
    const type = (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
    const text = new TextDecoder().decode(body.subarray(0, most));
    return {
      ...nothing,
      status,
      type,
      body: text,
      cut: body.length > most,
      end: ended.url,
      at: ended.at ?? at(),
    };
  } catch (error) {
    // Stored answers hold none of it, which says nothing of the server.
    if (error instanceof FactError) throw error;
    return { ...nothing, failure: failureOf(error), at: at() };
  }
}

/** A message may quote what a stranger's server said; a code never does. */
function failureOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return error.name;
}
