/**
 * DNS messages as bytes (RFC 1035 section 4). Every resolver speaks through this file, so it names no
 * runtime: dns-packet's Buffer is the only thing asked of the world.
 */
import { type Answer, type DecodedPacket, decode, encode, type OptAnswer } from 'dns-packet';
import type { DnsAnswer, DnsQuestion, DnsRecord, DnsStatus } from '../../ports.ts';
import { followChain } from './chain.ts';
import { extendedError } from './extended-error.ts';
import { foldName, wireName } from './name.ts';
import { toRecord } from './record.ts';

export interface Query {
  question: DnsQuestion;
  id: number;
  /** It carries an OPT record. */
  edns: boolean;
  bytes: Uint8Array<ArrayBuffer>;
}

/** What a resolver said to our question. */
export interface Reply {
  kind: 'reply';
  status: DnsStatus;
  records: DnsRecord[];
  authenticated: boolean;
  detail?: string;
  extendedError?: number;
}

/** `plain`: the server does not know EDNS; ask without it. `foreign`: not an answer to our question. `truncated`: ours, but cut short; ask over TCP. */
export type Reading =
  | Reply
  | { kind: 'foreign'; why: string }
  | { kind: 'truncated' }
  | { kind: 'plain'; reply: Reply };

const recursionDesired = 1 << 8;
/** Asks to be told whether the answer was validated, without the signatures (RFC 6840 section 5.7). */
const authenticData = 1 << 5;
const headerLength = 12;
const rcodes = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'];

const ednsRecord: OptAnswer = {
  type: 'OPT',
  name: '.',
  udpPayloadSize: 1232,
  extendedRcode: 0,
  ednsVersion: 0,
  flags: 0,
  flag_do: false,
  options: [],
};

/**
 * A question as bytes, with EDNS0 and a payload of 1232 octets so that answers do not fragment.
 * undefined when the name cannot stand in a DNS message. The id is random unless given. `edns` false: as before EDNS,
 * for servers that do not know it (RFC 6891 section 6.2.2).
 */
export function encodeQuestion(
  question: DnsQuestion,
  id: number = randomId(),
  edns = true,
): Query | undefined {
  const name = wireName(question.name);
  if (name === undefined) return undefined;
  const bytes = encode({
    type: 'query',
    id,
    flags: recursionDesired | authenticData,
    questions: [{ name, type: question.type, class: 'IN' }],
    additionals: edns ? [ednsRecord] : [],
  });
  return { question, id, edns, bytes: new Uint8Array(bytes) };
}

/** Drawn many at a time, each used once: to ask for one costs as much as for all of them. */
const ids = new Uint16Array(256);
let idsLeft = 0;

function randomId(): number {
  if (idsLeft === 0) {
    crypto.getRandomValues(ids);
    idsLeft = ids.length;
  }
  idsLeft -= 1;
  return ids[idsLeft] ?? 0;
}

/** Reads a message that may be an answer to the query. Never throws. */
export function readReply(bytes: Uint8Array, query: Query): Reading {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < headerLength) return { kind: 'foreign', why: 'shorter than a DNS header' };
  if (buffer.readUInt16BE(0) !== query.id) return { kind: 'foreign', why: 'another id' };
  const flags = buffer.readUInt16BE(2);
  if ((flags & 0xf800) !== 0x8000) return { kind: 'foreign', why: 'not a response to a query' };
  // Some servers that do not know EDNS give back nothing but the header (RFC 8906 section 8.2.1).
  if (query.edns && isUnread(flags) && buffer.readUInt16BE(4) === 0) return plain(flags);
  const body = matchQuestion(buffer, query.question);
  if (body === undefined) return { kind: 'foreign', why: 'another question' };
  // Before decoding the rest: a server may cut the message in the middle of a record.
  if ((flags & 0x0200) !== 0) return { kind: 'truncated' };
  try {
    const reply = interpret(buffer, body, query.question);
    return query.edns && isUnread(flags) && !reply.edns ? plain(flags) : reply.reply;
  } catch (error) {
    return malformed(error instanceof Error ? error.message : 'the answer could not be decoded');
  }
}

/** Where the records begin, or undefined when the question section is not ours (RFC 5452 section 9.1). */
function matchQuestion(buffer: Buffer, asked: DnsQuestion): number | undefined {
  if (buffer.readUInt16BE(4) !== 1) return undefined;
  const head = Buffer.from(buffer.subarray(0, headerLength + 255 + 4));
  head.fill(0, 6, headerLength);
  try {
    const [question] = decode(head).questions ?? [];
    const ours =
      question?.type === asked.type &&
      question.class === 'IN' &&
      foldName(question.name) === wireName(asked.name);
    return ours ? decode.bytes : undefined;
  } catch {
    return undefined;
  }
}

/** What a server answers that did not understand the question: FORMERR (RFC 6891 section 7), or NOTIMP in its place. */
function isUnread(flags: number): boolean {
  const rcode = rcodes[flags & 0x0f];
  return rcode === 'FORMERR' || rcode === 'NOTIMP';
}

function plain(flags: number): Reading {
  return { kind: 'plain', reply: noReply('servfail', rcodes[flags & 0x0f] ?? '') };
}

/** `edns`: the answer carries an OPT record. */
function interpret(buffer: Buffer, body: number, question: DnsQuestion): { reply: Reply; edns: boolean } {
  const end = walk(buffer, body);
  const message = decode(buffer);
  // dns-packet trusts its own idea of a record's length and reads past the end in silence.
  if (decode.bytes !== end)
    return { reply: malformed('a record does not have the length it claims'), edns: false };
  const opt = message.additionals?.find((extra): extra is OptAnswer => extra.type === 'OPT');
  return { reply: judge(buffer, message, opt, question), edns: opt !== undefined };
}

function judge(
  buffer: Buffer,
  message: DecodedPacket,
  opt: OptAnswer | undefined,
  question: DnsQuestion,
): Reply {
  const answers = message.answers ?? [];
  const rcode = ((opt?.extendedRcode ?? 0) << 4) | (buffer.readUInt8(3) & 0x0f);
  const records = answers.flatMap(toRecord);
  const extended = extendedError(opt);
  const reply = (status: DnsStatus, detail = extended?.text): Reply => ({
    kind: 'reply',
    status,
    records,
    authenticated: message.flag_ad && isAnswer(status),
    ...(detail === undefined || isAnswer(status) ? {} : { detail }),
    ...(extended ? { extendedError: extended.code } : {}),
  });
  const rcodeName = rcodes[rcode] ?? `RCODE ${rcode}`;
  if (rcodeName === 'SERVFAIL') return reply('servfail');
  if (rcodeName === 'REFUSED') return reply('refused');
  if (rcodeName !== 'NOERROR' && rcodeName !== 'NXDOMAIN') {
    return reply('servfail', [rcodeName, extended?.text].filter(Boolean).join(', '));
  }
  // A filtering resolver tells of what it wants to be true, not of what stands in the DNS.
  if (extended?.filtered) return reply('refused');
  const chain = followChain(records, question);
  if ('fault' in chain) return malformed(chain.fault);
  if (rcodeName === 'NXDOMAIN') return reply('nxdomain');
  if (chain.found) return reply('answered');
  // Neither a referral (RFC 2308 section 2.2) nor a CNAME left for us to follow says that there is no record.
  const authorities = message.authorities ?? [];
  const referral = authorities.some(isType('NS')) && !authorities.some(isType('SOA')) && !message.flag_aa;
  if (referral || (chain.aliases > 0 && !message.flag_ra)) {
    return reply('servfail', 'this server does not resolve names for others');
  }
  return reply('nodata');
}

function malformed(detail: string): Reply {
  return { kind: 'reply', status: 'malformed', records: [], authenticated: false, detail };
}

/** True for the statuses that are answers; the others are the lack of one. */
export function isAnswer(status: DnsStatus): boolean {
  return status === 'answered' || status === 'nodata' || status === 'nxdomain';
}

/** Where the last record ends, by RDLENGTH. @throws RangeError past the end of the message. */
function walk(buffer: Buffer, start: number): number {
  let at = start;
  let left = buffer.readUInt16BE(6) + buffer.readUInt16BE(8) + buffer.readUInt16BE(10);
  for (; left > 0; left -= 1) {
    at = afterName(buffer, at);
    at += 10 + buffer.readUInt16BE(at + 8);
    if (at > buffer.length) throw new RangeError('a record runs past the end of the message');
  }
  return at;
}

function afterName(buffer: Buffer, start: number): number {
  let at = start;
  for (;;) {
    const length = buffer.readUInt8(at);
    if (length === 0) return at + 1;
    if (length >= 0xc0) return at + 2;
    at += length + 1;
  }
}

function isType(type: Answer['type']): (answer: Answer) => boolean {
  return (answer) => answer.type === type;
}

/** A reply as the port wants it. */
export function toAnswer(question: DnsQuestion, reply: Reply, resolver: string, at: Date): DnsAnswer {
  const { status, records, authenticated, detail, extendedError: code } = reply;
  const answer: DnsAnswer = {
    name: question.name,
    type: question.type,
    status,
    records,
    authenticated,
    resolver,
    at: at.toISOString(),
  };
  return {
    ...answer,
    ...(detail === undefined ? {} : { detail }),
    ...(code === undefined ? {} : { extendedError: code }),
  };
}

/** The lack of an answer, with the reason. */
export function noReply(status: 'timeout' | 'servfail' | 'malformed', detail: string): Reply {
  return { kind: 'reply', status, records: [], authenticated: false, detail };
}

export const unaskable = noReply('malformed', 'the name cannot stand in a DNS question');
