/** SPF by mailauth, strictly as RFC 7208 has it, over our own resolver: to compare with, in tests alone. */
import { type Resolver, recordTypes, type SpfCheck, type SpfResult } from '../../src/ports.ts';

const results: readonly string[] = ['pass', 'fail', 'softfail', 'neutral', 'none', 'temperror', 'permerror'];
/** RFC 7208 section 4.6.4 advises at least this many milliseconds. */
const patience = 20_000;
const codes: Readonly<Record<string, string>> = {
  nxdomain: 'ENOTFOUND',
  nodata: 'ENODATA',
  timeout: 'ETIMEOUT',
};

export function createMailauthCheck(resolver: Resolver): SpfCheck {
  return {
    async check({ ip, helo, mailFrom }, signal) {
      const domain = (mailFrom.split('@').at(-1) || helo).toLowerCase().replace(/\.$/, '');
      const ask = async (name: string, type: string) => {
        const known = recordTypes.find((one) => one === type);
        if (!known) throw coded('ENODATA');
        const asked = name.toLowerCase().replace(/\.$/, '');
        const answer = await resolver.ask({ name: asked, type: known }, signal);
        if (answer.status !== 'answered') throw coded(codes[answer.status] ?? 'ESERVFAIL');
        const records = answer.records.filter((record) => record.type === known);
        if (records.length === 0) throw coded('ENODATA');
        if (known === 'TXT') return records.map(({ data, strings }) => strings ?? [data]);
        if (known !== 'MX') return records.map(({ data }) => data);
        return records.map(({ data }) => {
          const [priority = '0', exchange = ''] = data.split(/\s+/);
          return { priority: Number(priority), exchange: exchange.replace(/\.$/, '') };
        });
      };
      try {
        // Large, and nobody needs it before the first mail comes in.
        const { spf } = await import('mailauth/lib/spf/index.js');
        const { status } = await spf({
          sender: mailFrom,
          ip,
          helo,
          mta: 'klarsignal',
          resolver: ask as never,
          strict: true,
          maxElapsedTime: patience,
        });
        const { result } = status as { result: string };
        return { result: results.includes(result) ? (result as SpfResult) : 'temperror', domain };
      } catch {
        return { result: 'temperror', domain };
      }
    },
  };
}

function coded(code: string): Error {
  return Object.assign(new Error(code), { code });
}
