/** The receiver of bounces and rehearsals, as `receiver` of the file that KLARSIGNAL_TRANSPORTS names has it. */
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { z } from 'zod';
import { type AddressKind, createReceiver, type ReceiverOptions } from '../adapters/receiver/server.ts';
import { readRehearsalAddress, readReturnPath } from '../bounces.ts';
import type { Keyring, Receiver, Store } from '../ports.ts';

const path = z.string().min(1);
const schema = z
  .strictObject({
    /** Domain whose MX names this machine. */
    domain: z.string().regex(/^[a-z0-9.-]{3,253}$/, 'must be a domain in small letters'),
    host: z.string().min(1).default('0.0.0.0'),
    port: z.int().min(0).max(65_535).default(25),
    /** PEM files; without them there is no STARTTLS. */
    key: path.optional(),
    cert: path.optional(),
    /** Domains that sign the reports of feedback loops, beside those that are known. */
    feedbackLoops: z
      .array(z.string().regex(/^[a-z0-9.-]{3,253}$/, 'must be domains in small letters'))
      .default([]),
  })
  .refine((one) => (one.key === undefined) === (one.cert === undefined), {
    message: 'must have both "key" and "cert", or neither',
  });

export interface ReceiverOrder extends Pick<ReceiverOptions, 'domain' | 'host' | 'port' | 'tls'> {
  feedbackLoops?: readonly string[];
}

/**
 * What is asked for, with its keys read.
 * @throws Error with a message for the person who starts the service.
 */
export function readReceiver(written: unknown): ReceiverOrder {
  const parsed = schema.safeParse(written);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      ({ path: at, message }) => `${['receiver', ...at].join('.')}: ${message}`,
    );
    throw unusable(faults.join('; '));
  }
  const { key, cert, ...order } = parsed.data;
  if (!key || !cert) return order;
  const tls = { key: textOf(key, 'key'), cert: textOf(cert, 'cert') };
  try {
    createSecureContext(tls);
  } catch (error) {
    throw unusable(`receiver.key and receiver.cert must be a private key and its certificate, as PEM`, error);
  }
  return { ...order, tls };
}

/**
 * Listens, and says so in the log.
 * @throws Error with a message for the person who starts the service.
 */
export async function openReceiver(
  order: ReceiverOrder,
  parts: Omit<ReceiverOptions, keyof ReceiverOrder>,
): Promise<Receiver> {
  const { feedbackLoops: _, ...listening } = order;
  const { host, port } = listening;
  try {
    const receiver = await createReceiver({ ...listening, ...parts });
    parts.log('receiver listening', { host, port: receiver.port, tls: listening.tls !== undefined }, 'info');
    return receiver;
  } catch (error) {
    const reasons: Record<string, string> = {
      EADDRINUSE: `port ${port} on ${host} is in use already, perhaps by another mail server. Choose another with "port"`,
      EACCES: `port ${port} on ${host} is not open to this user. Choose one above 1023 with "port", and let port 25 lead there`,
      EADDRNOTAVAIL: `this machine has no address ${host}. Choose another with "host"`,
      ENOTFOUND: `there is no address for ${host}. Choose another with "host"`,
    };
    const reason = reasons[codeOf(error)];
    throw reason ? unusable(reason, error) : error;
  }
}

/** What an address is for: our signed ones, and `postmaster` of the receiver and of every proved domain. */
export function createKindOf(
  domain: string,
  { keyring, store }: { keyring: Pick<Keyring, 'isMac'>; store: Pick<Store, 'activeOwner'> },
) {
  return async (address: string): Promise<AddressKind | undefined> => {
    if (readReturnPath(keyring, address)) return 'report';
    if (readRehearsalAddress(keyring, address) !== undefined) return 'rehearsal';
    const [, at] = /^postmaster(?:@([a-z0-9.-]{1,253}))?$/.exec(address.toLowerCase()) ?? [undefined, null];
    if (at === null) return undefined;
    if (at === undefined || at === domain) return 'postmaster';
    // Not of any domain at all: whoever looks for open relays would take us for one.
    const labels = at.split('.');
    const names = labels.slice(0, -1).map((_, i) => labels.slice(i).join('.'));
    return (await store.activeOwner(names.slice(0, 50))) === undefined ? undefined : 'postmaster';
  };
}

function textOf(file: string, name: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw unusable(`receiver.${name}: the file ${file} cannot be read (${codeOf(error)})`, error);
  }
}

function unusable(why: string, cause?: unknown): Error {
  return new Error(`The receiver cannot be used: ${why}.`, { cause });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
