import { defineRule, problem, unknown } from '#rule';
import { daneAlias, daneBox, overDane } from '../repairs/dane.ts';
import { askHost } from '../repairs/mail-servers.ts';

export default defineRule({
  id: 'dane-match',
  severity: 'minor',
  reference: 'RFC 7672 sections 2.2, 3.1 and 3.2; RFC 6698 section 2.1',
  needs: ['dane'],
  check: ({ dane }) =>
    overDane(dane, (server) => {
      const { records, matched } = server;
      const usable = records.filter((one) => one.usable);
      // That none can be used is the matter of dane-usage.
      if (usable.length === 0) return [];
      if (matched === null) return unknown(dane.unasked ?? 'servers-silent');
      if (matched) return [];
      const { data, more } = daneBox(server, usable[0]?.text ?? null);
      return [problem('mismatch', data, more)];
    }),
  words: {
    en: {
      title: 'DANE and the certificate agree',
      heading: { mismatch: ({ host }) => `The DANE records of ${host} do not fit its certificate` },
      mend: { mismatch: () => 'Publish the TLSA record of the certificate' },
      why: 'Senders that heed DANE do not deliver to this server: to them it looks like one that poses as yours. Replies and bounces are put off and then lost.',
      fix: {
        mismatch: (said) =>
          said.alias !== ''
            ? daneAlias.en(said)
            : said.box
              ? 'Change the record to the one below, which fits the key that the server uses now. Each time the key changes, publish the new record first, beside the old one.'
              : `The TLSA record must fit the certificate that the server shows. ${askHost.en}`,
      },
      problems: { mismatch: ({ host }) => `No TLSA record of ${host} fits the certificate that it shows.` },
    },
    sv: {
      title: 'DANE och certifikatet stämmer överens',
      heading: { mismatch: ({ host }) => `DANE-posterna för ${host} passar inte certifikatet` },
      mend: { mismatch: () => 'Publicera TLSA-posten för certifikatet' },
      why: 'Avsändare som följer DANE levererar inte till den här servern, för dem ser den ut som en som utger sig för att vara din. Svar och studsar skjuts upp och går sedan förlorade.',
      fix: {
        mismatch: (said) =>
          said.alias !== ''
            ? daneAlias.sv(said)
            : said.box
              ? 'Ändra posten till den nedan, som passar nyckeln som servern använder nu. Publicera den nya posten först, bredvid den gamla, varje gång nyckeln byts.'
              : `TLSA-posten ska passa certifikatet som servern visar. ${askHost.sv}`,
      },
      problems: { mismatch: ({ host }) => `Ingen TLSA-post för ${host} passar certifikatet som den visar.` },
    },
  },
  examples: {
    good: [
      {},
      {
        zone: {
          '_25._tcp.in.example.se': { TLSA: [`3 1 1 ${'cd'.repeat(32)}`, `3 1 1 ${'ab'.repeat(32)}`] },
        },
      },
    ],
    bad: [
      {
        world: { zone: { '_25._tcp.in.example.se': { TLSA: [`3 1 1 ${'cd'.repeat(32)}`] } } },
        finds: 'mismatch',
      },
      {
        world: {
          zone: {
            '_25._tcp.in.example.se': { CNAME: ['_dane.example.se'] },
            '_dane.example.se': { TLSA: [`3 1 1 ${'cd'.repeat(32)}`] },
          },
        },
        finds: 'mismatch',
      },
    ],
  },
});
