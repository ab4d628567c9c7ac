import { defineRule, type Facts, notApplicable, problem, unknown } from '#rule';
import { isStrong, type Key, keyOf } from '../repairs/dkim-keys.ts';
import { mendedBox } from '../repairs/dmarc-record.ts';
import { changes } from '../repairs/dmarc-words.ts';

/** What is compared, as the words need it. `strict`: the record asks for exactly From's domain, and that alone bars. */
interface Compared {
  from: string;
  signers: string;
  signature: { strict: boolean; related: boolean };
  bounces: { domain: string; strict: boolean; related: boolean };
}

function compare({ dmarc, dkim }: Pick<Facts, 'dmarc' | 'dkim'>): Compared {
  const { author, applied, mailFrom, barredByStrict } = dmarc;
  const asks = (tag: 'adkim' | 'aspf') => typeof applied === 'object' && applied.record[tag] === 's';
  const signed = dkim.signatures.length > 0 ? dkim.signatures : dkim.keys.filter(({ by }) => by === 'route');
  const domains = signed.map(({ domain }) => domain).filter((domain) => domain !== null);
  const related = domains.some((domain) => barredByStrict.includes(domain));
  const domain = mailFrom ?? '';
  return {
    from: author.steps[0]?.domain ?? '',
    signers: [...new Set(domains)].join(', '),
    signature: { strict: asks('adkim'), related: asks('adkim') && related },
    bounces: { domain, strict: asks('aspf'), related: asks('aspf') && barredByStrict.includes(domain) },
  };
}

/** Of mail that DMARC passes by keys alone that large receivers do not verify (see dkim-key-type). */
function byNewKeys(facts: Pick<Facts, 'dmarc' | 'dmarcPassing'>, name: string) {
  const { dmarc } = facts;
  const { applied, mailFrom, domain: from, barredByStrict } = dmarc;
  const bounces = mailFrom ?? '';
  if (typeof applied === 'string' || !barredByStrict.includes(bounces)) {
    const alone = { barred: false, boxed: false, changed: '', wakes: '', lowered: '' };
    return problem('ed25519', { from, bounces, name, ...alone });
  }
  const { record, isSuffix } = applied;
  const { data, more } = mendedBox(facts, isSuffix ? null : record, record);
  const { changed, wakes, lowered } = data;
  const told = { barred: true, boxed: data.box === 'shown', changed, wakes, lowered };
  return problem('ed25519', { from, bounces, name, ...told }, more);
}

const fix = {
  en({ from, signature, bounces }: Compared): string {
    const first = signature.related
      ? `The DMARC record asks for exactly the same domain in the signature (adkim=s). Let the sending service sign for ${from} itself, or take adkim=s out of the record.`
      : `Turn on DKIM for ${signature.strict ? 'exactly ' : ''}${from} in your sending service and publish the records that it shows.`;
    if (bounces.related)
      return `${first} Or take aspf=s out of the DMARC record: then ${bounces.domain} counts.`;
    return bounces.strict ? first : `${first} A subdomain of your own as MAIL FROM helps as well.`;
  },
  sv({ from, signature, bounces }: Compared): string {
    const first = signature.related
      ? `DMARC-posten kräver exakt samma domän i signaturen (adkim=s). Låt utskickstjänsten signera för just ${from}, eller ta bort adkim=s ur posten.`
      : `Slå på DKIM för ${signature.strict ? 'just ' : ''}${from} i din utskickstjänst och publicera posterna som den visar.`;
    if (bounces.related) return `${first} Eller ta bort aspf=s ur DMARC-posten: då räknas ${bounces.domain}.`;
    return bounces.strict ? first : `${first} En egen underdomän som MAIL FROM hjälper också.`;
  },
};

const bounced = {
  en: ({ from, bounces }: Compared) =>
    `Bounces go to ${bounces.domain}, which does not count as ${from}${bounces.related ? ' because of aspf=s in the DMARC record' : ''}.`,
  sv: ({ from, bounces }: Compared) =>
    `Studsarna går till ${bounces.domain}, som inte räknas som ${from}${bounces.related ? ' eftersom DMARC-posten har aspf=s' : ''}.`,
};

const signedBy = (domain: string) =>
  `DKIM-Signature: v=1; a=rsa-sha256; d=${domain}; s=x; h=from; bh=AA==; b=AA==\nFrom: a@example.se\n\nHej!`;
const unsigned = `Return-Path: <b@bounce.service.example>
Received: from out.service.example by in.other.example; Fri, 20 Nov 2026 09:00:00 +0100
Authentication-Results: in.other.example; spf=pass smtp.mailfrom=bounce.service.example; dkim=none
From: a@example.se

Hej!`;

const ed25519 = { TXT: ['v=DKIM1; k=ed25519; p=1DDcS2Y3BitJRAFwBzOzaizZ86LT2YWhHjvWcs/WVXc='] };

export default defineRule({
  id: 'dmarc-alignment',
  severity: 'major',
  reference:
    'RFC 9989 sections 4.4 and 4.10.2; URIports, DKIM Ed25519-SHA256 adoption (Google, Microsoft and Yahoo did not verify it), read 2026-11',
  needs: ['dmarc', 'dkim', 'dmarcPassing'],
  check(facts, { policy }) {
    const { dmarc, dkim } = facts;
    const { applied, spfAlignment, signers } = dmarc;
    // Without a record nothing is compared; that there is none is the matter of dmarc-policy.
    if (applied === 'none') return notApplicable('no-record');
    if (spfAlignment === 'aligned') return [];
    const { keys, signatures, trace } = dkim;
    const alignmentOf = (domain: string | null) =>
      domain === null
        ? 'not-aligned'
        : (signers.find((one) => one.domain === domain)?.alignment ?? 'unknown');
    const { leastBits } = policy.dkim;
    const counts = signatures.map((one) => {
      const result = isStrong(keyOf(dkim, one), leastBits) ? one.result : 'fail';
      return { ...one, result, alignment: alignmentOf(one.domain), key: keyOf(dkim, one) };
    });
    // Of a signed message no other key counts than one that it is signed with.
    const signs = (key: Key) =>
      counts.some(
        ({ selector, domain, failure }) =>
          selector === key.selector && domain === key.domain && (failure ?? 'body') === 'body',
      );
    // A draft is signed when it is sent. What has been sent without a signature is not signed by any key.
    const mayCount = (key: Key) => (counts.length === 0 ? trace === 'none' : signs(key));
    const named = keys
      .filter((key) => key.by !== 'signature' && isStrong(key, leastBits))
      .map((key) => ({ state: key.state, alignment: alignmentOf(key.domain), counts: mayCount(key), key }));
    const counting = named.filter((key) => key.counts);
    const usable = counting.filter(({ state }) => state === 'usable');
    const verified = counts.filter(({ result }) => result !== 'fail');
    const passing = [...usable, ...verified.filter(({ result }) => result === 'pass')];
    const carrying = passing.filter(({ alignment }) => alignment === 'aligned');
    const isNew = ({ key }: { key: Key | undefined }) => key?.record?.type === 'ed25519';
    const [carrier] = carrying;
    if (carrier && !carrying.every(isNew)) return [];

    const isOpen =
      applied === 'unknown' ||
      spfAlignment === 'unknown' ||
      counting.some((key) => key.state === 'unanswered' && key.alignment !== 'not-aligned') ||
      [...usable, ...verified].some(({ alignment }) => alignment === 'unknown') ||
      verified.some(({ result, alignment }) => result === 'unknown' && alignment === 'aligned');
    if (isOpen) return unknown('unanswered');
    if (carrier) {
      if (spfAlignment === null) return unknown('not-given', 'mail-from');
      // One that is not read may be by RSA.
      if (dkim.omitted > 0) return unknown('too-much');
      return [byNewKeys(facts, carrier.key?.name ?? '')];
    }
    const isAlien = counts.length > 0 && counts.every(({ alignment }) => alignment === 'not-aligned');
    if (isAlien && dkim.omitted === 0 && spfAlignment === 'not-aligned') {
      return [problem('unaligned', compare({ dmarc, dkim }), { at: signatures[0]?.at })];
    }
    // A registered route signs with the keys that it names and no others.
    const route = counts.length === 0 && trace === 'none' ? keys.filter(({ by }) => by === 'route') : [];
    const isApart = route.length > 0 && route.length === keys.length && spfAlignment === 'not-aligned';
    if (isApart && route.every(({ domain }) => alignmentOf(domain) === 'not-aligned')) {
      return [problem('unaligned', compare({ dmarc, dkim }))];
    }
    if (counts.some(({ alignment }) => alignment !== 'not-aligned'))
      return unknown('needs-dkim', 'sent-message');
    if (spfAlignment === null) return notApplicable('no-mail-from');
    if (counts.length === 0 && trace === 'delivered') {
      return [problem('unsigned', compare({ dmarc, dkim }))];
    }
    const isSent = trace !== 'none' || named.some(({ state }) => state === 'usable');
    return unknown('needs-dkim', isSent ? 'sent-message' : 'dkim-selector');
  },
  words: {
    en: {
      title: 'Whether the domains belong together (DMARC)',
      heading: {
        unaligned: () => 'The domains of the mail do not belong together',
        unsigned: () => 'The mail was sent without a DKIM signature',
        ed25519: () => 'DMARC rests on a kind of key that large receivers do not read (Ed25519)',
      },
      mend: {
        unaligned: () => 'Let the mail be signed for your own domain',
        unsigned: () => 'Let the mail be signed for your own domain',
        ed25519: () => 'Sign with an RSA key as well',
      },
      why: 'When the domains do not belong together, receivers may take the mail for a forgery, and much of it goes to spam or is turned away. DMARC compares the domain in From with the sending subdomain (MAIL FROM) and with the domain of the DKIM signature: one of them must belong with From. Where the DMARC record says aspf=s (for MAIL FROM) or adkim=s (for the signature), only exactly the same domain counts.',
      fix: {
        unaligned: (data) => fix.en(data),
        unsigned: (data) => fix.en(data),
        ed25519: ({ bounces, barred, boxed, changed, wakes, lowered }) =>
          `Let your sending service sign with an RSA key of 2048 bits too, under a selector of its own, and publish the record that it shows. Does it do so already? Then start again with both selectors.${
            barred
              ? ` Or take aspf=s out of the DMARC record${boxed ? ' (the record below)' : ''}: then ${bounces} counts.${changes.en({ changed, wakes, lowered })}`
              : ''
          }`,
      },
      problems: {
        unaligned: (data) =>
          data.signers === ''
            ? `The mail comes from ${data.from}, but its signature cannot be read. ${bounced.en(data)}`
            : `The mail comes from ${data.from}, but it is signed for ${data.signers}. ${bounced.en(data)}`,
        unsigned: (data) =>
          `The mail comes from ${data.from}, but it was sent without a signature. ${bounced.en(data)}`,
        ed25519: ({ from, bounces, name }) =>
          `The only signature for ${from} is by the Ed25519 key at ${name}, which Gmail, Outlook.com and Yahoo did not verify when it was measured. Bounces go to ${bounces}, which does not count as ${from}, so there the mail fails DMARC.`,
      },
    },
    sv: {
      title: 'Om domänerna hör ihop (DMARC)',
      heading: {
        unaligned: () => 'Mejlets domäner hör inte ihop',
        unsigned: () => 'Mejlet skickades utan DKIM-signatur',
        ed25519: () => 'DMARC vilar på en sorts nyckel som stora mottagare inte läser (Ed25519)',
      },
      mend: {
        unaligned: () => 'Låt mejlet signeras för din egen domän',
        unsigned: () => 'Låt mejlet signeras för din egen domän',
        ed25519: () => 'Signera med en RSA-nyckel också',
      },
      why: 'Hör domänerna inte ihop kan mottagarna ta mejlet för en förfalskning, och mycket hamnar i skräpposten eller avvisas. DMARC jämför avsändardomänen (From) med underdomänen för utskick (MAIL FROM) och med domänen i DKIM-signaturen: en av dem måste höra ihop med avsändardomänen. Säger DMARC-posten aspf=s (för MAIL FROM) eller adkim=s (för signaturen) räknas bara exakt samma domän.',
      fix: {
        unaligned: (data) => fix.sv(data),
        unsigned: (data) => fix.sv(data),
        ed25519: ({ bounces, barred, boxed, changed, wakes, lowered }) =>
          `Låt din utskickstjänst signera med en RSA-nyckel på 2048 bitar också, under en egen selektor, och publicera posten som den visar. Gör den redan det? Börja då om med båda selektorerna.${
            barred
              ? ` Eller ta bort aspf=s ur DMARC-posten${boxed ? ' (posten nedan)' : ''}: då räknas ${bounces}.${changes.sv({ changed, wakes, lowered })}`
              : ''
          }`,
      },
      problems: {
        unaligned: (data) =>
          data.signers === ''
            ? `Mejlet kommer från ${data.from}, men signaturen går inte att läsa. ${bounced.sv(data)}`
            : `Mejlet kommer från ${data.from}, men det är signerat för ${data.signers}. ${bounced.sv(data)}`,
        unsigned: (data) =>
          `Mejlet kommer från ${data.from}, men det skickades utan signatur. ${bounced.sv(data)}`,
        ed25519: ({ from, bounces, name }) =>
          `Den enda signaturen för ${from} görs med Ed25519-nyckeln på ${name}, som Gmail, Outlook.com och Yahoo inte kontrollerade när det mättes. Studsarna går till ${bounces}, som inte räknas som ${from}, så där underkänns mejlet av DMARC.`,
      },
    },
  },
  examples: {
    good: [
      {},
      { mailFrom: 'bounce.service.example' },
      { from: 'a@news.example.se', mailFrom: 'mejl.example.se' },
      { mailFrom: 'example.se', zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=reject; aspf=s'] } } },
      { zone: { 's1._domainkey.example.se': ed25519 } },
      {
        mailFrom: 'bounce.service.example',
        dkimSelectors: ['e1', 's1'],
        zone: { 'e1._domainkey.example.se': ed25519 },
      },
    ],
    bad: [
      {
        world: {
          zone: {
            's1._domainkey.example.se': ed25519,
            '_dmarc.example.se': { TXT: ['v=DMARC1; p=reject; aspf=s'] },
          },
        },
        finds: 'ed25519',
      },
      {
        world: { mailFrom: 'bounce.service.example', zone: { 's1._domainkey.example.se': ed25519 } },
        finds: 'ed25519',
      },
      { world: { eml: unsigned, mailFrom: 'bounce.service.example' }, finds: 'unsigned' },
      { world: { eml: signedBy('service.example'), mailFrom: 'bounce.service.example' }, finds: 'unaligned' },
      {
        world: {
          routes: [
            { transport: 'ses', mailFrom: 'mejl.example.se', dkim: [{ d: 'example.se', s: 's1' }] },
            {
              transport: 'authsmtp',
              mailFrom: 'bounce.service.example',
              dkim: [{ d: 'service.example', s: 'x' }],
            },
          ],
        },
        finds: 'unaligned',
      },
      { world: { eml: signedBy('/'), mailFrom: 'bounce.service.example' }, finds: 'unaligned' },
      {
        world: {
          eml: signedBy('mejl.example.se'),
          mailFrom: 'bounce.service.example',
          dkimSelectors: null,
          zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=reject; adkim=s'] } },
        },
        finds: 'unaligned',
      },
    ],
  },
});
