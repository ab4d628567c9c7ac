/**
 * Postfix as Debian has it, with settings, queue and mailboxes of its own in a temporary folder, on loopback alone.
 * It must be started by root: Postfix gives its rights up by itself.
 *
 *     const postfix = await startPostfix({ authority, mailboxes: ['kim@example.org'], relays: { 'away.test': port } });
 *     ... STARTTLS at postfix.port, TLS from the first byte at postfix.tlsPort ...
 *     await postfix.inbox();   // every message delivered to a mailbox, as bytes
 *     await postfix.stop();
 */
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Authority } from '../sinks/certificates.ts';
import { freePort } from '../sinks/free-port.ts';

const run = promisify(execFile);

export interface Postfix {
  port: number;
  tlsPort: number;
  inbox(): Promise<Buffer[]>;
  log(): Promise<string>;
  stop(): Promise<void>;
}

export interface PostfixOptions {
  authority: Authority;
  /** Addresses that it has a mailbox for; others under their domains are refused with 550. */
  mailboxes: readonly string[];
  /** Ports of this machine to which mail for a domain is passed on. */
  relays?: Readonly<Record<string, number>>;
  /** `none`: it offers no STARTTLS. */
  tls?: 'none';
  /** The authority's own certificate is sent along, as DANE wants it for usage 2. */
  wholeChain?: boolean;
}

/** Why it cannot be started here; undefined: it can. */
export const unable = process.geteuid?.() === 0 ? undefined : 'Postfix is started by root alone';

export async function startPostfix({
  authority,
  mailboxes,
  relays = {},
  tls,
  wholeChain = false,
}: PostfixOptions): Promise<Postfix> {
  const folder = await mkdtemp(join(tmpdir(), 'klarsignal-postfix-'));
  await chmod(folder, 0o755);
  const mail = join(folder, 'mail');
  const nobody = 65534;
  await Promise.all(['spool', 'data', 'mail', 'etc'].map((name) => mkdir(join(folder, name))));
  await run('chown', ['postfix', join(folder, 'data')]);
  await run('chown', [String(nobody), mail]);
  const { key, cert } = authority.issue(['localhost', '127.0.0.1']);
  await writeFile(join(folder, 'server.pem'), key + cert + (wholeChain ? authority.cert : ''), {
    mode: 0o600,
  });
  const [port, tlsPort] = await Promise.all([freePort(), freePort()]);
  const domains = [...new Set(mailboxes.map((address) => address.split('@')[1] ?? ''))];
  const settings = {
    compatibility_level: '3.6',
    queue_directory: join(folder, 'spool'),
    data_directory: join(folder, 'data'),
    command_directory: '/usr/sbin',
    daemon_directory: '/usr/lib/postfix/sbin',
    mail_owner: 'postfix',
    setgid_group: 'postdrop',
    maillog_file: join(folder, 'log'),
    maillog_file_prefixes: folder,
    myhostname: 'mail.klarsignal.test',
    mydestination: '',
    alias_maps: '',
    alias_database: '',
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    mynetworks: '127.0.0.0/8',
    smtpd_peername_lookup: 'no',
    smtp_dns_support_level: 'disabled',
    smtpd_relay_restrictions: 'permit_mynetworks, reject',
    smtpd_tls_chain_files: join(folder, 'server.pem'),
    smtpd_tls_security_level: tls ?? 'encrypt',
    // Over TLS where the next server offers it, whoever signed its certificate, as servers do between themselves.
    smtp_tls_security_level: 'may',
    virtual_mailbox_domains: domains.join(', '),
    virtual_mailbox_maps: table(mailboxes.map((address) => [address, 'inbox/'])),
    virtual_mailbox_base: mail,
    virtual_uid_maps: `static:${nobody}`,
    virtual_gid_maps: `static:${nobody}`,
    transport_maps: table(Object.entries(relays).map(([name, to]) => [name, `smtp:[127.0.0.1]:${to}`])),
    message_size_limit: '10240000',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  await writeFile(join(folder, 'etc', 'main.cf'), `${lines.join('\n')}\n`);
  await writeFile(join(folder, 'etc', 'master.cf'), masterFile(port, tlsPort));
  const postfix = (command: string) => run('postfix', ['-c', join(folder, 'etc'), command]);
  await postfix('start');
  await listening(port, Date.now() + 15_000);
  return {
    port,
    tlsPort,
    async inbox() {
      const arrived = join(mail, 'inbox', 'new');
      const names = await readdir(arrived).catch(() => []);
      return Promise.all(names.sort().map((name) => readFile(join(arrived, name))));
    },
    log: () => readFile(join(folder, 'log'), 'utf8'),
    async stop() {
      await postfix('stop');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** None of them in a chroot: Debian's own has what they would need there. */
function masterFile(port: number, tlsPort: number): string {
  const daemons = [
    `127.0.0.1:${port} inet n - n - - smtpd`,
    `127.0.0.1:${tlsPort} inet n - n - - smtpd`,
    ' -o smtpd_tls_wrappermode=yes',
    'pickup unix n - n 60 1 pickup',
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 300 1 qmgr',
    'tlsmgr unix - - n 1000? 1 tlsmgr',
    'rewrite unix - - n - - trivial-rewrite',
    'bounce unix - - n - 0 bounce',
    'defer unix - - n - 0 bounce',
    'trace unix - - n - 0 bounce',
    'verify unix - - n - 1 verify',
    'proxymap unix - - n - - proxymap',
    'smtp unix - - n - - smtp',
    'relay unix - - n - - smtp',
    'error unix - - n - - error',
    'retry unix - - n - - error',
    'discard unix - - n - - discard',
    'local unix - n n - - local',
    'virtual unix - n n - - virtual',
    'anvil unix - - n - 1 anvil',
    'scache unix - - n - 1 scache',
    'postlog unix-dgram n - n - 1 postlogd',
  ];
  return `${daemons.join('\n')}\n`;
}

function table(pairs: readonly (readonly [string, string])[]): string {
  return pairs.length === 0
    ? ''
    : `inline:{${pairs.map(([name, value]) => `{${name} = ${value}}`).join(', ')}}`;
}

async function listening(port: number, until: number): Promise<void> {
  for (;;) {
    const open = await new Promise<boolean>((done) => {
      const socket = createConnection(port, '127.0.0.1');
      socket.once('connect', () => {
        socket.destroy();
        done(true);
      });
      socket.once('error', () => done(false));
    });
    if (open) return;
    if (Date.now() > until) throw new Error('Postfix does not listen');
    await new Promise((done) => setTimeout(done, 50));
  }
}
