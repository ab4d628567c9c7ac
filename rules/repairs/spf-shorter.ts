/** The record that may stand for one over the limits, and what to know before it is published. */
import type { Change } from '#rule';
import type { SpfSubject } from './spf-record.ts';

interface PartData {
  domain: string;
  name: string;
  flattened: string;
}

export interface ShorterSpf {
  /** There is one. */
  box: boolean;
  /** Parts of the record that are written out in it as the addresses behind them. */
  flattened: string;
  change: Change | undefined;
  /** Further records that it includes. */
  parts: readonly { data: PartData; change: Change }[];
}

/** A hostile record has terms of 64 KB. */
const short = (text: string) => text.slice(0, 120);

/** Nothing is offered where the domain is not the sender's to change. */
export function shorterOf({ tree: { root, shorter }, place }: SpfSubject): ShorterSpf {
  const { domain, records } = root;
  const offered = place === 'apart' || place === 'shared' ? shorter : null;
  const [whole, ...parts] = offered?.records ?? [];
  const flattened = (offered?.flattened ?? []).map(short).join(', ');
  const put = (name: string, old: string | null, text: string): Change => ({
    kind: 'dns',
    type: 'TXT',
    name,
    old,
    new: text,
  });
  return {
    box: whole !== undefined,
    flattened,
    change: whole && put(domain, records[0] ?? null, whole.text),
    parts: parts.map(({ name, text }) => ({
      data: { domain, name, flattened },
      change: put(name, null, text),
    })),
  };
}

/** First of a fix. */
export const offer = {
  en: (flattened: string) =>
    flattened === ''
      ? 'Change the record to the one below: it leaves out what does nothing. Or do it by hand. '
      : `First take away what you no longer use; that may be enough. If all of it is needed, the record below lets the same servers send. It has ${flattened} written out as the addresses behind it today: when that service moves its servers you must renew them, or mail stops passing. `,
  sv: (flattened: string) =>
    flattened === ''
      ? 'Ändra posten till den nedan, där det som inte gör något är borttaget. Eller gör det för hand. '
      : `Ta först bort det du inte längre använder. Det kan räcka. Behövs allt, låter posten nedan samma servrar skicka. Den har ${flattened} utskrivet som adresserna bakom i dag. När den tjänsten byter servrar måste du förnya dem, annars slutar mejlen att godkännas. `,
};

/** Of a further record. */
export const partWords = {
  en: {
    heading: ({ domain }: PartData) => `The shorter SPF record of ${domain} needs a second record`,
    mend: 'Publish the second record first',
    fix: ({ name, flattened }: PartData) =>
      `Publish the record below at ${name}, before you change the other. Renew it when the servers behind ${flattened} change.`,
    problem: ({ domain, name }: PartData) =>
      `A shorter SPF record of ${domain} has room only with a part of it at ${name}.`,
  },
  sv: {
    heading: ({ domain }: PartData) => `Den kortare SPF-posten för ${domain} behöver en post till`,
    mend: 'Publicera den andra posten först',
    fix: ({ name, flattened }: PartData) =>
      `Publicera posten nedan på ${name}, innan du ändrar den andra. Förnya den när servrarna bakom ${flattened} ändras.`,
    problem: ({ domain, name }: PartData) =>
      `En kortare SPF-post för ${domain} får plats bara om en del av den står på ${name}.`,
  },
};

interface Over {
  domain: string;
  limit: number;
  box: boolean;
  flattened: string;
}

/** How to bring a record of the From domain within the limits. */
export const overWords = {
  en: {
    long: ({ domain, limit, box, flattened }: Over) =>
      `${box ? offer.en(flattened) : ''}Take the services that you no longer use out of the SPF record of ${domain}, and ptr, a and mx where they are not needed, until ${limit} look-ups are enough. Each include, a, mx, ptr, exists and redirect is one, with all those inside it.`,
    empty: ({ domain, box, flattened }: Omit<Over, 'limit'>) =>
      `${box ? offer.en(flattened) : ''}Take the parts whose names have no record out of the SPF record of ${domain}.`,
  },
  sv: {
    long: ({ domain, limit, box, flattened }: Over) =>
      `${box ? offer.sv(flattened) : ''}Ta bort tjänster som du inte längre använder ur SPF-posten för ${domain}, och ptr, a och mx där de inte behövs, tills ${limit} uppslag räcker. Varje include, a, mx, ptr, exists och redirect är ett uppslag, liksom alla inuti dem.`,
    empty: ({ domain, box, flattened }: Omit<Over, 'limit'>) =>
      `${box ? offer.sv(flattened) : ''}Ta bort de delar ur SPF-posten för ${domain} vars namn inte har någon post.`,
  },
};
