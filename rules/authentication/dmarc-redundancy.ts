import { defineRule, notApplicable, problem, unanswered, unknown } from '#rule';
import { isStrong, keyOf, relevantKeys } from '../repairs/dkim-keys.ts';
import { mendedBox } from '../repairs/dmarc-record.ts';
import { byHand, changes } from '../repairs/dmarc-words.ts';

export default defineRule({
  id: 'dmarc-redundancy',
  severity: 'advice',
  reference:
    'RFC 9989 sections 4.4, 4.5, 4.10 (psd) and 5.1 (one aligned identifier is needed, two are advised), May 2026',
  needs: ['dmarc', 'dkim', 'dmarcPassing'],
  check(facts, { policy }) {
    const { dmarc, dkim } = facts;
    const { applied, spfAlignment, signers, mailFrom, domain } = dmarc;
    if (applied === 'none') return notApplicable('no-record');
    if (mailFrom === null || spfAlignment === null) return notApplicable('no-mail-from');
    if (applied === 'unknown') return unknown('unanswered');
    const alignmentOf = (signer: string | null) => signers.find((one) => one.domain === signer)?.alignment;
    const { leastBits } = policy.dkim;
    // A message shows what signs; a template is signed by what is named for it.
    const signing =
      dkim.signatures.length > 0
        ? dkim.signatures
            .filter((one) => one.result !== 'fail' && isStrong(keyOf(dkim, one), leastBits))
            .map((one) => ({
              domain: one.domain ?? '',
              type: keyOf(dkim, one)?.record?.type,
              name: `${one.selector}._domainkey.${one.domain}`,
              silent: one.result === 'unknown',
            }))
        : relevantKeys(dkim)
            .filter((key) => /^(?:usable|unanswered)$/.test(key.state) && isStrong(key, leastBits))
            .map(({ domain, name, state, record }) => {
              return { domain, type: record?.type, name, silent: state === 'unanswered' };
            });
    const aligned = signing.filter((one) => alignmentOf(one.domain) !== 'not-aligned');
    const carrier = aligned.find((one) => !one.silent && alignmentOf(one.domain) === 'aligned');
    if (!carrier && dkim.keys.length === 0 && dkim.signatures.length === 0) {
      return unknown('not-given', 'dkim-selector');
    }
    // Where large receivers do not read the key it passes by nothing, as dmarc-alignment says.
    const isRead = aligned.some(({ type, silent }) => !silent && type !== 'ed25519');
    const isOpen = aligned.some(({ silent }) => silent) && !isRead && spfAlignment === 'not-aligned';
    if (spfAlignment === 'unknown' || isOpen || (!carrier && aligned.length > 0)) {
      const silent = aligned.filter((one) => one.silent).map(({ name }) => `${name} TXT`);
      return unanswered(silent.length > 0 ? silent : [`_dmarc.${mailFrom} TXT`]);
    }
    const data = { author: domain, mailFrom, signer: carrier?.domain ?? '' };
    if (carrier && isRead && spfAlignment === 'not-aligned') {
      const { record, isSuffix } = applied;
      const barred = dmarc.barredByStrict.includes(mailFrom) && !isSuffix;
      const parting = barred ? null : dmarc.partedBy;
      if (parting?.record) {
        const { record: apart, domain: at } = parting;
        // Above From it also says which policy applies to it: without the tag that may be a weaker one.
        const isAbove = at !== domain && at === record.domain;
        const found = mendedBox(facts, apart);
        const told = { ...data, ...found.data, psd: apart.psd, isAuthor: at === domain, isAbove };
        return [problem('parted', told, isAbove ? {} : found.more)];
      }
      const found = barred ? mendedBox(facts, record) : null;
      const { changed = '', wakes = '', lowered = '' } = found?.data ?? {};
      const told = { ...data, barred, at: record.domain, changed, wakes, lowered };
      return [problem('dkimAlone', told, found?.more ?? {})];
    }
    // That neither does is the matter of dmarc-alignment, and no pass here.
    if (spfAlignment === 'not-aligned') {
      const isSent = dkim.trace !== 'none' || dkim.keys.some(({ state }) => state === 'usable');
      return unknown('needs-dkim', isSent ? 'sent-message' : 'dkim-selector');
    }
    return carrier ? [] : [problem('spfAlone', data)];
  },
  words: {
    en: {
      title: 'Two legs for DMARC: SPF and DKIM',
      heading: {
        spfAlone: () => 'DMARC rests on SPF alone',
        dkimAlone: () => 'DMARC rests on DKIM alone',
        parted: () => 'DMARC rests on DKIM alone: a psd tag parts your domains',
      },
      mend: {
        spfAlone: ({ author }) => `Have mail signed for ${author.slice(0, 30)}`,
        dkimAlone: ({ barred }) =>
          barred ? 'Take aspf=s out of the DMARC record' : 'Use a sending subdomain of your own',
        parted: ({ psd, isAbove }) =>
          isAbove
            ? 'Use a sending subdomain under the same record'
            : `Take psd=${psd} out of the DMARC record`,
      },
      why: 'The mail passes DMARC today, but by one of the two ways only, and when that one fails the mail counts as forged. SPF fails whenever somebody forwards the mail; DKIM fails when something on the way changes it or the key is out of order.',
      fix: {
        spfAlone: ({ author }) =>
          `Turn on DKIM for ${author} in your sending service and publish the records that it shows. GMX and WEB.DE demand a signature that belongs with From; SPF is not enough for them.`,
        dkimAlone: ({ author, barred, at, mailFrom, changed, wakes, lowered }) =>
          barred
            ? `Take aspf=s out of the DMARC record at _dmarc.${at}. It asks for exactly ${author} in the address for bounces; without it ${mailFrom} counts too.${changes.en({ changed, wakes, lowered })}`
            : `Set up a sending subdomain (MAIL FROM), such as mejl.${author}, in your sending service, and publish the MX and TXT records that it shows.`,
        parted: ({ domain, box, psd, isAuthor, isAbove, changed, wakes, lowered }) => {
          if (isAbove)
            return `Use a sending subdomain (MAIL FROM) under ${domain}: it counts as yours. To take psd=${psd} away may bring the policy of a domain further up into force for your mail.`;
          const without =
            box === 'shown'
              ? `Publish the record below in its place, without psd=${psd}.${changes.en({ changed, wakes, lowered })}`
              : byHand.en(domain, box, `take psd=${psd} away`);
          return isAuthor
            ? without
            : `${without} Or take that whole record away, if the policy of the domain above is to apply there too.`;
        },
      },
      problems: {
        spfAlone: ({ author, mailFrom }) =>
          `It passes by SPF for ${mailFrom}. No DKIM signature that belongs with ${author} is known of.`,
        dkimAlone: ({ author, mailFrom, signer }) =>
          `It passes by DKIM for ${signer}. Bounces go to ${mailFrom}, which does not belong with ${author}, so SPF does not count.`,
        parted: ({ author, mailFrom, signer, domain, psd }) =>
          `It passes by DKIM for ${signer}. Bounces go to ${mailFrom}, but psd=${psd} in the DMARC record of ${domain} parts it from ${author}, so SPF does not count.`,
      },
    },
    sv: {
      title: 'Två ben för DMARC: SPF och DKIM',
      heading: {
        spfAlone: () => 'DMARC vilar på bara SPF',
        dkimAlone: () => 'DMARC vilar på bara DKIM',
        parted: () => 'DMARC vilar på bara DKIM: taggen psd skiljer dina domäner åt',
      },
      mend: {
        spfAlone: ({ author }) => `Låt mejlen signeras för ${author.slice(0, 30)}`,
        dkimAlone: ({ barred }) =>
          barred ? 'Ta bort aspf=s ur DMARC-posten' : 'Använd en egen underdomän för utskick',
        parted: ({ psd, isAbove }) =>
          isAbove ? 'Använd en underdomän under samma post' : `Ta bort psd=${psd} ur DMARC-posten`,
      },
      why: 'Mejlet klarar DMARC i dag, men på bara ett av de två sätten, och när det sviker räknas mejlet som förfalskat. SPF sviker så fort någon vidarebefordrar mejlet. DKIM sviker när något på vägen ändrar det eller när nyckeln inte fungerar.',
      fix: {
        spfAlone: ({ author }) =>
          `Slå på DKIM för ${author} i din utskickstjänst och publicera posterna som den visar. GMX och WEB.DE kräver en signatur som hör ihop med avsändardomänen (From), och SPF räcker inte för dem.`,
        dkimAlone: ({ author, barred, at, mailFrom, changed, wakes, lowered }) =>
          barred
            ? `Ta bort aspf=s ur DMARC-posten på _dmarc.${at}. Den kräver exakt ${author} i adressen för studsar. Utan den räknas ${mailFrom} också.${changes.sv({ changed, wakes, lowered })}`
            : `Sätt upp en underdomän för utskick (MAIL FROM), till exempel mejl.${author}, i din utskickstjänst, och publicera MX- och TXT-posterna som den visar.`,
        parted: ({ domain, box, psd, isAuthor, isAbove, changed, wakes, lowered }) => {
          if (isAbove)
            return `Använd en underdomän för utskick (MAIL FROM) under ${domain}: den räknas som din. Tar du bort psd=${psd} kan policyn för en domän längre upp börja gälla för dina mejl.`;
          const without =
            box === 'shown'
              ? `Publicera posten nedan i stället, utan psd=${psd}.${changes.sv({ changed, wakes, lowered })}`
              : byHand.sv(domain, box, `ta bort psd=${psd}`);
          return isAuthor
            ? without
            : `${without} Eller ta bort hela den posten, om policyn för domänen ovanför ska gälla där också.`;
        },
      },
      problems: {
        spfAlone: ({ author, mailFrom }) =>
          `Det klarar sig med SPF för ${mailFrom}. Ingen DKIM-signatur som hör ihop med ${author} är känd.`,
        dkimAlone: ({ author, mailFrom, signer }) =>
          `Det klarar sig med DKIM för ${signer}. Studsarna går till ${mailFrom}, som inte hör ihop med ${author}, så SPF räknas inte.`,
        parted: ({ author, mailFrom, signer, domain, psd }) =>
          `Det klarar sig med DKIM för ${signer}. Studsarna går till ${mailFrom}, men psd=${psd} i DMARC-posten för ${domain} skiljer den från ${author}, så SPF räknas inte.`,
      },
    },
  },
  examples: {
    good: [{}, { from: 'a@news.example.se' }],
    bad: [
      {
        world: { zone: { '_dmarc.mejl.example.se': { TXT: ['v=DMARC1; p=none; psd=n'] } } },
        finds: 'parted',
      },
      { world: { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=none; psd=y'] } } }, finds: 'parted' },
      { world: { mailFrom: 'bounce.service.example' }, finds: 'dkimAlone' },
      {
        world: { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=reject; aspf=s'] } } },
        finds: 'dkimAlone',
      },
      { world: { zone: { 's1._domainkey.example.se': 'NXDOMAIN' } }, finds: 'spfAlone' },
      {
        world: {
          routes: [
            { transport: 'ses', mailFrom: 'mejl.example.se', dkim: [{ d: 'example.se', s: 's1' }] },
            {
              transport: 'authsmtp',
              mailFrom: 'bounce.service.example',
              dkim: [{ d: 'example.se', s: 's1' }],
            },
          ],
        },
        finds: 'dkimAlone',
      },
    ],
  },
});
