import { defineRule, notApplicable, problem, unknown } from '#rule';
import { isAbsent } from '../repairs/absent-domain.ts';
import { begins, mendedRecord } from '../repairs/dmarc-record.ts';
import { asking, beginning } from '../repairs/dmarc-words.ts';
import { loweredWords, movedDmarc, movedWords, unmoved } from '../repairs/doubled-names.ts';

export default defineRule({
  id: 'dmarc-policy',
  severity: 'blocker',
  reference:
    'RFC 9989 sections 4.7 and 4.10; RFC 7489 section 6.6.3; Gmail and Outlook.com sender requirements, as of 2026-11',
  needs: ['dmarc', 'dmarcPassing', 'doubledNames', 'author', 'zone'],
  check(facts) {
    const { dmarc, doubledNames, author, zone } = facts;
    const { domain, registeredDomain, applied } = dmarc;
    const { steps } = dmarc.author;
    if (steps[0]?.state === 'several') return [problem('several', { domain })];
    if (applied === 'unknown') return unknown('unanswered');
    // A public suffix's record is the registry's: older receivers do not see it, and the sender has published none.
    const isOwn = applied !== 'none' && (!applied.isSuffix || applied.record.domain === domain);
    const record = isOwn ? applied.record : null;
    if (isOwn && applied.policy !== null) return [];
    const several = steps.find(({ state }) => state === 'several');
    if (!record && several) return [problem('several', { domain: several.domain })];
    const near = record ? undefined : steps.find(({ misspelt }) => misspelt !== null);
    const at = record?.domain ?? near?.domain ?? registeredDomain;
    if (steps.some((step) => step.domain === at && step.isAlias)) return [problem('alias', { domain: at })];
    const put = (old: string | null, text: string | null) =>
      text === null
        ? {}
        : { change: { kind: 'dns', type: 'TXT', name: `_dmarc.${at}`, old, new: text } as const };
    if (record) {
      const { wrong, text } = record;
      const next = mendedRecord(facts, record);
      const data = { domain: at, parts: wrong.join(', ').slice(0, 120), clear: next !== null };
      return [problem('powerless', { ...data, ...begins(facts, record, next) }, put(text, next))];
    }
    if (near?.misspelt) {
      const { text, meant } = near.misspelt;
      const next = meant && mendedRecord(facts, meant);
      const asks = next !== null && meant?.rua.length === 0;
      const data = { domain: at, clear: next !== null, asks, ...begins(facts, meant, next) };
      return [problem('misspelt', data, put(text, next))];
    }
    // That it has no records is told by the check that it exists.
    if (isAbsent({ author, zone })) return notApplicable('no-domain');
    const moved = movedDmarc(dmarc, doubledNames);
    if (moved) {
      const told = { ...moved.data, lowered: moved.lowered };
      return [problem('missing', { domain, registeredDomain, ...told }, { change: moved.change })];
    }
    const start = `v=DMARC1; p=none; rua=mailto:dmarc@${registeredDomain}`;
    return [problem('missing', { domain, registeredDomain, ...unmoved, lowered: '' }, put(null, start))];
  },
  words: {
    en: {
      title: 'DMARC policy',
      heading: {
        missing: ({ domain }) => `The domain ${domain} has no DMARC policy`,
        misspelt: ({ domain }) => `The DMARC record of ${domain} cannot be read`,
        alias: ({ domain }) => `The DMARC alias of ${domain} leads to no record`,
        several: ({ domain }) => `The domain ${domain} has more than one DMARC record`,
        powerless: ({ domain }) => `The DMARC record of ${domain} has no valid policy`,
      },
      mend: {
        missing: () => 'Publish a DMARC policy',
        misspelt: () => 'Correct the DMARC record',
        alias: () => 'Replace the alias with a DMARC record',
        several: () => 'Keep only one DMARC record',
        powerless: () => 'Put a valid policy in the DMARC record',
      },
      why: 'Without a DMARC policy, large mailings are turned away or go to spam: Gmail and Outlook.com require one of everyone who sends them more than about 5,000 messages a day, Yahoo of all who send in bulk. DMARC is a DNS record that says what receivers should do with mail that only pretends to be yours.',
      fix: {
        missing: ({ registeredDomain, at, label, zone, lowered }) =>
          at
            ? `Publish the record below.${movedWords.en({ at, label, zone })}${loweredWords.en(lowered)}`
            : `Publish the record below. It changes nothing for your mail, but lets you collect reports. Make sure that dmarc@${registeredDomain} can receive mail, or write another address.`,
        misspelt: ({ domain, clear, asks, wakes, lowered }) =>
          clear
            ? `Publish the record below in its place: no quotes, v=DMARC1 first, a semicolon after each part. See that the policy (p=) is the one you meant.${beginning.en({ wakes, lowered })}${asks ? asking.en(domain) : ''}`
            : 'Write the record anew: v=DMARC1; first, then p=none; (or quarantine, or reject) and the rest, with a semicolon after each part and no quotes.',
        alias: ({ domain }) =>
          `Ask the service that the CNAME at _dmarc.${domain} leads to for a DMARC record there, or put a TXT record of your own in place of the CNAME. One name cannot have both.`,
        several: ({ domain }) =>
          `Keep one TXT record at _dmarc.${domain} and take the others away: receivers ignore them all when there are several.`,
        powerless: ({ domain, clear, wakes, lowered }) =>
          clear
            ? `Publish the record below in its place. Write quarantine or reject in place of none if that is what you meant.${beginning.en({ wakes, lowered })}${asking.en(domain)}`
            : 'Write p=none; (or quarantine, or reject) right after v=DMARC1; and take away the parts that are not of the form name=value.',
      },
      problems: {
        missing: ({ domain, registeredDomain }) =>
          domain === registeredDomain
            ? `${domain} has no DMARC record.`
            : `Neither ${domain} nor ${registeredDomain} has a DMARC record.`,
        misspelt: ({ domain }) =>
          `${domain} has something like a DMARC record, but receivers cannot read it, so it does not count.`,
        alias: ({ domain }) =>
          `_dmarc.${domain} is an alias (CNAME), and where it leads there is no DMARC record that counts.`,
        several: ({ domain }) => `${domain} has more than one DMARC record, so none of them counts.`,
        powerless: ({ domain, parts }) =>
          parts
            ? `In the DMARC record of ${domain}, this is not none, quarantine or reject: ${parts}. There is no valid report address (rua) either, so receivers ignore the whole record.`
            : `The DMARC record of ${domain} has neither a policy (p=) nor a valid report address (rua), so receivers ignore it.`,
      },
    },
    sv: {
      title: 'DMARC-policy',
      heading: {
        missing: ({ domain }) => `Domänen ${domain} har ingen DMARC-policy`,
        misspelt: ({ domain }) => `DMARC-posten för ${domain} går inte att läsa`,
        alias: ({ domain }) => `Aliaset för DMARC på ${domain} leder inte till någon post`,
        several: ({ domain }) => `Domänen ${domain} har mer än en DMARC-post`,
        powerless: ({ domain }) => `DMARC-posten för ${domain} saknar giltig policy`,
      },
      mend: {
        missing: () => 'Publicera en DMARC-policy',
        misspelt: () => 'Rätta DMARC-posten',
        alias: () => 'Ersätt aliaset med en DMARC-post',
        several: () => 'Behåll bara en DMARC-post',
        powerless: () => 'Ange en giltig policy i DMARC-posten',
      },
      why: 'Utan en DMARC-policy avvisas stora utskick eller hamnar i skräpposten: Gmail och Outlook.com kräver en av alla som skickar dem mer än omkring 5\u00a0000 mejl om dagen, Yahoo av alla som gör massutskick. DMARC är en DNS-post som säger vad mottagarna ska göra med mejl som bara utger sig för att komma från dig.',
      fix: {
        missing: ({ registeredDomain, at, label, zone, lowered }) =>
          at
            ? `Publicera posten nedan.${movedWords.sv({ at, label, zone })}${loweredWords.sv(lowered)}`
            : `Publicera posten nedan. Den ändrar inget för dina mejl, men gör att du kan samla in rapporter. Se till att dmarc@${registeredDomain} kan ta emot mejl, eller ange en annan adress.`,
        misspelt: ({ domain, clear, asks, wakes, lowered }) =>
          clear
            ? `Publicera posten nedan i stället: inga citattecken, v=DMARC1 först, ett semikolon efter varje del. Kontrollera att policyn (p=) är den du menade.${beginning.sv({ wakes, lowered })}${asks ? asking.sv(domain) : ''}`
            : 'Skriv posten på nytt: v=DMARC1; först, sedan p=none; (eller quarantine, eller reject) och resten, med ett semikolon efter varje del och utan citattecken.',
        alias: ({ domain }) =>
          `Be tjänsten som CNAME-posten på _dmarc.${domain} leder till att lägga in en DMARC-post där, eller byt CNAME-posten mot en egen TXT-post. Båda kan inte finnas på samma namn.`,
        several: ({ domain }) =>
          `Behåll en enda TXT-post på _dmarc.${domain} och ta bort de andra. Finns det flera bryr sig mottagarna inte om någon av dem.`,
        powerless: ({ domain, clear, wakes, lowered }) =>
          clear
            ? `Publicera posten nedan i stället. Skriv quarantine eller reject i stället för none om det var det du menade.${beginning.sv({ wakes, lowered })}${asking.sv(domain)}`
            : 'Skriv p=none; (eller quarantine, eller reject) direkt efter v=DMARC1; och ta bort de delar som inte har formen namn=värde.',
      },
      problems: {
        missing: ({ domain, registeredDomain }) =>
          domain === registeredDomain
            ? `${domain} har ingen DMARC-post.`
            : `Varken ${domain} eller ${registeredDomain} har någon DMARC-post.`,
        misspelt: ({ domain }) =>
          `${domain} har något som liknar en DMARC-post, men mottagarna kan inte läsa den, så den räknas inte.`,
        alias: ({ domain }) =>
          `_dmarc.${domain} är ett alias (CNAME), och dit det leder finns ingen DMARC-post som räknas.`,
        several: ({ domain }) => `${domain} har mer än en DMARC-post, och då räknas ingen av dem.`,
        powerless: ({ domain, parts }) =>
          parts
            ? `I DMARC-posten för ${domain} är det här varken none, quarantine eller reject: ${parts}. Där finns heller ingen giltig rapportadress (rua), så mottagarna bortser från hela posten.`
            : `DMARC-posten för ${domain} har varken en policy (p=) eller en giltig rapportadress (rua), så mottagarna bortser från den.`,
      },
    },
  },
  examples: {
    good: [
      { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=none; sp=reject'] } } },
      { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; rua=mailto:d@example.se'] } } },
    ],
    bad: [
      {
        world: {
          zone: { '_dmarc.example.se': 'NXDOMAIN', '_dmarc.se': { TXT: ['v=DMARC1; p=reject; psd=y'] } },
        },
        finds: 'missing',
      },
      { world: { zone: { '_dmarc.example.se': 'NXDOMAIN' } }, finds: 'missing' },
      { world: { from: 'a@n.example.se', zone: { '_dmarc.example.se': 'NXDOMAIN' } }, finds: 'missing' },
      { world: { zone: { '_dmarc.example.se': { CNAME: ['gone.example'] } } }, finds: 'alias' },
      { world: { zone: { '_dmarc.example.se': { TXT: ['v=dmarc1; p=none'] } } }, finds: 'misspelt' },
      {
        world: { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] } } },
        finds: 'several',
      },
      {
        world: {
          from: 'a@news.example.se',
          zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] } },
        },
        finds: 'several',
      },
      { world: { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; sp=reject'] } } }, finds: 'powerless' },
      {
        world: { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=reject; sp=no'] } } },
        finds: 'powerless',
      },
      {
        world: {
          zone: { '_dmarc.example.se': { CNAME: ['d.example'] }, 'd.example': { TXT: ['v=dmarc1; p=none'] } },
        },
        finds: 'alias',
      },
      { world: { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1 reject'] } } }, finds: 'misspelt' },
      { world: { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; reject'] } } }, finds: 'powerless' },
      {
        world: { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1, p=reject, rua=mailto:d@example.se'] } } },
        finds: 'misspelt',
      },
    ],
  },
});
