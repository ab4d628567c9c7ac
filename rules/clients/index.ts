import type { Client } from '#rule';
import { appleMailIphone } from './apple-mail-iphone.ts';

export const clients: readonly Client[] = [appleMailIphone];
