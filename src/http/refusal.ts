import type { Context } from 'hono';
import { localeOf } from './locale.ts';
import { problemPage } from './pages/problem.ts';
import { problem } from './problem.ts';
import type { ProblemCode } from './schemas.ts';

/** A page for a person who browses, problem details for everybody else. */
export function refuse(c: Context, code: ProblemCode, detail?: string): Response | Promise<Response> {
  return browses(c) ? problemPage(c, code, detail) : problem(c, code, localeOf(c), detail ? { detail } : {});
}

/** Whether a person reads the answer in a browser. The API answers alike to everybody. */
export function browses(c: Context): boolean {
  return !isApi(c) && /\btext\/html\b/.test(c.req.header('accept') ?? '');
}

export function isApi(c: Context): boolean {
  return c.req.path.startsWith('/v1/');
}
