import { defineRule, notApplicable, problem, unknown } from '#rule';
import { mendedBox } from '../repairs/dmarc-record.ts';
import { barredBox, waiting } from '../repairs/dmarc-steps.ts';
import { byHand, changes } from '../repairs/dmarc-words.ts';

export default defineRule({
  id: 'dmarc-older-receivers',
  severity: 'advice',
  reference: 'RFC 7489 sections 6.3 and 6.6.3 against RFC 9989 sections 4.7 and 4.10.1, May 2026',
  needs: ['dmarc', 'dmarcPassing'],
  check(facts) {
    const { dmarc } = facts;
    const { applied, older, domain: author } = dmarc;
    if (applied === 'none') return notApplicable('no-record');
    if (applied === 'unknown' || older === 'unknown') return unknown('unanswered');
    if (applied.policy === null) return notApplicable('faulty-record');
    if (older.state === 'several') return [problem('several', { author, policy: applied.policy })];
    // Where they see no record at all, dmarc-place says so.
    if (!older.record || older.policy === null) return [];
    const { record } = older;
    const found = [];
    if (!record.policyFirst) {
      const { data, more } = mendedBox(facts, record);
      found.push(problem('order', data, more));
    }
    if (older.policy !== applied.policy) {
      const data = { author, older: older.policy, policy: applied.policy, at: record.domain };
      found.push(problem('policy', { ...data, tag: applied.tag, place: applied.record.domain }));
    }
    if (older.percent < 100 && older.policy !== 'none') {
      const { data, more } = barredBox(facts, record);
      found.push(problem('share', { ...data, percent: older.percent, policy: older.policy }, more));
    }
    if (applied.effective !== applied.policy && older.policy === applied.policy) {
      const data = { author, policy: applied.policy, effective: applied.effective ?? 'none' };
      found.push(problem('testing', data));
    }
    return found;
  },
  words: {
    en: {
      title: 'Receivers with the older DMARC',
      heading: {
        several: () => 'Receivers with the older DMARC see no policy at all',
        order: () => 'Receivers with the older DMARC may not read the record',
        policy: ({ older }) => `Receivers with the older DMARC apply another policy: ${older}`,
        share: ({ percent }) => `Receivers with the older DMARC apply the policy to ${percent} % alone`,
        testing: ({ policy }) => `Receivers with the older DMARC apply ${policy} in full`,
      },
      mend: {
        several: () => 'Keep one DMARC record',
        order: () => 'Let p= come right after v=DMARC1',
        policy: () => 'Know that the two policies differ',
        share: () => 'Take pct away from the DMARC record',
        testing: () => 'End the test when the reports are good',
      },
      why: 'The same mail may be treated in two ways: some receivers follow the DMARC of 2026 (RFC 9989), others still that of 2015 (RFC 7489). For this domain the two come to different conclusions.',
      fix: {
        several: ({ author }) =>
          `Keep one TXT record at _dmarc.${author}, and take the others away: then all receivers read the same.`,
        order: ({ domain, box, changed, wakes, lowered }) =>
          box === 'shown'
            ? `Publish the record below in its place, in the order that all receivers read.${changes.en({ changed, wakes, lowered })}`
            : byHand.en(domain, box, 'let p= come right after v=DMARC1;'),
        policy: ({ tag, place, at }) =>
          tag === 'np'
            ? 'Nothing has to be done: the tag np is new, and receivers that do not know it go by sp or p.'
            : `If both are to do the same, let the records at _dmarc.${place} and _dmarc.${at} ask for the same policy.`,
        share: ({ domain, box, changed, wakes, lowered, waits }) =>
          `${waiting.en(waits)}Receivers with the newer DMARC already apply the policy to all mail that fails. Wait until the reports show that all your own mail passes. ${
            box === 'shown'
              ? `Then publish the record below in its place.${changes.en({ changed, wakes, lowered })}`
              : byHand.en(domain, box, 'take pct away')
          }`,
        testing: () =>
          'Read the reports first, and know that these receivers do not know t=y: for them the policy already holds.',
      },
      problems: {
        several: ({ author, policy }) =>
          `${author} has several DMARC records. Newer receivers pass over them and find ${policy} further up; older ones stop there.`,
        order: ({ domain }) => `In the DMARC record of ${domain}, p= does not come right after v=DMARC1.`,
        policy: ({ author, older, at, policy, place, tag }) =>
          `For mail from ${author}, newer receivers apply ${policy} (${tag} at ${place}), older ones ${older} (from ${at}).`,
        share: ({ domain, percent, policy }) =>
          `The DMARC record of ${domain} has pct=${percent}. Older receivers apply ${policy} to ${percent} % of the mail that fails, newer ones to all of it.`,
        testing: ({ author, policy, effective }) =>
          `For mail from ${author}, newer receivers go by ${effective} because of t=y. Older ones do not know t and go by ${policy}.`,
      },
    },
    sv: {
      title: 'Mottagare med äldre DMARC',
      heading: {
        several: () => 'Mottagare med äldre DMARC ser ingen policy alls',
        order: () => 'Mottagare med äldre DMARC kanske inte läser posten',
        policy: ({ older }) => `Mottagare med äldre DMARC använder en annan policy: ${older}`,
        share: ({ percent }) => `Mottagare med äldre DMARC använder policyn på bara ${percent} %`,
        testing: ({ policy }) => `Mottagare med äldre DMARC använder ${policy} fullt ut`,
      },
      mend: {
        several: () => 'Behåll en enda DMARC-post',
        order: () => 'Låt p= stå direkt efter v=DMARC1',
        policy: () => 'Känn till att de två policyerna skiljer sig',
        share: () => 'Ta bort pct ur DMARC-posten',
        testing: () => 'Avsluta provet när rapporterna ser bra ut',
      },
      why: 'Samma mejl kan behandlas på två sätt: en del mottagare följer DMARC från 2026 (RFC 9989), andra fortfarande den från 2015 (RFC 7489). För den här domänen kommer de fram till olika saker.',
      fix: {
        several: ({ author }) =>
          `Behåll en enda TXT-post på _dmarc.${author} och ta bort de andra. Då läser alla mottagare samma sak.`,
        order: ({ domain, box, changed, wakes, lowered }) =>
          box === 'shown'
            ? `Publicera posten nedan i stället, i den ordning som alla mottagare läser.${changes.sv({ changed, wakes, lowered })}`
            : byHand.sv(domain, box, 'låt p= stå direkt efter v=DMARC1;'),
        policy: ({ tag, place, at }) =>
          tag === 'np'
            ? 'Du behöver inte göra något: taggen np är ny, och mottagare som inte känner till den går efter sp eller p.'
            : `Ska båda göra samma sak, låt posterna på _dmarc.${place} och _dmarc.${at} begära samma policy.`,
        share: ({ domain, box, changed, wakes, lowered, waits }) =>
          `${waiting.sv(waits)}Mottagare med nyare DMARC använder redan policyn på alla mejl som underkänns. Vänta tills rapporterna visar att alla dina egna mejl godkänns. ${
            box === 'shown'
              ? `Publicera sedan posten nedan i stället.${changes.sv({ changed, wakes, lowered })}`
              : byHand.sv(domain, box, 'ta bort pct')
          }`,
        testing: () =>
          'Läs rapporterna först, och räkna med att de här mottagarna inte känner till t=y: för dem gäller policyn redan.',
      },
      problems: {
        several: ({ author, policy }) =>
          `${author} har flera DMARC-poster. Nyare mottagare hoppar över dem och hittar ${policy} längre upp. Äldre stannar där.`,
        order: ({ domain }) => `I DMARC-posten för ${domain} står p= inte direkt efter v=DMARC1.`,
        policy: ({ author, older, at, policy, place, tag }) =>
          `För mejl från ${author} använder nyare mottagare ${policy} (${tag} på ${place}), äldre ${older} (från ${at}).`,
        share: ({ domain, percent, policy }) =>
          `DMARC-posten för ${domain} har pct=${percent}. Äldre mottagare använder ${policy} på ${percent} % av de mejl som underkänns, nyare på alla.`,
        testing: ({ author, policy, effective }) =>
          `För mejl från ${author} går nyare mottagare efter ${effective} på grund av t=y. Äldre känner inte till t och går efter ${policy}.`,
      },
    },
  },
  examples: {
    good: [{}, { from: 'a@news.example.se' }],
    bad: [
      {
        world: {
          from: 'a@news.example.se',
          zone: { '_dmarc.news.example.se': { TXT: ['v=DMARC1; p=none', 'v=DMARC1; p=none'] } },
        },
        finds: 'several',
      },
      {
        world: {
          zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; rua=mailto:d@example.se; p=reject'] } },
        },
        finds: 'order',
      },
      {
        world: {
          from: 'a@news.example.se',
          zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=none; np=reject'] } },
        },
        finds: 'policy',
      },
      {
        world: {
          from: 'a@b.news.example.se',
          zone: {
            '_dmarc.news.example.se': { TXT: ['v=DMARC1; p=reject; psd=n'] },
            '_dmarc.example.se': { TXT: ['v=DMARC1; p=none'] },
          },
        },
        finds: 'policy',
      },
      {
        world: { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=reject; pct=10'] } } },
        finds: 'share',
      },
      { world: { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=reject; t=y'] } } }, finds: 'testing' },
    ],
  },
});
