import { defineRule, notApplicable, problem } from '#rule';

const signed = (times: string) =>
  `DKIM-Signature: v=1; a=rsa-sha256; d=example.se; s=s1; h=from; ${times} bh=AA==; b=AA==\nFrom: a@example.se\n\nHej!`;

export default defineRule({
  id: 'dkim-signature-life',
  severity: 'advice',
  reference: 'RFC 6376 section 3.5 (x=); RFC 5321 section 4.5.4.1 (mail is tried for 4 to 5 days)',
  needs: ['message', 'dkim'],
  check({ message, dkim: { signatures } }, { policy }) {
    if (!message.hasHeader) return notApplicable('template');
    if (signatures.length === 0) return notApplicable('no-signature');
    const own = signatures.filter((signature) => signature.own);
    if (own.length === 0) return notApplicable('not-yours');
    return own.flatMap(({ life, domain, at }) =>
      life !== null && life > 0 && life * 1000 < policy.dkim.lifeMs
        ? [problem('short', { domain: domain ?? '', hours: Math.max(1, Math.round(life / 3600)) }, { at })]
        : [],
    );
  },
  words: {
    en: {
      title: 'How long the DKIM signature holds',
      heading: { short: ({ hours }) => `The DKIM signature ends after about ${hours} hours` },
      mend: 'Let the signature hold for a week',
      why: 'Mail that is delayed may arrive without a valid signature: when a receiver is down or puts you off, your server tries again for 4 to 5 days. The signature says itself when it ends (x=).',
      fix: 'Ask your sending service to let the signature hold for at least a week, or to leave x= out.',
      problems: {
        short: ({ domain, hours }) =>
          `The signature for ${domain} ends about ${hours} hours after it was made (x=).`,
      },
    },
    sv: {
      title: 'Hur länge DKIM-signaturen håller',
      heading: { short: ({ hours }) => `DKIM-signaturen upphör efter ungefär ${hours} timmar` },
      mend: 'Låt signaturen gälla i en vecka',
      why: 'Mejl som blir försenade kan komma fram utan giltig signatur: när en mottagare är nere eller ber dig vänta försöker din server igen i 4–5 dygn. Signaturen säger själv när den upphör (x=).',
      fix: 'Be din utskickstjänst låta signaturen gälla i minst en vecka, eller ta bort x=.',
      problems: {
        short: ({ domain, hours }) =>
          `Signaturen för ${domain} upphör ungefär ${hours} timmar efter att den gjordes (x=).`,
      },
    },
  },
  examples: {
    good: [{ eml: signed('t=1795161600; x=1795766400;') }, { eml: signed('x=1795161601;') }],
    bad: [{ world: { eml: signed('t=1795161600; x=1795165200;') }, finds: 'short' }],
  },
});
