import { defineRule, type Facts, notApplicable, problem, unknown } from '#rule';

type Key = Facts['dkim']['keys'][number];

const signedBy = (domain: string) =>
  `DKIM-Signature: v=1; a=rsa-sha256; d=${domain}; s=x; h=from; bh=AA==; b=AA==\nFrom: a@example.se\n\nHej!`;

export default defineRule({
  id: 'dmarc-alignment',
  severity: 'major',
  reference: 'RFC 9989 sections 4.4 and 4.10.2',
  needs: ['dmarc', 'dkim'],
  check({ dmarc: { applied, author, spfAlignment, signers }, dkim }, { policy }) {
    // Without a record nothing is compared; that there is none is the matter of dmarc-policy.
    if (applied === 'none') return notApplicable('no-record');
    if (spfAlignment === 'aligned') return [];
    const { keys, signatures } = dkim;
    const alignmentOf = (domain: string | null) =>
      domain === null
        ? 'not-aligned'
        : (signers.find((one) => one.domain === domain)?.alignment ?? 'unknown');
    const { leastBits } = policy.dkim;
    const isStrong = (key: Key | undefined) => (key?.record?.bits ?? leastBits) >= leastBits;
    const counts = signatures.map((one) => {
      const key = keys.find(({ selector, domain }) => selector === one.selector && domain === one.domain);
      return { ...one, result: isStrong(key) ? one.result : 'fail', alignment: alignmentOf(one.domain) };
    });
    // Of a signed message no other key counts than one that it is signed with.
    const signs = (key: Key) =>
      counts.some(({ selector, failure }) => selector === key.selector && (failure ?? 'body') === 'body');
    const named = keys
      .filter((key) => key.by === 'person' && isStrong(key) && (counts.length === 0 || signs(key)))
      .map(({ domain, state }) => ({ state, alignment: alignmentOf(domain) }));
    const usable = named.filter(({ state }) => state === 'usable');
    const verified = counts.filter(({ result }) => result !== 'fail');
    const passing = [...usable, ...verified.filter(({ result }) => result === 'pass')];
    if (passing.some(({ alignment }) => alignment === 'aligned')) return [];

    const isOpen =
      applied === 'unknown' ||
      spfAlignment === 'unknown' ||
      named.some(({ state }) => state === 'unanswered') ||
      [...usable, ...verified].some(({ alignment }) => alignment === 'unknown') ||
      verified.some(({ result, alignment }) => result === 'unknown' && alignment === 'aligned');
    if (isOpen) return unknown('unanswered');
    const isAlien = counts.length > 0 && counts.every(({ alignment }) => alignment === 'not-aligned');
    if (isAlien && dkim.omitted === 0 && spfAlignment === 'not-aligned') {
      const from = author.steps[0]?.domain ?? '';
      const domains = signatures.map(({ domain }) => domain).filter((domain) => domain !== null);
      const isStrict = signatures.some(({ own }) => own) && applied.record.adkim === 's';
      const data = { from, signers: [...new Set(domains)].join(', '), isStrict };
      return [problem('unaligned', data, { at: signatures[0]?.at })];
    }
    if (counts.some(({ alignment }) => alignment !== 'not-aligned'))
      return unknown('needs-dkim', 'sent-message');
    if (spfAlignment === null) return notApplicable('no-mail-from');
    return unknown('needs-dkim', usable.length > 0 ? 'sent-message' : 'dkim-selector');
  },
  words: {
    en: {
      title: 'Whether the domains belong together (DMARC)',
      heading: 'The domains of the mail do not belong together',
      mend: 'Let the mail be signed for your own domain',
      why: 'When the domains do not belong together, receivers may take the mail for a forgery, and much of it goes to spam or is turned away. DMARC compares the domain in From with the sending subdomain (MAIL FROM) and with the domain of the DKIM signature: one of them must belong with From. With aspf=s in the DMARC record a subdomain does not count, and the signature must do it alone.',
      fix: {
        unaligned: ({ from, isStrict }) =>
          isStrict
            ? `The DMARC record asks for exactly the same domain (adkim=s). Let the sending service sign for ${from} itself, or take adkim=s out of the record.`
            : `Turn on DKIM for ${from} in your sending service and publish the records that it shows. A subdomain of your own as MAIL FROM helps as well.`,
      },
      problems: {
        unaligned: ({ from, signers }) =>
          signers === ''
            ? `The mail comes from ${from}, but bounces go to another domain, and its signature cannot be read.`
            : `The mail comes from ${from}, but it is signed for ${signers}, and bounces go to another domain as well.`,
      },
    },
    sv: {
      title: 'Om domänerna hör ihop (DMARC)',
      heading: 'Mejlets domäner hör inte ihop',
      mend: 'Låt mejlet signeras för din egen domän',
      why: 'Hör domänerna inte ihop kan mottagarna ta mejlet för en förfalskning, och mycket hamnar i skräpposten eller avvisas. DMARC jämför avsändardomänen (From) med underdomänen för utskick (MAIL FROM) och med domänen i DKIM-signaturen: en av dem måste höra ihop med avsändardomänen. Med aspf=s i DMARC-posten räknas inte en underdomän, och då måste signaturen klara det ensam.',
      fix: {
        unaligned: ({ from, isStrict }) =>
          isStrict
            ? `DMARC-posten kräver exakt samma domän (adkim=s). Låt utskickstjänsten signera för just ${from}, eller ta bort adkim=s ur posten.`
            : `Slå på DKIM för ${from} i din utskickstjänst och publicera posterna som den visar. En egen underdomän som MAIL FROM hjälper också.`,
      },
      problems: {
        unaligned: ({ from, signers }) =>
          signers === ''
            ? `Mejlet kommer från ${from}, men studsarna går till en annan domän, och signaturen går inte att läsa.`
            : `Mejlet kommer från ${from}, men det är signerat för ${signers}, och även studsarna går till en annan domän.`,
      },
    },
  },
  examples: {
    good: [
      {},
      { mailFrom: 'bounce.service.example' },
      { from: 'a@news.example.se', mailFrom: 'mejl.example.se' },
      { mailFrom: 'example.se', zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=reject; aspf=s'] } } },
    ],
    bad: [
      { world: { eml: signedBy('service.example'), mailFrom: 'bounce.service.example' }, finds: 'unaligned' },
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
