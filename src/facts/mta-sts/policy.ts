/** The policy file of MTA-STS (RFC 8461 section 3.2), and whether a mail server is among those that it names. */

/** What of a policy makes senders pass it over. `mx`: it names no server, or something that is none. */
export type PolicyFault = 'version' | 'mode' | 'max_age' | 'mx';

export interface MtaStsPolicy {
  mode: 'enforce' | 'testing' | 'none' | null;
  /** Patterns of mail servers, at most a hundred. */
  mx: readonly string[];
  /** Seconds. */
  maxAge: number | null;
  /** None: it is valid. */
  faults: readonly PolicyFault[];
}

const patternsKept = 100;
/** Seconds (RFC 8461 section 3.2): about a year. */
const longestAge = 31_557_600;
const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
// An address is none: its last label has nothing but digits.
const pattern = new RegExp(`^(?:\\*\\.)?(?:${label}\\.)*(?!\\d+$)${label}$`, 'i');

export function parsePolicy(text: string): MtaStsPolicy {
  const first = new Map<string, string>();
  const mx: string[] = [];
  for (const line of text.split(/\r\n|\n/)) {
    const [, name = '', rest = ''] = /^([a-zA-Z0-9][a-zA-Z0-9_.-]{0,31}):(.*)$/.exec(line) ?? [];
    const value = rest.trim();
    if (name === 'mx') mx.length < patternsKept && mx.push(value.toLowerCase());
    else if (name !== '' && !first.has(name)) first.set(name, value);
  }
  const mode = (['enforce', 'testing', 'none'] as const).find((one) => one === first.get('mode')) ?? null;
  const age = first.get('max_age') ?? '';
  const maxAge = /^\d{1,10}$/.test(age) && Number(age) <= longestAge ? Number(age) : null;
  const namesServers = mx.every((one) => pattern.test(one)) && (mx.length > 0 || mode === 'none');
  const faults: [PolicyFault, boolean][] = [
    ['version', first.get('version') === 'STSv1'],
    ['mode', mode !== null],
    ['max_age', maxAge !== null],
    ['mx', namesServers],
  ];
  return { mode, mx, maxAge, faults: faults.filter(([, holds]) => !holds).map(([fault]) => fault) };
}

/** A wildcard stands for exactly one label, the first (RFC 8461 section 4.1). */
export function isNamed(host: string, patterns: readonly string[]): boolean {
  const parent = host.slice(host.indexOf('.') + 1);
  return patterns.some((one) => one === host || (one.startsWith('*.') && one.slice(2) === parent));
}
