/** Which addresses belong to the internet, and to nobody's inner network. */
import ipaddr from 'ipaddr.js';

/** All of IPv6 that IANA has given out for global unicast; forms that embed IPv4 elsewhere stand outside it. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');
/** RFC 9637: documentation. */
const documentation = ipaddr.IPv6.parseCIDR('3fff::/20');

/** RFC 3701: given back. */
const returned = ipaddr.IPv6.parseCIDR('3ffe::/16');

/** True for a global unicast address, written as a socket has it; false for anything that is none. */
export function isGlobal(address: string): boolean {
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return ipaddr.IPv4.parse(address).range() === 'unicast';
  if (!ipaddr.IPv6.isValid(address) || address.includes('%')) return false;
  const read = ipaddr.IPv6.parse(address);
  if (read.range() !== 'unicast' || !read.match(globalUnicast)) return false;
  return !read.match(documentation) && !read.match(returned) && !embeds(read);
}

/** RFC 5214 section 6.1 (ISATAP): the last 32 bits are an address of IPv4, whatever the first are. */
function embeds({ parts }: ipaddr.IPv6): boolean {
  return parts[5] === 0x5efe && (parts[4] === 0 || parts[4] === 0x200);
}
