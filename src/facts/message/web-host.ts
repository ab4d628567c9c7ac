/** Where a link goes on the web, and where a text says that it would go. */
import { parse } from 'tldts';

export interface WebHost {
  /** Lower case, internationalised names as A-labels. */
  host: string;
  /** The registered domain by the public suffix list; the host itself where there is none, as of an IP address. */
  domain: string;
}

/** Longer ones are no address that a person wrote to be read. */
const longest = 2000;
const scheme = /^https?:\/\//i;
/** Nothing before it and no white space in it. */
const written =
  /^(?:https?:\/\/)?(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}[\p{L}][\p{L}\p{N}-]{0,61}[\p{L}\p{N}](?::\d{1,5})?(?:[/?#]\S{0,1000})?$/iu;

/** Host of an http or https address; null for anything else, such as mailto: or a merge field. */
export function webHost(address: string): WebHost | null {
  const trimmed = address.trim();
  if (trimmed.length > longest || !scheme.test(trimmed)) return null;
  let host: string;
  try {
    ({ hostname: host } = new URL(trimmed));
  } catch {
    return null;
  }
  // What a merge field writes into the host is not known yet.
  if (!/^[a-z0-9._[\]:-]+$/.test(host)) return null;
  return { host, domain: parse(host).domain ?? host };
}

/** The same of a link, where `//example.se` leads to the web as well. */
export function linkHost(address: string): WebHost | null {
  return webHost(address.replace(/^\s{0,99}\/\//, 'https://'));
}

/** The host that a text names, when the text is nothing but a host or a web address; null when it is words. */
export function writtenHost(text: string): WebHost | null {
  const found = hostIn(text);
  // "Node.js" and "fil.pdf" look like hosts; a name that cannot be registered is none.
  return found && (parse(found.host).isIcann || opens.test(text)) ? found : null;
}

/**
 * The same of what a reader takes for an address to open: it has a scheme, www. or a path, or is a registrable name in
 * small letters. “Booking.com” with a capital is as often a company’s name, and `readme.md` a file.
 */
export function writtenAddress(text: string): WebHost | null {
  const found = hostIn(text);
  if (!found || opens.test(text)) return found;
  const [name = '', path] = text.trim().split(/[/?#:]/, 2);
  if (!parse(found.host).isIcann || !parse(found.host).domain) return null;
  return (path !== undefined || name === name.toLowerCase()) && !isFile.test(name) ? found : null;
}

/** Endings of files that are endings of domains as well. */
const isFile = /\.(?:ai|md|mov|ps|py|rs|sh|zip)[.,;:!?)»”"]{0,3}$/iu;
const opens = /^\s*(?:https?:\/\/|www\.)/i;

function hostIn(text: string): WebHost | null {
  if (!text.includes('.')) return null;
  const trimmed = text.trim().replace(/[.,;:!?)»”"]{1,3}$/u, '');
  if (trimmed.length > longest || !written.test(trimmed)) return null;
  return webHost(scheme.test(trimmed) ? trimmed : `http://${trimmed}`);
}
