/** The sending servers, as whoever runs the service has written them down: a JSON file that nobody else may read. */
import { readFileSync, type Stats, statSync } from 'node:fs';
import { z } from 'zod';
import { createSesTransport } from '../adapters/transport/ses.ts';
import { createSmtpTransport } from '../adapters/transport/smtp.ts';
import type { Clock, Keyring, Log, Transport } from '../ports.ts';

export type TransportsFault = 'transports-missing' | 'transports-unsafe' | 'transports-invalid';

/** `code` is stable; the message is for the person who runs the service, and has no secret in it. */
export class TransportsError extends Error {
  readonly code: TransportsFault;
  constructor(code: TransportsFault, message: string) {
    super(message);
    this.name = 'TransportsError';
    this.code = code;
  }
}

export interface Transports {
  transports: Transport[];
  /** SNS topics whose events are believed. */
  topics: readonly string[];
  /** What else the file says, for the parts that know it. */
  receiver: unknown;
  alerts: unknown;
}

/** `include:authsmtp.com` and the host from AuthSMTP's own setup pages; its company is British. */
const presets = {
  authsmtp: {
    host: 'mail.authsmtp.com',
    port: 465,
    secure: true,
    provider: 'AuthSMTP',
    country: 'GB',
    spf: 'include:authsmtp.com',
  },
} as const;

const domain = z
  .string()
  .regex(
    /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/,
    'must be a domain in small letters, such as example.se',
  );
const shared = {
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'must be 1-32 of a-z, 0-9 and -'),
  atOnce: z.int().min(1).max(50).optional(),
  standardFor: z
    .array(
      z.strictObject({
        domain,
        organisation: z.string().min(1).optional(),
        mailFrom: domain,
        dkim: z.array(z.strictObject({ d: domain, s: z.string().min(1) })),
      }),
    )
    .default([]),
};
const ses = z
  .strictObject({
    ...shared,
    kind: z.literal('ses'),
    region: z.string().default('eu-north-1'),
    outsideEu: z.boolean().default(false),
    accessKeyId: z.string().min(1).optional(),
    secretAccessKey: z.string().min(1).optional(),
    configurationSet: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1-64 letters, digits, _ and -')
      .optional(),
  })
  .refine((one) => (one.accessKeyId === undefined) === (one.secretAccessKey === undefined), {
    message: 'must have both "accessKeyId" and "secretAccessKey", or neither',
  });
const smtp = z
  .strictObject({
    ...shared,
    kind: z.literal('smtp'),
    preset: z.enum(['authsmtp']).optional(),
    host: z
      .string()
      .regex(/^[A-Za-z0-9.:-]{1,253}$/, 'must be a host name or an IP address')
      .optional(),
    port: z.int().min(1).max(65_535).optional(),
    /** True: TLS from the first byte; false: STARTTLS. There is no third way. */
    secure: z.boolean().optional(),
    user: z.string().min(1).optional(),
    password: z.string().min(1).optional(),
    provider: z.string().min(1).max(100).optional(),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'must be two capital letters, such as SE')
      .optional(),
    spf: z.string().min(1).max(200).nullable().optional(),
    hello: domain.optional(),
    /** File of PEM certificates, for a server whose authority is one's own. */
    ca: z.string().min(1).optional(),
  })
  .refine((one) => one.preset !== undefined || one.host !== undefined, {
    message: 'must have "host", or "preset"',
  })
  .refine((one) => one.preset !== undefined || one.country !== undefined, {
    message: 'must have "country": where it processes the mail, such as SE',
  })
  .refine((one) => (one.user === undefined) === (one.password === undefined), {
    message: 'must have both "user" and "password", or neither',
  })
  .refine((one) => one.preset === undefined || one.user !== undefined, {
    message: 'must have "user" and "password"',
  });

const schema = z.strictObject({
  transports: z.array(z.discriminatedUnion('kind', [ses, smtp])).min(1, 'must have at least one'),
  topics: z
    .array(
      z
        .string()
        .refine((topic) => !topic.endsWith('.fifo'), {
          abort: true,
          message: 'is a FIFO topic, and SNS brings those to no web address: use a standard topic',
        })
        .regex(/^arn:aws:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/, 'must be the ARN of an SNS topic'),
    )
    .default([]),
  receiver: z.unknown().optional(),
  alerts: z.unknown().optional(),
});
type Written = z.infer<typeof schema>;

export interface ReadingParts {
  keyring: Pick<Keyring, 'dkimKey'>;
  log: Log;
  clock?: Clock;
  /** What a server is told in EHLO where the file names nothing: a container's own name is no domain. */
  hello?: string | undefined;
}

/**
 * Reads the file, makes its transports, and logs what it found without the secrets. Connects to nothing.
 * @throws TransportsError when the file is missing, open to others, or says what cannot be used.
 */
export function readTransports(path: string, { keyring, log, clock, hello }: ReadingParts): Transports {
  const written = parse(path, readPrivate(path));
  const transports = written.transports.map((one) => {
    try {
      return one.kind === 'ses'
        ? sesOf(one)
        : smtpOf({ ...one, hello: one.hello ?? helloIn(written, hello) }, keyring, clock);
    } catch (error) {
      throw invalid(path, `"${one.id}": ${(error as Error).message}`);
    }
  });
  log('transports', { file: path, ...redacted(written) }, 'info');
  const { topics, receiver, alerts } = written;
  return { transports, topics, receiver, alerts };
}

/** Name of the service where it has a domain of its own. `url`: where people reach it. */
export function helloOf(url: string | undefined): string | undefined {
  const host = url === undefined ? '' : new URL(url).hostname;
  return domain.safeParse(host).success && !/^[\d.]+$/.test(host) ? host : undefined;
}

/** The receiver's domain, which leads to this machine, before what the host knows of itself. */
function helloIn({ receiver }: Written, otherwise: string | undefined): string | undefined {
  const named = domain.safeParse((receiver as { domain?: unknown } | undefined)?.domain);
  return named.success ? named.data : otherwise;
}

function sesOf(one: z.infer<typeof ses>): Transport {
  const { accessKeyId, secretAccessKey, kind: _, ...rest } = one;
  const credentials = accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined;
  return createSesTransport({ ...rest, credentials });
}

function smtpOf(
  one: z.infer<typeof smtp>,
  keyring: Pick<Keyring, 'dkimKey'>,
  clock: Clock | undefined,
): Transport {
  const preset = one.preset ? presets[one.preset] : undefined;
  const host = one.host ?? preset?.host ?? '';
  const secure = one.secure ?? (one.port === undefined ? (preset?.secure ?? true) : one.port === 465);
  const { user, password } = one;
  return createSmtpTransport({
    id: one.id,
    provider: one.provider ?? preset?.provider ?? host,
    country: one.country ?? preset?.country ?? '',
    spf: one.spf ?? preset?.spf ?? null,
    standardFor: one.standardFor,
    host,
    port: one.port ?? preset?.port ?? (secure ? 465 : 587),
    implicitTls: secure,
    auth: user && password ? { user, password } : undefined,
    hello: one.hello,
    ca: one.ca === undefined ? [] : [readFileSync(one.ca, 'utf8')],
    atOnce: one.atOnce,
    keyring,
    ...(clock ? { clock } : {}),
  });
}

function readPrivate(path: string): string {
  let found: Stats;
  try {
    found = statSync(path);
  } catch {
    throw new TransportsError(
      'transports-missing',
      `There is no file ${path}, which KLARSIGNAL_TRANSPORTS names.`,
    );
  }
  if (!found.isFile()) throw new TransportsError('transports-missing', `${path} is not a file.`);
  const own = process.geteuid?.();
  if ((found.mode & 0o077) !== 0 || (own !== undefined && found.uid !== own && found.uid !== 0)) {
    throw new TransportsError(
      'transports-unsafe',
      `${path} holds passwords, and others than the service can read or change it. Run: chmod 600 ${path}, as the user that the service runs as.`,
    );
  }
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new TransportsError(
      'transports-missing',
      `${path} cannot be read by the user that the service runs as.`,
    );
  }
}

function parse(path: string, text: string): Written {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // What JSON.parse says quotes the text, and with it perhaps a password.
    const at = /position (\d+)/.exec((error as Error).message)?.[1];
    const line = at === undefined ? '' : ` at line ${text.slice(0, Number(at)).split('\n').length}`;
    throw invalid(path, `it is not JSON${line}`);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path: at, message }) => `${at.join('.') || 'it'} ${message}`);
    throw invalid(path, [...new Set(faults)].join('; '));
  }
  const ids = parsed.data.transports.map(({ id }) => id);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) throw invalid(path, `two transports are called "${twice}"`);
  return parsed.data;
}

function invalid(path: string, why: string): TransportsError {
  return new TransportsError('transports-invalid', `${path} cannot be used: ${why}.`);
}

const secrets = new Set(['user', 'password', 'accessKeyId', 'secretAccessKey']);

/** For the log. Of the parts that others read, only that they are there. */
function redacted({ transports, topics, receiver, alerts }: Written): Record<string, unknown> {
  return {
    transports: transports.map((one) =>
      Object.fromEntries(
        Object.entries(one).map(([name, value]) => [name, secrets.has(name) ? '***' : value]),
      ),
    ),
    topics,
    receiver: receiver !== undefined,
    alerts: alerts !== undefined,
  };
}
