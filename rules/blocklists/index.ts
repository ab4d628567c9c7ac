/**
 * The blocklists that are asked, one file each. Left out, since they are dead: SORBS (2024), NiX Spam (2025), and since
 * they list whole networks for their neighbours or take money for the way out: UCEPROTECT 2 and 3.
 */
import type { Blocklist } from '#rule';
import { barracuda } from './barracuda.ts';
import { mailspike } from './mailspike.ts';
import { psbl } from './psbl.ts';
import { spamcop } from './spamcop.ts';
import { spamhausDbl } from './spamhaus-dbl.ts';
import { spamhausZen } from './spamhaus-zen.ts';
import { surbl } from './surbl.ts';
import { uribl } from './uribl.ts';

export const blocklists: readonly Blocklist[] = [
  spamhausZen,
  barracuda,
  spamcop,
  mailspike,
  psbl,
  spamhausDbl,
  surbl,
  uribl,
];
