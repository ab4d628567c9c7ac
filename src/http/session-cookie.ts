/** The cookie that holds a session's token. */
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { sessionLife } from '../access.ts';

export interface SessionCookie {
  read(c: Context): string | undefined;
  write(c: Context, token: string): void;
  clear(c: Context): void;
}

/**
 * `url`: public address of the service; without it the request's own decides. Over https the name begins with
 * `__Host-`, and browsers then take it neither from another host nor over http (RFC 6265bis section 4.1.3).
 */
export function createSessionCookie(url: string | undefined): SessionCookie {
  const isSecure = (c: Context) => (url ?? c.req.url).startsWith('https:');
  const nameFor = (c: Context) => (isSecure(c) ? '__Host-klarsignal' : 'klarsignal');
  return {
    read: (c) => getCookie(c, nameFor(c)),
    write: (c, token) =>
      setCookie(c, nameFor(c), token, {
        httpOnly: true,
        sameSite: 'Lax',
        path: '/',
        maxAge: sessionLife / 1000,
        secure: isSecure(c),
      }),
    clear: (c) => {
      deleteCookie(c, nameFor(c), { httpOnly: true, sameSite: 'Lax', path: '/', secure: isSecure(c) });
    },
  };
}
