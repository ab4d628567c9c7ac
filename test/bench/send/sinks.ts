/** Both sinks in a process of their own, so that what they cost is not what a client costs. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { makeAuthority } from '../../sinks/certificates.ts';
import { startSesSink, verifiedIdentity } from '../../sinks/ses-sink.ts';
import { startSmtpSink } from '../../sinks/smtp-sink.ts';

export interface Sinks {
  ses: string;
  smtp: number;
  /** PEM to trust. */
  ca: string;
  /** Whole mails that came since the last time; the latest of each as it came, where they keep bytes. */
  taken(): Promise<Taken>;
  stop(): void;
}

interface Taken {
  ses: number;
  smtp: number;
  last: { ses: string; smtp: string };
}

/** @param keepRaw to look at what came; costs, and is not for measuring. */
export async function startSinks(keepRaw: boolean): Promise<Sinks> {
  const child = fork(new URL(import.meta.url), [keepRaw ? 'keep' : 'count'], { serialization: 'advanced' });
  const [at] = (await once(child, 'message')) as [Pick<Sinks, 'ses' | 'smtp' | 'ca'>];
  return {
    ...at,
    async taken() {
      child.send('taken');
      const [taken] = (await once(child, 'message')) as [Taken];
      return taken;
    },
    stop: () => child.disconnect(),
  };
}

if (import.meta.main) {
  const keepRaw = process.argv[2] === 'keep';
  const authority = makeAuthority();
  const ses = await startSesSink({ engine: 'none', authority, keepRaw });
  const smtp = await startSmtpSink({ authority, tls: 'implicit', keepRaw });
  ses.identities.set('example.se', verifiedIdentity('example.se', 'mejl.example.se'));
  ses.account.SendQuota.MaxSendRate = 1_000_000;
  ses.account.SendQuota.Max24HourSend = 1_000_000_000;
  process.on('message', () => {
    const [oneSes, oneSmtp] = [ses.messages.splice(0), smtp.messages.splice(0)];
    const last = {
      ses: oneSes.at(-1)?.raw.toString('latin1') ?? '',
      smtp: oneSmtp.at(-1)?.raw.toString('latin1') ?? '',
    };
    process.send?.({ ses: oneSes.length, smtp: oneSmtp.length, last } satisfies Taken);
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ ses: ses.url, smtp: smtp.port, ca: authority.cert });
}
