/** Who takes a domain's mail, by the names of its mail servers, and the part of SPF that lets that host send. */
export interface MailHost {
  name: string;
  /** Name of a mail server, in lower case, no dot at the end. */
  servers: RegExp;
  spf: string;
  source: string;
}

/** Those among the names of a domain's mail servers. */
export function mailHostsOf(names: readonly string[]): MailHost[] {
  return mailHosts.filter(({ servers }) => names.some((name) => servers.test(name)));
}

/** As of 2026-11-23. */
export const mailHosts: readonly MailHost[] = [
  {
    name: 'Loopia',
    servers: /\.loopia\.se$/,
    spf: 'include:spf.loopia.se',
    source: 'Loopia’s default zone: v=spf1 include:spf.loopia.se',
  },
  {
    name: 'one.com',
    servers: /\.one\.com$/,
    spf: 'include:_custspf.one.com',
    source: 'one.com support, “SPF record”',
  },
  {
    name: 'Simply.com',
    servers: /^mx\d*\.simply\.com$/,
    spf: 'include:spf.simply.com',
    source: 'Simply.com’s default zone: v=spf1 include:spf.simply.com',
  },
  {
    name: 'Google Workspace',
    servers: /(?:^|\.)(?:aspmx\d?|smtp)\.l?\.?google\.com$|\.googlemail\.com$/,
    spf: 'include:_spf.google.com',
    source: 'Google Workspace Admin Help, “Set up SPF”',
  },
  {
    name: 'Microsoft 365',
    servers: /\.mail\.protection\.outlook\.com$|\.mx\.microsoft$/,
    spf: 'include:spf.protection.outlook.com',
    source: 'Microsoft Learn, “Set up SPF to identify valid email sources”',
  },
  {
    name: 'Proton Mail',
    servers: /^mail(?:sec)?\.protonmail\.ch$/,
    spf: 'include:_spf.protonmail.ch',
    source: 'Proton support, “Anti-spoofing for custom domains”',
  },
  {
    name: 'Fastmail',
    servers: /^in\d-smtp\.messagingengine\.com$/,
    spf: 'include:spf.messagingengine.com',
    source: 'Fastmail help, “Manual DNS configuration”',
  },
];
