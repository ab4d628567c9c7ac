/** How addresses in mailings are written, and which of them only their author can open. */

/** Filled in when the mail is sent, so nothing can be said of it yet. */
export const mergeField =
  /\{\{|\{%|\[\[|\[\$|\*\||\$\{|<%|%%?[a-z]\w*%|##\w+##|^\[(?:unsubscribe|unsubscribe_preferences|weblink)\]$/i;

/** A file on the author's disk, or a picture that was pasted from another window. */
const disk = /^(?:file|blob|content|webkit-fake-url|applewebdata|x-webdoc):|^[a-z]:[\\/]|^\\\\/i;
const web = /^https?:\/\/[^/]/i;
/** As nearly all of them are: in names of the world, which need no reading of the address as a whole. */
const common =
  /^https?:\/\/(?:[a-z0-9-]{1,63}\.){1,9}(?:com|org|net|eu|se|no|dk|fi|de|uk|fr|nl|io|app)(?:[/?#]|$)/;
/** RFC 6761: the computer itself, and a name that is never in public DNS but in use on developers' computers. */
const computer = /^(?:127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\]|(?:.+\.)?(?:localhost|localdomain|test))$/;
/** RFC 1918, 3927, 4193, 4291, 6762 and 8375, and .internal, which ICANN has set aside. */
const network =
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.)[\d.]+$|^\[f(?:[cd]|e[89ab])[0-9a-f:]+\]$|\.(?:local|internal|lan|home\.arpa)$/;

/** It lies on the author's own computer, which nobody else's mail program can read. */
export function onDisk(address: string): boolean {
  return disk.test(address);
}

/** Of a web address: who can open it besides its author. A name without a dot is of one network alone. */
export function reachOf(address: string): 'everyone' | 'network' | 'computer' {
  if (!web.test(address) || common.test(address)) return 'everyone';
  let host: string;
  try {
    host = new URL(address).hostname.replace(/\.$/, '');
  } catch {
    return 'everyone';
  }
  if (computer.test(host)) return 'computer';
  return network.test(host) || !/[.:]/.test(host) ? 'network' : 'everyone';
}

/** What a person calls the picture: its file. Empty where the address has none to show. */
export function fileName(address: string): string {
  if (/^\s*data:/i.test(address)) return '';
  const [path = ''] = address.trim().slice(0, 2000).split(/[?#]/);
  return path.replace(/^cid:/i, '').split(/[/\\]/).at(-1) ?? '';
}

/** The name of the site in a web address, as it is shown to a person. */
export function siteOf(address: string): string {
  return /^[a-z]+:\/\/(?:[^\s/?#@]{0,200}@)?([^\s/?#:]{1,100})/i.exec(address)?.[1] ?? address.slice(0, 100);
}
