import { defineRule, notApplicable, problem, unanswered } from '#rule';

export default defineRule({
  id: 'tls-reports-record',
  severity: 'minor',
  reference: 'RFC 8460 section 3; RFC 6068 section 2 (mailto)',
  needs: ['tlsReports'],
  check({ tlsReports: { domain, record, addresses, lost, meant } }) {
    const { name, state, texts, isAlias } = record;
    if (state === 'unanswered') return unanswered([`${name} TXT`]);
    if (state === 'none') return notApplicable('no-record');
    const [text = null] = texts;
    const box = !isAlias;
    const publish = (old: string | null, next: string | null) =>
      box ? { change: { kind: 'dns', type: 'TXT', name, old, new: next } as const } : {};
    if (state === 'several') {
      return texts.slice(1).map((one) => problem('several', { name, box }, publish(one, null)));
    }
    const kept = meant.length > 0 ? meant : [`mailto:tls-reports@${domain}`];
    const next = `v=TLSRPTv1; rua=${kept.join(',')}`;
    if (state === 'misspelt') return [problem('misspelt', { name, box }, publish(text, next))];
    if (lost.length > 0) {
      return [problem('lost', { name, box, parts: lost.join('; ').slice(0, 120) }, publish(text, next))];
    }
    return addresses.length === 0 ? [problem('nobody', { name, box }, publish(text, next))] : [];
  },
  words: {
    en: {
      title: 'TLS-RPT record',
      heading: {
        several: ({ name }) => `More than one TLS-RPT record at ${name}`,
        misspelt: ({ name }) => `The record at ${name} cannot be read`,
        lost: ({ name }) => `An address in the record at ${name} cannot be read`,
        nobody: ({ name }) => `The record at ${name} says nowhere to report to`,
      },
      mend: {
        several: () => 'Keep one TLS-RPT record',
        misspelt: () => 'Write the TLS-RPT record anew',
        lost: () => 'Correct the address for TLS reports',
        nobody: () => 'Say where TLS reports go',
      },
      why: 'Nobody sends reports to what cannot be read, so you never hear that mail to you could not be delivered with encryption.',
      fix: {
        several: ({ box }) => (box ? 'Take the record below away.' : alias.en),
        misspelt: ({ box }) => (box ? change.en : alias.en),
        lost: ({ box }) => (box ? change.en : alias.en),
        nobody: ({ box }) => (box ? change.en : alias.en),
      },
      problems: {
        several: ({ name }) => `There is more than one record at ${name}, which counts as none.`,
        misspelt: ({ name }) => `The record at ${name} does not begin with v=TLSRPTv1; and counts as none.`,
        lost: ({ name, parts }) => `In the record at ${name} this is no address for reports: ${parts}.`,
        nobody: ({ name }) => `The record at ${name} has no rua=.`,
      },
    },
    sv: {
      title: 'TLS-RPT-post',
      heading: {
        several: ({ name }) => `Mer än en TLS-RPT-post för ${name}`,
        misspelt: ({ name }) => `Posten för ${name} går inte att läsa`,
        lost: ({ name }) => `En adress i posten för ${name} går inte att läsa`,
        nobody: ({ name }) => `Posten för ${name} säger inte vart rapporter ska`,
      },
      mend: {
        several: () => 'Behåll en TLS-RPT-post',
        misspelt: () => 'Skriv om TLS-RPT-posten',
        lost: () => 'Rätta adressen för TLS-rapporter',
        nobody: () => 'Säg vart TLS-rapporter ska',
      },
      why: 'Ingen skickar rapporter till något som inte går att läsa, så du får aldrig veta att mejl till dig inte gick att leverera krypterat.',
      fix: {
        several: ({ box }) => (box ? 'Ta bort posten nedan.' : alias.sv),
        misspelt: ({ box }) => (box ? change.sv : alias.sv),
        lost: ({ box }) => (box ? change.sv : alias.sv),
        nobody: ({ box }) => (box ? change.sv : alias.sv),
      },
      problems: {
        several: ({ name }) => `Det finns mer än en post för ${name}, och då räknas ingen.`,
        misspelt: ({ name }) => `Posten för ${name} börjar inte med v=TLSRPTv1; och räknas inte.`,
        lost: ({ name, parts }) => `I posten för ${name} är det här ingen adress för rapporter: ${parts}.`,
        nobody: ({ name }) => `Posten för ${name} saknar rua=.`,
      },
    },
  },
  examples: {
    good: [
      {},
      {
        zone: {
          '_smtp._tls.example.se': {
            TXT: ['v=TLSRPTv1;rua=mailto:a@example.se , https://r.example/v1/tls?x=1;future=1'],
          },
        },
      },
    ],
    bad: [
      {
        world: {
          zone: { '_smtp._tls.example.se': { TXT: ['v=TLSRPTv1; rua=mailto:a@b.se', 'v=TLSRPTv1; x=1'] } },
        },
        finds: 'several',
      },
      {
        world: { zone: { '_smtp._tls.example.se': { TXT: ['v=TLSRPT1; rua=mailto:a@b.se'] } } },
        finds: 'misspelt',
      },
      {
        world: { zone: { '_smtp._tls.example.se': { TXT: ['v=TLSRPTv1 rua=mailto:a@b.se'] } } },
        finds: 'misspelt',
      },
      { world: { zone: { '_smtp._tls.example.se': { TXT: ['v=TLSRPTv1; rua=a@b.se'] } } }, finds: 'lost' },
      { world: { zone: { '_smtp._tls.example.se': { TXT: ['v=TLSRPTv1;'] } } }, finds: 'nobody' },
    ],
  },
});

const change = {
  en: 'Change the record to the one below, with an address that takes mail: mailto: or https:// before each, and commas between several.',
  sv: 'Ändra posten till den nedan, med en adress som tar emot mejl: mailto: eller https:// före varje, och kommatecken mellan flera.',
};
const alias = {
  en: 'The name is an alias (CNAME). Ask the service that it leads to to correct the record there.',
  sv: 'Namnet är ett alias (CNAME). Be tjänsten som det leder till att rätta posten där.',
};
