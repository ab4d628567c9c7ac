/** check_host() against every revision of the suites, through our own DNS: zone server, packets, UDP resolver. */
import { describe, expect, test } from 'vitest';
import { createZoneResolver } from '../../src/adapters/resolver/zone.ts';
import { checkHost, type SpfJudgement } from '../../src/facts/spf/check-host.ts';
import { clock } from '../world.ts';
import { createMailauthCheck } from './spf-mailauth.ts';
import { type Revision, revisions, type SuiteCase, suiteCases, suiteZone } from './spf-suite.ts';

const never = new AbortController().signal;

async function judged({ scenario, test: { helo, host, mailfrom } }: SuiteCase): Promise<SpfJudgement> {
  const resolver = await createZoneResolver(suiteZone(scenario), clock);
  try {
    const mail = { ip: host, sender: mailfrom, helo, receiver: 'receiver.example', now: clock.now() };
    return await checkHost(mail, (name, type) => resolver.ask({ name, type }, never));
  } finally {
    await resolver.close();
  }
}

/** Where we judge otherwise than a suite, and why. Nowhere: what RFC 7208 changed, the suite of RFC 4408 leaves open. */
const deviations: Record<Revision, Record<string, string>> = {
  'pyspf-rfc7208-tests': {},
  'mailauth-rfc7208-tests': {},
  'mailauth-rfc7208-tests-2014-05': {},
  'pyspf-rfc4408-tests': {},
};

/** Results of mailauth 7.1.0 that the suites, which we meet in each of these, do not accept. */
const mailauthDiffers: Record<Revision, Record<string, string>> = {
  'pyspf-rfc7208-tests': {},
  'mailauth-rfc7208-tests': {},
  'mailauth-rfc7208-tests-2014-05': {},
  'pyspf-rfc4408-tests': {},
};

describe.each(revisions)('%s', (revision) => {
  const cases = suiteCases(revision);

  test('is whole', () => {
    const counts = { 'pyspf-rfc7208-tests': 203, 'mailauth-rfc7208-tests': 200 };
    const older = { 'mailauth-rfc7208-tests-2014-05': 193, 'pyspf-rfc4408-tests': 191 };
    expect(cases).toHaveLength({ ...counts, ...older }[revision]);
    const names = new Set(cases.map(({ name }) => name));
    expect(Object.keys(deviations[revision]).filter((name) => !names.has(name))).toEqual([]);
  });

  test.each(cases.map((one) => [one.name, one] as const))('%s', async (name, one) => {
    const { result, explanation } = await judged(one);
    if (name in deviations[revision]) return expect(one.results).not.toContain(result);
    expect(one.results).toContain(result);
    const told = one.test.explanation;
    if (told === 'DEFAULT') expect(explanation).toBeNull();
    else if (told !== undefined && result === 'fail') expect(explanation).toBe(told);
  });

  test('where mailauth judges otherwise than the suite, and we do not', async () => {
    const found: Record<string, string> = {};
    for (const one of cases) {
      const resolver = await createZoneResolver(suiteZone(one.scenario), clock);
      const { helo, host, mailfrom } = one.test;
      const { result } = await createMailauthCheck(resolver).check(
        { ip: host, helo, mailFrom: mailfrom },
        never,
      );
      await resolver.close();
      if (!one.results.includes(result)) found[one.name] = `${result}, not ${one.results.join(' or ')}`;
    }
    expect(found).toEqual(mailauthDiffers[revision]);
  });
});
