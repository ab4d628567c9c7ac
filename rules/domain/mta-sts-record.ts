import { defineRule, notApplicable, problem, unanswered } from '#rule';
import { movedSts, movedWords, unmoved } from '../repairs/doubled-names.ts';
import { stsRecord } from '../repairs/mail-servers.ts';

export default defineRule({
  id: 'mta-sts-record',
  severity: 'minor',
  reference: 'RFC 8461 section 3.1',
  needs: ['mtaSts', 'doubledNames'],
  check({ mtaSts: { domain, record, id, policy }, doubledNames }, { now }) {
    const { name, state, texts, isAlias } = record;
    if (state === 'unanswered') return unanswered([`${name} TXT`]);
    const [text = null] = texts;
    const box = !isAlias;
    const publish = (old: string | null, next: string | null) =>
      box ? { change: { kind: 'dns', type: 'TXT', name, old, new: next } as const } : {};
    if (state === 'none') {
      if (policy.state !== 'read' || policy.faults.length > 0) return notApplicable('no-record');
      const moved = movedSts(doubledNames, name);
      if (moved) return [problem('missing', { domain, name, ...moved.data }, { change: moved.change })];
      return [problem('missing', { domain, name, ...unmoved }, publish(null, stsRecord(now)))];
    }
    if (state === 'several') {
      return texts.slice(1).map((one) => problem('several', { name, box }, publish(one, null)));
    }
    if (state === 'misspelt') return [problem('misspelt', { name, box }, publish(text, stsRecord(now)))];
    return id === null ? [problem('id', { name, box }, publish(text, stsRecord(now)))] : [];
  },
  words: {
    en: {
      title: 'MTA-STS record',
      heading: {
        missing: ({ domain }) => `The MTA-STS policy of ${domain} is not announced in DNS`,
        several: ({ name }) => `More than one MTA-STS record at ${name}`,
        misspelt: ({ name }) => `The record at ${name} cannot be read`,
        id: ({ name }) => `The record at ${name} has no valid id`,
      },
      mend: {
        missing: () => 'Publish the MTA-STS record',
        several: () => 'Keep one MTA-STS record',
        misspelt: () => 'Write the MTA-STS record anew',
        id: () => 'Give the MTA-STS record an id',
      },
      why: 'Senders go on as if you had no MTA-STS: mail to you arrives, but nothing makes them encrypt it.',
      fix: {
        missing: ({ at, label, zone }) =>
          `The policy file is in place; publish the record below, so that senders look for it.${movedWords.en({ at, label, zone })}`,
        several: ({ box }) => (box ? 'Take the record below away.' : alias.en),
        misspelt: ({ box }) => (box ? 'Change the record to the one below.' : alias.en),
        id: ({ box }) =>
          box
            ? 'Change the record to the one below: an id is 1 to 32 letters and digits, and a new one each time the policy changes.'
            : alias.en,
      },
      problems: {
        missing: ({ domain, name }) => `${domain} has a policy file, but no record at ${name}.`,
        several: ({ name }) => `There is more than one record at ${name}, which counts as none.`,
        misspelt: ({ name }) => `The record at ${name} does not begin with v=STSv1; and counts as none.`,
        id: ({ name }) => `The record at ${name} has no id of letters and digits, and counts as none.`,
      },
    },
    sv: {
      title: 'MTA-STS-post',
      heading: {
        missing: ({ domain }) => `MTA-STS för ${domain} är inte tillkännagiven i DNS`,
        several: ({ name }) => `Mer än en MTA-STS-post för ${name}`,
        misspelt: ({ name }) => `Posten för ${name} går inte att läsa`,
        id: ({ name }) => `Posten för ${name} saknar giltigt id`,
      },
      mend: {
        missing: () => 'Publicera MTA-STS-posten',
        several: () => 'Behåll en MTA-STS-post',
        misspelt: () => 'Skriv om MTA-STS-posten',
        id: () => 'Ge MTA-STS-posten ett id',
      },
      why: 'Avsändare gör som om du inte hade MTA-STS. Mejl till dig kommer fram, men inget får dem att kryptera det.',
      fix: {
        missing: ({ at, label, zone }) =>
          `Regelfilen finns på plats. Publicera posten nedan, så att avsändare letar efter den.${movedWords.sv({ at, label, zone })}`,
        several: ({ box }) => (box ? 'Ta bort posten nedan.' : alias.sv),
        misspelt: ({ box }) => (box ? 'Ändra posten till den nedan.' : alias.sv),
        id: ({ box }) =>
          box
            ? 'Ändra posten till den nedan. Ett id är 1 till 32 bokstäver och siffror, och ett nytt varje gång regelfilen ändras.'
            : alias.sv,
      },
      problems: {
        missing: ({ domain, name }) => `${domain} har en regelfil, men ingen post för ${name}.`,
        several: ({ name }) => `Det finns mer än en post för ${name}, och då räknas ingen.`,
        misspelt: ({ name }) => `Posten för ${name} börjar inte med v=STSv1; och räknas inte.`,
        id: ({ name }) => `Posten för ${name} saknar ett id av bokstäver och siffror, och räknas inte.`,
      },
    },
  },
  examples: {
    good: [{}, { zone: { '_mta-sts.example.se': { TXT: ['v=STSv1;id=a1;', 'something else'] } } }],
    bad: [
      { world: { zone: { '_mta-sts.example.se': 'NXDOMAIN' } }, finds: 'missing' },
      {
        world: { zone: { '_mta-sts.example.se': { TXT: ['v=STSv1; id=1', 'v=STSv1; id=2'] } } },
        finds: 'several',
      },
      { world: { zone: { '_mta-sts.example.se': { TXT: ['v=STSV1; id=1'] } } }, finds: 'misspelt' },
      { world: { zone: { '_mta-sts.example.se': { TXT: ['v=STSv1 id=1'] } } }, finds: 'misspelt' },
      { world: { zone: { '_mta-sts.example.se': { TXT: ['v=STSv1; id=2026-11-01'] } } }, finds: 'id' },
      {
        world: {
          zone: {
            '_mta-sts.example.se': { CNAME: ['sts.example'] },
            'sts.example': { TXT: ['v=STSv1; id='] },
          },
        },
        finds: 'id',
      },
    ],
  },
});

const alias = {
  en: 'The name is an alias (CNAME). Ask the service that it leads to to correct the record there.',
  sv: 'Namnet är ett alias (CNAME). Be tjänsten som det leder till att rätta posten där.',
};
