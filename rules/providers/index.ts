/** The mailbox providers whose published requirements an audit tells of. To add one: its file, and its line here. */
import type { MailboxProvider } from '#rule';
import { gmail } from './gmail.ts';
import { gmxWebde } from './gmx-webde.ts';
import { icloud } from './icloud.ts';
import { laposte } from './laposte.ts';
import { orange } from './orange.ts';
import { outlook } from './outlook.ts';
import { yahoo } from './yahoo.ts';

export const providers: readonly MailboxProvider[] = [
  gmail,
  outlook,
  yahoo,
  icloud,
  gmxWebde,
  orange,
  laposte,
];
