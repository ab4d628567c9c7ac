/**
 * Amazon SES (API v2) for tests, on loopback: aws-ses-v2-local takes the messages, behind a proxy of ours that
 * supplies what it lacks (GetAccount, GetEmailIdentity) and every way to fail, in bodies as AWS documents them.
 *
 *     const sink = await startSesSink();
 *     sink.onSend = (n) => (n === 2 ? { error: 'TooManyRequestsException' } : undefined);
 *     sink.account.SendQuota.MaxSendRate = 5;
 *     sink.identities.set('example.se', verifiedIdentity('example.se', 'studs.example.se'));
 *     ... endpoint sink.url, any credentials ...
 *     sink.messages        // every message that SES took, whatever the caller was told, with its tag
 *     await sink.close();
 *
 * `engine: 'none'` takes messages by itself: aws-ses-v2-local parses each and keeps it in memory, which is too slow
 * to measure against and ends at 25 MB a request (SES: 40 MB a message). Its store is one for the whole process.
 * With `authority` it speaks https.
 */
import http from 'node:http';
import https from 'node:https';
import { createRequire } from 'node:module';
import type { AddressInfo, Socket } from 'node:net';
import type { Authority } from './certificates.ts';
import { type AwsError, awsErrors, healthyAccount } from './ses-answers.ts';

export { healthyAccount, verifiedIdentity } from './ses-answers.ts';

/** CommonJS whose default export vitest and Node hand over differently; required, it is the same in both. */
const startLocal: (on: { host: string; port: number }) => Promise<http.Server> = createRequire(
  import.meta.url,
)('aws-ses-v2-local').default;

export type SesFault =
  /** A documented refusal; nothing is taken. `message` replaces the documented one. */
  | { error: AwsError; message?: string }
  /** The same before the body is read: a client with a long message has not written it all. */
  | { error: AwsError; early: true }
  /** Any status without a body that names an exception. */
  | { status: number }
  /** Cut as soon as the request's head has come, or in the middle of its body. */
  | { cut: 'head' | 'body' }
  /** The whole request has come: cut, or silent, and nothing is taken. */
  | { cut: 'end' }
  | { hang: 'head' | 'end' }
  /** SES takes the message, and then: */
  | { taken: 'cut' | 'hang' | '500' | 'garbage' }
  | { wait: number };

export interface SesMessage {
  number: number;
  /** Of the tag klarsignal-delivery. */
  tag: string | null;
  tags: { Name: string; Value: string }[];
  configurationSet: string | null;
  to: string[];
  raw: Buffer;
  messageId: string;
}

export interface SesSinkOptions {
  engine?: 'local' | 'none';
  authority?: Authority;
  /** False: counts and keeps the tag, but not the bytes. */
  keepRaw?: boolean;
  port?: number;
}

export interface SesSink {
  url: string;
  port: number;
  messages: SesMessage[];
  /** Requests to send so far, those cut or refused included. */
  sends: number;
  /** Tag of each request to send that came whole, those refused included. */
  asked: string[];
  connections: number;
  onSend: (n: number) => SesFault | undefined;
  /** Connections are cut before a byte is read while it says so. */
  onConnection: (n: number) => 'cut' | undefined;
  /** What GetAccount answers. */
  account: ReturnType<typeof healthyAccount>;
  /** What GetEmailIdentity answers, by domain; NotFoundException for others. */
  identities: Map<string, unknown>;
  /** What the calls that ask answer instead. */
  onAsk: (path: string) => SesFault | undefined;
  /** Tags that came more than once. */
  doubles(): string[];
  close(): Promise<void>;
}

interface SendBody {
  Content?: { Raw?: { Data?: string } };
  Destination?: { ToAddresses?: string[] };
  EmailTags?: { Name: string; Value: string }[];
  ConfigurationSetName?: string;
}

export async function startSesSink(options: SesSinkOptions = {}): Promise<SesSink> {
  const engine = options.engine === 'none' ? undefined : await startLocal({ host: '127.0.0.1', port: 0 });
  const enginePort = engine ? (engine.address() as AddressInfo).port : 0;
  const agent = new http.Agent({ keepAlive: true });
  const sockets = new Set<Socket>();
  const sink: SesSink = {
    url: '',
    port: 0,
    messages: [],
    sends: 0,
    asked: [],
    connections: 0,
    onSend: () => undefined,
    onConnection: () => undefined,
    account: healthyAccount(),
    identities: new Map(),
    onAsk: () => undefined,
    doubles() {
      const seen = new Map<string, number>();
      for (const { tag } of sink.messages) if (tag) seen.set(tag, (seen.get(tag) ?? 0) + 1);
      return [...seen].filter(([, times]) => times > 1).map(([tag]) => tag);
    },
    async close() {
      const closed = new Promise((done) => front.close(done));
      for (const socket of sockets) socket.destroy();
      agent.destroy();
      engine?.closeAllConnections();
      await Promise.all([closed, engine && new Promise((done) => engine.close(done))]);
    },
  };

  const answer: http.RequestListener = (request, response) => {
    request.on('error', () => {});
    void handle(request, response).catch(() => request.socket.destroy());
  };
  const front = options.authority
    ? https.createServer(options.authority.issue(['localhost', '127.0.0.1']), answer)
    : http.createServer(answer);
  front.keepAliveTimeout = 60_000;
  front.on('connection', (socket: Socket) => {
    sink.connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    if (sink.onConnection(sink.connections) === 'cut') socket.destroy();
  });
  await new Promise<void>((done, fail) => {
    front.once('error', fail);
    front.listen(options.port ?? 0, '127.0.0.1', () => done());
  });
  sink.port = (front.address() as AddressInfo).port;
  sink.url = `${options.authority ? 'https' : 'http'}://127.0.0.1:${sink.port}`;
  return sink;

  async function handle(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://sink').pathname;
    const sending = request.method === 'POST' && path === '/v2/email/outbound-emails';
    if (sending) sink.sends += 1;
    const fault = sending ? sink.onSend(sink.sends) : sink.onAsk(path);
    if (fault && 'early' in fault) {
      response.setHeader('Connection', 'close');
      return refuse(response, fault.error);
    }
    if (fault && 'cut' in fault && fault.cut === 'head') return void request.socket.destroy();
    if (fault && 'hang' in fault && fault.hang === 'head') return;
    if (fault && 'cut' in fault && fault.cut === 'body') {
      return void request.once('data', () => request.socket.destroy());
    }
    const body = await read(request);
    if (sending) sink.asked.push(tagOf(body) ?? '');
    if (fault && 'cut' in fault) return void request.socket.destroy();
    if (fault && 'hang' in fault) return;
    if (fault && 'wait' in fault) await new Promise((done) => setTimeout(done, fault.wait));
    if (fault && 'error' in fault) return refuse(response, fault.error, fault.message);
    if (fault && 'status' in fault) return void response.writeHead(fault.status).end();
    if (!sending) return ask(path, response);
    const taken = await take(request, body);
    if (taken.status === 200) keep(body, JSON.parse(taken.body).MessageId);
    if (fault && 'taken' in fault) {
      if (fault.taken === 'cut') request.socket.destroy();
      if (fault.taken === '500') refuse(response, 'InternalServiceErrorException');
      if (fault.taken === 'garbage')
        response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"Mess');
      return;
    }
    response.writeHead(taken.status, { 'Content-Type': 'application/json' }).end(taken.body);
  }

  function ask(path: string, response: http.ServerResponse): void {
    const domain = /^\/v2\/email\/identities\/([^/]+)$/.exec(path)?.[1];
    const found =
      path === '/v2/email/account' ? sink.account : sink.identities.get(decodeURIComponent(domain ?? ''));
    if (found === undefined) refuse(response, 'NotFoundException');
    else response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(found));
  }

  function take(request: http.IncomingMessage, body: Buffer): Promise<{ status: number; body: string }> {
    if (!engine) {
      const MessageId = `0100${String(sink.messages.length).padStart(12, '0')}-test`;
      return Promise.resolve({ status: 200, body: JSON.stringify({ MessageId }) });
    }
    return new Promise((done, fail) => {
      const { host: _, ...headers } = request.headers;
      const on = { host: '127.0.0.1', port: enginePort, path: request.url, method: 'POST', headers, agent };
      const forward = http.request(on, (given) => {
        read(given).then(
          (text) => done({ status: given.statusCode ?? 0, body: text.toString('utf8') }),
          fail,
        );
      });
      forward.on('error', fail);
      forward.end(body);
    });
  }

  function keep(body: Buffer, messageId: string): void {
    const sent = JSON.parse(body.toString('utf8')) as SendBody;
    sink.messages.push({
      number: sink.sends,
      tag: tagOf(body),
      tags: sent.EmailTags ?? [],
      configurationSet: sent.ConfigurationSetName ?? null,
      to: sent.Destination?.ToAddresses ?? [],
      raw: options.keepRaw === false ? Buffer.alloc(0) : Buffer.from(sent.Content?.Raw?.Data ?? '', 'base64'),
      messageId,
    });
  }
}

function tagOf(body: Buffer): string | null {
  const tags = (JSON.parse(body.toString('utf8')) as SendBody).EmailTags ?? [];
  return tags.find(({ Name }) => Name === 'klarsignal-delivery')?.Value ?? null;
}

function refuse(response: http.ServerResponse, name: AwsError, message?: string): void {
  const documented = awsErrors[name];
  response.writeHead(documented.status, {
    'Content-Type': 'application/json',
    'x-amzn-ErrorType': name,
    'x-amzn-RequestId': '00000000-0000-4000-8000-000000000000',
  });
  response.end(JSON.stringify({ message: message ?? documented.message }));
}

async function read(stream: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
