/** What one recipient gets, composed as it will be, so that a person can look at it before it goes. */
import type { CampaignRow, ComposedMessage } from '../ports.ts';
import { documentOf, parseMarkup } from '../submission/markup.ts';
import { unsubscribePath } from '../unsubscribe.ts';
import type { Letter, LetterTo } from './campaign.ts';
import type { Messages } from './message.ts';
import type { CampaignsOptions } from './options.ts';
import { isPublic } from './order.ts';

/** Characters of its text that are shown. */
const shownLength = 20_000;
/** Within which lines end. */
const blocks = 'p,div,br,tr,li,h1,h2,h3,h4,h5,h6,table,ul,ol,blockquote,hr,center,section,article';

export function createLetters(
  { store, mime, clock, policy, url }: Pick<CampaignsOptions, 'store' | 'mime' | 'clock' | 'policy' | 'url'>,
  messages: Messages,
) {
  /** The first of its recipients who waits, or the first at all. */
  async function firstOf({ organisation, id }: CampaignRow) {
    const { ledger } = store.organisation(organisation);
    const [waiting] = await ledger.deliveries(id, { limit: 1, states: ['pending'] });
    return waiting ?? (await ledger.deliveries(id, { limit: 1 }))[0];
  }

  return async (row: CampaignRow): Promise<Letter | undefined> => {
    const message = await messages.find(row.organisation, row.audit, row.digest);
    if (!message) return undefined;
    const { template, mail } = message;
    const { from, reply_to: replyTo, subject } = template.headers;
    const recipient = await firstOf(row);
    const letter = { from, replyTo, subject: subject ?? '', fields: mail.fields };
    if (!recipient?.address) return { ...letter, first: undefined };
    const { address, fields } = recipient;
    const composed = mail.compose({
      to: address,
      fields,
      // Nobody's: whoever tries the link in this copy must not unsubscribe the reader.
      unsubscribeUrl: isPublic(url) ? new URL(`${unsubscribePath}sample`, url).href : null,
      messageId: `${row.id}.sample@${template.routes[0]?.mail_from ?? row.domain}`,
      date: clock.now(),
    });
    if ('refused' in composed) return { ...letter, first: { address, fields: fields ?? {}, ...composed } };
    const first: LetterTo = {
      address,
      fields: fields ?? {},
      subject: composed.subject,
      text: readable(composed),
      write: () => mime.write(composed),
    };
    return { ...letter, first };
  };

  /** Its text part, or what a reader of the HTML sees, line by line. */
  function readable({ text, html }: ComposedMessage): string {
    const written = text?.trim() ? text : html ? seen(html) : '';
    return written.length > shownLength ? `${written.slice(0, shownLength)} …` : written;
  }

  function seen(html: string): string {
    const parsed = parseMarkup(html, policy.limits);
    if (!parsed.ok) return '';
    const document = documentOf(parsed.markup);
    document('head,style,script,template,title').remove();
    document(blocks).after('\n');
    const lines = document.root().text().split('\n');
    return lines
      .map((line) => line.replace(/\s+/g, ' ').trim())
      .join('\n')
      .replace(/\n{2,}/g, '\n\n')
      .trim();
  }
}
