/**
 * Links that may do something to whoever opens them: unsubscribe, confirm, answer. Nobody here follows them, and one
 * that is only perhaps such a link is left alone as well. As of 2026-11.
 */
import type { LinkLimits } from '#rule';
import { placeholderDomain } from './link-placeholders.ts';
import { perhapsAddress, unsubscribe, unsubscribeAddress } from './unsubscribe.ts';

/** Said of a link that answers for the reader at one tap. */
const acts =
  /\bconfirm|\bverif(?:y|ication|iera)|\bactivat|\baccept|\bdeclin|\bapprov|\brsvp\b|\bvote\b|\bone[ -]?click|\bdelet|\bremov|\bcancel|\bsubscrib|\bopt[ -]?in\b|\bpreferen|\bbekr[äa]ft|\baktivera|\bgodk[äa]nn|\btacka (?:ja|nej)|\bavboka|\br[öo]sta\b|\bradera|\bprenumerera|\bbest[äa]tig|\bconfirmez|\bconfirmar|\bbevestig|\bbekr[æe]ft|\bvahvista/iu;

/** The same in an address, where words are run together. */
const actingAddress =
  /confirm|verif[yi]|activat|bekraft|aktivera|godkann|rsvp|one-?click|opt[-_]?in\b|subscri(?!ptions?-)|prenumer|\/(?:accept|decline|approve|vote|cancel|delete|remove|leave|lamna|avboka|stop|out|bye|u|un|unsub|lu|ou|pref|prefs|manage)(?:[/?.]|$)|[?&](?:action|do|cmd|op|act)=/i;

/** What unsubscribes is often said beside the link that does it: “To leave this list, click here”. */
const beside = [unsubscribe.sure, unsubscribe.phrases, unsubscribe.ends, acts];

export const linkLimits: LinkLimits = {
  // Ours: a mail with more of them has them by the same few machines.
  links: 60,
  pictures: 200,
  // WHATWG Fetch, “HTTP-redirect fetch”, lets a browser follow 20; no reader waits so long.
  redirects: 10,
  // Four times what Mailchimp advises at most (mailchimp.com/help/about-template-images, read 2026-11-23).
  pictureBytes: 4 * 1024 * 1024,
  pictureBytesOfAll: 24 * 1024 * 1024,
  pictureAddress: unsubscribeAddress,
  // Ours: a third of what drawing has in all.
  previewMs: 10_000,
  address: [unsubscribeAddress, perhapsAddress, actingAddress],
  text: [unsubscribe.sure, unsubscribe.phrases, unsubscribe.ends, unsubscribe.settings, acts],
  around: beside,
  placeholder: placeholderDomain,
  // Ours: large sites that answer programs otherwise than people, LinkedIn even with a status of its own (999).
  closedSites: [
    'linkedin.com',
    'facebook.com',
    'instagram.com',
    'x.com',
    'twitter.com',
    'tiktok.com',
    'amazon.com',
    'amazon.se',
    'amazon.de',
    'amazon.co.uk',
    'pinterest.com',
    'reddit.com',
    'quora.com',
  ],
};
