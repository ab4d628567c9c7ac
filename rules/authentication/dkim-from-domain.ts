import { defineRule, notApplicable, problem, unanswered, unknown } from '#rule';
import { hasGoodKey, isStrong, type Key } from '../repairs/dkim-keys.ts';

const signedBy = (domain: string) =>
  `DKIM-Signature: v=1; a=rsa-sha256; d=${domain}; s=x; h=from; bh=AA==; b=AA==\nFrom: a@example.se\n\nHej!`;
const unsigned = `Return-Path: <b@mejl.example.se>
Received: from out.service.example by in.other.example; Fri, 20 Nov 2026 09:00:00 +0100
Authentication-Results: in.other.example; spf=pass smtp.mailfrom=mejl.example.se; dkim=none
From: a@example.se

Hej!`;

export default defineRule({
  id: 'dkim-from-domain',
  severity: 'minor',
  reference:
    'GMX, Best practices (the DKIM domain must match the From domain, at least in relaxed form), read 2026-11-23; RFC 6376 section 6.3',
  needs: ['dkim'],
  check({ dkim }, { policy }) {
    const { keys, signatures, omitted, trace } = dkim;
    const { leastBits } = policy.dkim;
    if (hasGoodKey(dkim, leastBits)) return [];
    // A draft is signed when it is sent; what was sent is signed by no other key than its signatures name.
    const isDraft = signatures.length === 0 && trace === 'none';
    if (isDraft && keys.some((key) => key.own && key.state === 'usable' && isStrong(key, leastBits)))
      return [];
    const mine = signatures.filter((one) => one.own);
    const mayCount = (key: Key) =>
      isDraft || mine.some(({ selector, domain }) => selector === key.selector && domain === key.domain);
    const silent = keys.filter(mayCount).flatMap((key) => key.silent);
    if (silent.length > 0) return unanswered(silent.map((name) => `${name} TXT`));
    if (signatures.length > 0) {
      if (mine.length > 0 || omitted > 0) return unknown('needs-dkim', 'sent-message');
      const signers = [...new Set(signatures.map(({ domain }) => domain ?? ''))].filter(Boolean);
      const shown = signers.slice(0, 3).join(', ');
      return [problem('foreign', { signers: shown }, { at: signatures[0]?.at })];
    }
    if (trace === 'delivered') return [problem('unsigned', {})];
    if (isDraft && keys.length === 0) return notApplicable('no-selector');
    // A registered route signs with the keys that it names and no others; of what a person names, one has to be there.
    const isFound = keys.some(({ by, state }) => by === 'route' || state === 'usable');
    if (isDraft && isFound && !keys.some((key) => key.own)) {
      const signers = [...new Set(keys.map(({ domain }) => domain))].slice(0, 3).join(', ');
      return [problem('foreign', { signers })];
    }
    return unknown('needs-dkim', isDraft ? 'dkim-selector' : 'sent-message');
  },
  words: {
    en: {
      title: 'A DKIM signature of your own domain',
      heading: {
        foreign: () => 'Only others sign the mail',
        unsigned: () => 'The mail was sent without a signature',
      },
      mend: {
        foreign: () => 'Let the mail be signed for your own domain',
        unsigned: () => 'Let the mail be signed for your own domain',
      },
      why: 'GMX and WEB.DE turn away mail without a DKIM signature that belongs with the domain in From, whatever SPF and DMARC say. Elsewhere it counts in your favour: it holds when the mail is forwarded. A subdomain of yours, or the domain above, will do.',
      fix: {
        foreign: () =>
          'Turn on DKIM for your own domain in your sending service and publish the records that it shows. A signature of the service’s may stay beside it.',
        unsigned: () =>
          'Turn on DKIM for your own domain in your sending service and publish the records that it shows.',
      },
      problems: {
        foreign: ({ signers }) =>
          signers === ''
            ? 'The mail has a signature, but for which domain cannot be read.'
            : `The mail is signed for ${signers}, which does not belong with the domain in From.`,
        unsigned: () => 'The mail was delivered without a DKIM signature.',
      },
    },
    sv: {
      title: 'En DKIM-signatur från din egen domän',
      heading: {
        foreign: () => 'Bara andra signerar mejlet',
        unsigned: () => 'Mejlet skickades utan signatur',
      },
      mend: {
        foreign: () => 'Låt mejlet signeras för din egen domän',
        unsigned: () => 'Låt mejlet signeras för din egen domän',
      },
      why: 'GMX och WEB.DE avvisar mejl utan en DKIM-signatur som hör ihop med avsändardomänen (From), vad SPF och DMARC än säger. Hos andra talar den för dig, för den håller när mejlet vidarebefordras. Det går bra med en underdomän, eller med domänen ovanför.',
      fix: {
        foreign: () =>
          'Slå på DKIM för din egen domän i din utskickstjänst och publicera posterna som den visar. Tjänstens egen signatur kan vara kvar bredvid.',
        unsigned: () =>
          'Slå på DKIM för din egen domän i din utskickstjänst och publicera posterna som den visar.',
      },
      problems: {
        foreign: ({ signers }) =>
          signers === ''
            ? 'Mejlet har en signatur, men det går inte att läsa för vilken domän.'
            : `Mejlet är signerat för ${signers}, som inte hör ihop med avsändardomänen.`,
        unsigned: () => 'Mejlet levererades utan DKIM-signatur.',
      },
    },
  },
  examples: {
    good: [
      {},
      { zone: { '_dmarc.example.se': 'NXDOMAIN' } },
      { zone: { '_dmarc.example.se': 'SERVFAIL' } },
      { from: 'a@news.example.se', mailFrom: 'mejl.example.se' },
    ],
    bad: [
      { world: { eml: signedBy('service.example') }, finds: 'foreign' },
      { world: { eml: signedBy('/') }, finds: 'foreign' },
      {
        world: { eml: signedBy('service.example'), zone: { '_dmarc.example.se': 'NXDOMAIN' } },
        finds: 'foreign',
      },
      {
        world: {
          routes: [
            {
              transport: 'authsmtp',
              mailFrom: 'mejl.example.se',
              dkim: [{ d: 'service.example', s: 'x' }],
            },
          ],
        },
        finds: 'foreign',
      },
      {
        world: {
          dkimSelectors: ['s1._domainkey.tjanst.example'],
          zone: {
            's1._domainkey.tjanst.example': {
              TXT: ['v=DKIM1; k=ed25519; p=1DDcS2Y3BitJRAFwBzOzaizZ86LT2YWhHjvWcs/WVXc='],
            },
          },
        },
        finds: 'foreign',
      },
      { world: { eml: unsigned }, finds: 'unsigned' },
    ],
  },
});
