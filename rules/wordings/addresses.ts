/** How addresses in mailings are written, and which of them only their author can open. */

/**
 * Filled in when the mail is sent, so nothing can be said of it yet. The forms that src/submission/merge-forms.ts tells
 * of in addresses; a percent sign before two digits of a byte is none of them.
 */
export const mergeField =
  /\{\{|\{%|\{[$!]|%7b%7b|\[\[|\[\$|\$\[|\*\||\$\{|<%|%%?[a-z]\w*(?:\.\w+)?%(?![\da-f]{2})|##[\w.-]+##|~[a-z]+\.\w+~|^\[(?:unsubscribe|unsubscribe_preferences|weblink)\]$/i;

/**
 * A word between single marks, or an address that begins with one: in a template some tool may know it. Those that ask
 * for an address are what its author should have written over.
 */
const word =
  /^(?:https?:\/\/)?(?:\{[^{}\s]{1,60}\}|\[[^[\]\s]{1,60}\]|<<[^<>\s]{1,60}>>|#[\w.-]{1,60}#$|@@\w{1,60}@@)/i;
const asking = /^(?:https?:\/\/)?\W{1,2}(?:url|link|href|insert|your|din|l[äa]nk|adress|address)/i;

/** A template that some tool fills in, which nobody has named. */
export function isOpenTemplate(message: { hasHeader: boolean; filled: boolean; sampled: boolean }): boolean {
  return !message.hasHeader && !message.filled && !message.sampled;
}

/** Perhaps a merge field, of a tool that writes them so. */
export function isPerhapsField(address: string): boolean {
  return word.test(address) && !asking.test(address);
}

const app =
  /^(?!mailto:|tel:|sms:|data:|vbscript:|javascript:|about:)[a-z][a-z\d+-]{1,40}:(?!\d{2,5}(?:[/?#]|$))\/{0,3}[^\s/]/i;

/** It opens an app, as swish: does; neither a web address nor a host with a port. */
export function isOfApp(address: string): boolean {
  return app.test(address) && !/^https?:/i.test(address);
}

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
