import { defineRule, problem } from '#rule';
import { daneAlias, daneBox, overDane } from '../repairs/dane.ts';
import { askHost } from '../repairs/mail-servers.ts';

export default defineRule({
  id: 'dane-usage',
  severity: 'minor',
  reference: 'RFC 7672 sections 2.2 and 3.1.3 (usages 2 and 3 alone); RFC 6698 section 2.1',
  needs: ['dane'],
  check: ({ dane }) =>
    overDane(dane, (server) => {
      const { records } = server;
      if (records.some(({ usable }) => usable)) return [];
      const text = records[0]?.text ?? '';
      const { data, more } = daneBox(server, text);
      return [problem('unusable', { ...data, text: text.slice(0, 40) }, more)];
    }),
  words: {
    en: {
      title: 'DANE records that mail can use',
      heading: { unusable: ({ host }) => `The DANE records of ${host} cannot be used for mail` },
      mend: { unusable: () => 'Publish a TLSA record of usage 3 or 2' },
      why: 'Senders that heed DANE encrypt mail to you but cannot tell your server from one that poses as it: the records protect from nobody.',
      fix: {
        unusable: (said) =>
          said.alias !== ''
            ? daneAlias.en(said)
            : said.box
              ? 'Change the record to the one below: usage 3, the key (1), SHA-256 (1).'
              : `A record for mail begins with 3 1 1 and the SHA-256 of the server’s key. ${askHost.en}`,
      },
      problems: {
        unusable: ({ host, text }) =>
          `The TLSA records of ${host}, such as ${text}, are of a usage that mail does not know, or their digest has the wrong length.`,
      },
    },
    sv: {
      title: 'DANE-poster som går att använda för mejl',
      heading: { unusable: ({ host }) => `DANE-posterna för ${host} går inte att använda för mejl` },
      mend: { unusable: () => 'Publicera en TLSA-post av typ 3 eller 2' },
      why: 'Avsändare som följer DANE krypterar mejl till dig men kan inte skilja din server från en som utger sig för att vara den, så posterna skyddar inte mot någon.',
      fix: {
        unusable: (said) =>
          said.alias !== ''
            ? daneAlias.sv(said)
            : said.box
              ? 'Ändra posten till den nedan: typ 3, nyckeln (1), SHA-256 (1).'
              : `En post för mejl börjar med 3 1 1 och SHA-256 av serverns nyckel. ${askHost.sv}`,
      },
      problems: {
        unusable: ({ host, text }) =>
          `TLSA-posterna för ${host}, som ${text}, är av en typ som mejl inte känner till, eller så är kontrollsumman fel lång.`,
      },
    },
  },
  examples: {
    good: [{}],
    bad: [
      {
        world: { zone: { '_25._tcp.in.example.se': { TLSA: [`1 1 1 ${'ab'.repeat(32)}`] } } },
        finds: 'unusable',
      },
      { world: { zone: { '_25._tcp.in.example.se': { TLSA: ['3 1 1 abcd'] } } }, finds: 'unusable' },
      {
        world: {
          zone: {
            '_25._tcp.in.example.se': { CNAME: ['_dane.example.se'] },
            '_dane.example.se': { TLSA: [`1 1 1 ${'ab'.repeat(32)}`] },
          },
        },
        finds: 'unusable',
      },
    ],
  },
});
