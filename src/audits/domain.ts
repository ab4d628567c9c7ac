/** Sender domains audited by themselves: asked and answered within one request, and nothing is kept. */
import type { Clock } from '../ports.ts';
import type { Preflight, Progress } from '../preflight.ts';
import {
  type HandedSender,
  type InputError,
  readSender,
  type SenderPart,
  type TemplateRoute,
} from '../submission.ts';
import { createGate } from './gate.ts';
import type { AuditsOptions } from './options.ts';

/** At work at once in a process; each asks some hundred questions of DNS and opens some connections. */
const atOnce = 4;
/** At work or waiting at once: of all, and of one organisation. */
const openAtOnce = { all: 20, each: 3 };

export type JudgedDomain = Awaited<ReturnType<Preflight['auditSender']>> & {
  /** When it was judged, ISO 8601. */
  at: string;
};

export interface DomainAudits {
  /** By the routes of a registered sender, unless a MAIL FROM is named. */
  read(
    organisation: string,
    handed: Omit<HandedSender, 'routes'>,
  ): Promise<{ ok: true; sender: SenderPart } | { ok: false; errors: readonly InputError[] }>;
  /** Begins at once, or says so at once. undefined: it was cut off, and its unknowns would be ours. */
  judge(
    sender: SenderPart,
    watching: { signal: AbortSignal; onProgress?: (progress: Progress) => void },
  ): Promise<JudgedDomain | undefined> | 'busy';
}

export interface DomainAuditsOptions extends Pick<AuditsOptions, 'routesOf'> {
  preflight: Pick<Preflight, 'auditSender'>;
  clock: Clock;
}

export function createDomainAudits({ preflight, routesOf, clock }: DomainAuditsOptions): DomainAudits {
  const gate = createGate(atOnce, openAtOnce.all);
  const open: string[] = [];

  async function run(
    sender: SenderPart,
    signal: AbortSignal,
    onProgress: (progress: Progress) => void,
  ): Promise<JudgedDomain | undefined> {
    if (signal.aborted) return undefined;
    const judged = await preflight.auditSender(sender, { signal, onProgress });
    return signal.aborted ? undefined : { ...judged, at: clock.now().toISOString() };
  }

  return {
    async read(organisation, handed) {
      const read = readSender(handed, organisation);
      if (!read.ok || !routesOf || handed.mailFrom?.trim()) return read;
      const routes: readonly TemplateRoute[] = await routesOf(organisation, read.sender.from.domain, false);
      return readSender({ ...handed, routes }, organisation);
    },
    judge(sender, { signal, onProgress = () => {} }) {
      const { organisation } = sender;
      const own = open.filter((one) => one === organisation).length;
      if (open.length >= openAtOnce.all || own >= openAtOnce.each) return 'busy';
      open.push(organisation);
      return gate
        .pass(() => run(sender, signal, onProgress))
        .then((judged) => {
          // There is room in the line for all that may be open.
          if (judged === 'busy') throw new Error('a full line');
          return judged;
        })
        .finally(() => open.splice(open.indexOf(organisation), 1));
    },
  };
}
