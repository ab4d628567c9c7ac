/**
 * Where registries answer RDAP (RFC 9082), by top-level domain: what IANA’s bootstrap file says of the commonest here.
 * The rest is looked up in that file. Read 2026-11-23 in copies of it from September 2026.
 */
export const bootstrap = 'https://data.iana.org/rdap/dns.json';

export const registries: Readonly<Record<string, string>> = {
  se: 'https://rdap.iis.se/',
  nu: 'https://rdap.iis.nu/',
  no: 'https://rdap.norid.no/',
  fi: 'https://rdap.fi/rdap/rdap/',
  com: 'https://rdap.verisign.com/com/v1/',
  net: 'https://rdap.verisign.com/net/v1/',
  org: 'https://rdap.publicinterestregistry.org/rdap/',
};
