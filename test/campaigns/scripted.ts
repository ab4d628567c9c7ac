/**
 * A transport without a network: it keeps what it is handed, and answers as it is told. For what a real server
 * does there are the sinks.
 */
import type {
  Handover,
  IdentityStatus,
  OutgoingMail,
  Stage,
  Transport,
  TransportStatus,
} from '../../src/ports.ts';

export interface Scripted extends Transport {
  /** All that was handed to it, whatever it answered. */
  readonly mails: readonly OutgoingMail[];
  /** What it says to a mail; `n` from 1. undefined: taken. */
  answer: (mail: OutgoingMail, n: number) => Handover | undefined | Promise<Handover | undefined>;
  state: TransportStatus;
  /** By domain; undefined: it cannot be asked. */
  identityOf: (domain: string) => IdentityStatus | undefined;
  /** The most that were under way at once. */
  readonly busiest: number;
}

export function scripted(
  id: string,
  kind: Transport['kind'],
  options: { atOnce?: number; mailFrom: string; standardFor?: Transport['standardFor'] },
): Scripted {
  const mails: OutgoingMail[] = [];
  const tried = new Set<string>();
  let underWay = 0;
  let busiest = 0;
  const transport: Scripted = {
    id,
    kind,
    provider: kind === 'ses' ? 'Amazon SES' : 'Reserve',
    country: 'SE',
    place: kind === 'ses' ? 'eu-north-1' : 'test',
    spf: null,
    standardFor: options.standardFor ?? [],
    atOnce: options.atOnce ?? 5,
    mails,
    answer: () => undefined,
    state: {
      available: true,
      suspended: false,
      sandbox: false,
      perSecond: null,
      perDay: null,
      sentToday: null,
      detail: '',
    },
    identityOf: () => ({
      domain: 'SUCCESS',
      dkim: 'SUCCESS',
      mailFrom: 'SUCCESS',
      mailFromDomain: options.mailFrom,
      selectors: [],
      onMxFailure: 'reject',
    }),
    get busiest() {
      return busiest;
    },
    async send(mail) {
      if (tried.has(mail.attempt)) throw new Error(`attempt ${mail.attempt} came twice`);
      tried.add(mail.attempt);
      const n = mails.push(mail);
      underWay += 1;
      busiest = Math.max(busiest, underWay);
      // As a network has it: never in the same turn.
      await new Promise((resolve) => setImmediate(resolve));
      try {
        return (await transport.answer(mail, n)) ?? taken;
      } finally {
        underWay -= 1;
      }
    },
    status: async () => transport.state,
    identity: async (domain) => transport.identityOf(domain),
    close: async () => {},
  };
  return transport;
}

export const taken: Handover = { kind: 'accepted', providerId: null, response: '250 OK' };

export function refused(
  stage: Stage,
  permanent: boolean,
  code = '',
  enhanced: string | null = null,
): Handover {
  return { kind: 'failed', stage, permanent, code, enhanced, response: `${code} ${enhanced ?? ''}`.trim() };
}
