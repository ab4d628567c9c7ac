/** The certificates that SNS signs with: fetched from AWS alone, kept, and checked against the clock. */
import { X509Certificate } from 'node:crypto';
import type { Clock, Fetcher } from '../../ports.ts';
import { regionOfCertificate } from './topic.ts';

/** Bytes; the real ones have about 2 000. */
const most = 20_000;
/** Certificates that are kept: AWS changes its own once a year, and each region may have one. */
const kept = 20;
/** Regions that one has to opt in to sign by a name of their own (eu-south-1 among them). */
const owners = (region: string) => ['sns.amazonaws.com', `sns-signing.${region}.amazonaws.com`];

export type CertificateFound =
  | { kind: 'found'; certificate: X509Certificate }
  | { kind: 'wrong' }
  | { kind: 'unanswered'; detail: string };

export function createCertificates(fetcher: Fetcher, clock: Clock) {
  const cache = new Map<string, X509Certificate>();

  async function fetch(url: string, signal: AbortSignal): Promise<CertificateFound> {
    let answer: Awaited<ReturnType<Fetcher['fetch']>>;
    try {
      answer = await fetcher.fetch(url, { method: 'GET', most, redirects: 0 }, signal);
    } catch (error) {
      return { kind: 'unanswered', detail: error instanceof Error ? error.name : 'unknown' };
    }
    if (answer.status === 404 || answer.status === 403) return { kind: 'wrong' };
    if (answer.status !== 200) return { kind: 'unanswered', detail: `status ${answer.status}` };
    let certificate: X509Certificate;
    try {
      certificate = new X509Certificate(answer.body);
    } catch {
      return { kind: 'wrong' };
    }
    const oldest = cache.keys().next().value;
    if (cache.size >= kept && oldest !== undefined) cache.delete(oldest);
    cache.set(url, certificate);
    return { kind: 'found', certificate };
  }

  return {
    /** `url`: one that is AWS's own by its form. */
    async find(url: string, signal: AbortSignal): Promise<CertificateFound> {
      const known = cache.get(url);
      const found: CertificateFound = known
        ? { kind: 'found', certificate: known }
        : await fetch(url, signal);
      if (found.kind !== 'found') return found;
      // TLS has proved whose host it came from; that it is for SNS, and is valid, it must say itself.
      const { subject, validFromDate, validToDate } = found.certificate;
      const now = clock.now();
      const isValid = now >= validFromDate && now <= validToDate;
      return isValid &&
        owners(regionOfCertificate(url)).some((owner) => subject.split('\n').includes(`CN=${owner}`))
        ? found
        : { kind: 'wrong' };
    },
  };
}
