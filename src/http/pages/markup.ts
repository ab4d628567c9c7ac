import type { HtmlEscapedString } from 'hono/utils/html';

/** A piece of a page, escaped already. */
export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;
