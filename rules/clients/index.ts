import type { Client } from '#rule';
import { appleMailIphone } from './apple-mail-iphone.ts';
import { gmailWeb } from './gmail-web.ts';
import { outlookWindows } from './outlook-windows.ts';

export const clients: readonly Client[] = [gmailWeb, outlookWindows, appleMailIphone];
