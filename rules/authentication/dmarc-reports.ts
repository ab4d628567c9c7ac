import { defineRule, notApplicable, problem, unknown } from '#rule';
import { mendedBox } from '../repairs/dmarc-record.ts';
import { changes } from '../repairs/dmarc-words.ts';

interface Told {
  domain: string;
  box: ReturnType<typeof mendedBox>['data']['box'];
  changed: string;
  wakes: string;
  lowered: string;
  parts: string;
}

const heading = {
  en: ({ domain }: Told) => `An address for DMARC reports about ${domain} cannot be read`,
  sv: ({ domain }: Told) => `En adress för DMARC-rapporter om ${domain} går inte att läsa`,
};

const mending = {
  en:
    (tag: 'rua' | 'ruf') =>
    ({ domain, box, changed, wakes, lowered }: Told) =>
      box === 'shown'
        ? `Change the record to the one below: mailto: before each address, and commas between several.${changes.en({ changed, wakes, lowered })}`
        : box === 'alias'
          ? `_dmarc.${domain} is an alias (CNAME). Ask the service that it leads to to correct the address there.`
          : `Write it as ${tag}=mailto:dmarc@${domain} with your own address, and commas between several.`,
  sv:
    (tag: 'rua' | 'ruf') =>
    ({ domain, box, changed, wakes, lowered }: Told) =>
      box === 'shown'
        ? `Ändra posten till den nedan: mailto: före varje adress, och kommatecken mellan flera.${changes.sv({ changed, wakes, lowered })}`
        : box === 'alias'
          ? `_dmarc.${domain} är ett alias (CNAME). Be tjänsten som det leder till att rätta adressen där.`
          : `Skriv ${tag}=mailto:dmarc@${domain} med din egen adress, och kommatecken mellan flera.`,
};

const lostParts = {
  en: ({ domain, parts }: Told) =>
    `In the DMARC record of ${domain}, this is no address for reports: ${parts}.`,
  sv: ({ domain, parts }: Told) =>
    `I DMARC-posten för ${domain} är det här ingen adress som rapporter kan skickas till: ${parts}.`,
};

export default defineRule({
  id: 'dmarc-reports',
  severity: 'minor',
  reference: 'RFC 9989 section 4.7 (rua and ruf); RFC 6068 section 2 (mailto)',
  needs: ['dmarc', 'dmarcPassing'],
  check(facts) {
    const { dmarc } = facts;
    const { applied } = dmarc;
    if (applied === 'unknown') return unknown('unanswered');
    if (applied === 'none') return notApplicable('no-record');
    // A record without any power is the matter of dmarc-policy.
    if (applied.policy === null) return notApplicable('faulty-record');
    const { record, isSuffix } = applied;
    const { domain, lost } = record;
    // Nobody but the registry can change the record of a public suffix.
    if (lost.length === 0 || (isSuffix && domain !== dmarc.domain)) return [];
    const { data, more } = mendedBox(facts, record);
    // Some who ask for reports ask for those of rua alone.
    const copies = lost.every((part) => part.startsWith('ruf='));
    const told = { ...data, parts: lost.join('; ').slice(0, 120) };
    return copies ? [problem('lostCopies', told, more)] : [problem('lost', told, more)];
  },
  words: {
    en: {
      title: 'Addresses for DMARC reports',
      heading: { lost: (told) => heading.en(told), lostCopies: (told) => heading.en(told) },
      mend: 'Correct the address for DMARC reports',
      why: 'DMARC reports tell you who sends mail in your name and how much of it is turned away. Nobody sends them to an address that cannot be read, and you never learn that they are missing.',
      fix: {
        lost: (told) => mending.en('rua')(told),
        lostCopies: (told) => mending.en('ruf')(told),
      },
      problems: {
        lost: (told) => lostParts.en(told),
        lostCopies: (told) => lostParts.en(told),
      },
    },
    sv: {
      title: 'Adresser för DMARC-rapporter',
      heading: { lost: (told) => heading.sv(told), lostCopies: (told) => heading.sv(told) },
      mend: 'Rätta adressen för DMARC-rapporter',
      why: 'DMARC-rapporterna visar vilka som skickar mejl i ditt namn och hur mycket som avvisas. Ingen skickar dem till en adress som inte går att läsa, och du får aldrig veta att de saknas.',
      fix: {
        lost: (told) => mending.sv('rua')(told),
        lostCopies: (told) => mending.sv('ruf')(told),
      },
      problems: {
        lost: (told) => lostParts.sv(told),
        lostCopies: (told) => lostParts.sv(told),
      },
    },
  },
  examples: {
    good: [
      {},
      { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=none'] } } },
      { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=none; rua=mailto:a@example.se!10m,'] } } },
    ],
    bad: [
      {
        world: {
          zone: {
            '_dmarc.example.se': {
              TXT: ['v=DMARC1; p=none; rua=mailto:dmarc@example.se; ruf=dmarc@example.se'],
            },
          },
        },
        finds: 'lostCopies',
      },
      {
        world: { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=none; rua=dmarc@example.se'] } } },
        finds: 'lost',
      },
      {
        world: {
          zone: {
            '_dmarc.example.se': { TXT: ['v=DMARC1; p=none; rua=mailto:a@example.se mailto:b@example.se'] },
          },
        },
        finds: 'lost',
      },
      {
        world: {
          zone: {
            '_dmarc.example.se': { CNAME: ['d.example'] },
            'd.example': { TXT: ['v=DMARC1; p=none; rua=d@example.se'] },
          },
        },
        finds: 'lost',
      },
    ],
  },
});
