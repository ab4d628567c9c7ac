import { defineRule, problem } from '#rule';
import { origin, usableKeys } from '../repairs/dkim-keys.ts';

export default defineRule({
  id: 'dkim-key-limit',
  severity: 'minor',
  reference:
    'RFC 8301 section 3.2: verifiers must read RSA keys from 1024 to 4096 bits, and may read longer ones',
  needs: ['dkim'],
  check({ dkim }, { policy }) {
    const { mostBits } = policy.dkim;
    const { usable, otherwise } = usableKeys(dkim);
    const long = usable.filter(({ own, record }) => own && (record?.bits ?? 0) > mostBits);
    const readable = usable.some(({ record }) => (record?.bits ?? 0) <= mostBits);
    if (long.length === 0 || readable) return otherwise;
    return long.map(({ name, domain, own, record }) =>
      problem('long', { name, domain, own, bits: record?.bits ?? 0, most: mostBits }),
    );
  },
  words: {
    en: {
      title: 'A DKIM key that all receivers can read',
      heading: { long: ({ bits }) => `The DKIM key is longer than all receivers read (${bits} bits)` },
      mend: 'Change to a DKIM key of 2048 bits',
      why: 'Receivers need not read a key of more than 4096 bits. Those that do not treat the mail as if it were not signed, and more of it goes to spam. A key of 2048 bits is safe, and fits in every answer of DNS.',
      fix: {
        long: (data) =>
          `Make a new key of 2048 bits in your sending service, under a new selector. ${origin.en(data)} Leave the old record for about a week after the change.`,
      },
      problems: {
        long: ({ name, bits, most }) =>
          `The key at ${name} has ${bits} bits. All receivers read up to ${most}.`,
      },
    },
    sv: {
      title: 'En DKIM-nyckel som alla mottagare kan läsa',
      heading: { long: ({ bits }) => `DKIM-nyckeln är längre än alla mottagare läser (${bits} bitar)` },
      mend: 'Byt till en DKIM-nyckel på 2048 bitar',
      why: 'Mottagarna behöver inte läsa en nyckel på mer än 4096 bitar. De som inte gör det behandlar mejlet som om det inte vore signerat, och mer hamnar i skräpposten. En nyckel på 2048 bitar är säker och får plats i alla DNS-svar.',
      fix: {
        long: (data) =>
          `Skapa en ny nyckel på 2048 bitar i din utskickstjänst, under en ny selektor. ${origin.sv(data)} Låt den gamla posten stå kvar ungefär en vecka efter bytet.`,
      },
      problems: {
        long: ({ name, bits, most }) =>
          `Nyckeln på ${name} har ${bits} bitar. Alla mottagare läser upp till ${most}.`,
      },
    },
  },
  examples: {
    good: [{}],
    bad: [
      {
        world: {
          zone: {
            's1._domainkey.example.se': {
              TXT: [
                'v=DKIM1; k=rsa; p=MIICYjANBgkqhkiG9w0BAQEFAAOCAk8AMIICSgKCAkEA+FlUmDGYAoY7nMZOZwB9h08PXrZc7sZkf4SB9hYW5vy9PF06fO5o+g13qtZOHwzPUThhFNFb2dehW4cltoc0Yv2Wjroji3RsJYXoEfGLJsSR+r5VzGLxP3Oo+EAFcA8jdje1oJVdIzkr1CpertHQZbVyIOXk4n4VKb1k+KUhWx0taT7dadZxQNJ2AFv9vSm0QVxt6BLDXi2gc3EzUddmHbu2iyhPUwJY7z9uaEIktiney916X5XNKdRruEP5whC1oUWVfYYoFXDU8+Cn0WF8+AuBnY83e3CRAEZ9QRJotjBqc6DAE+CJoq9kL9wEl2s92hxfXpvtm0/4pyKPZbaQxlcfeRqJYQjQInz1IkvxBWQMHjsvtAUKKJq9kUiyBOT9V1TZkDHj/9MmolUYRD+OEaM4cj45YnGdUAEa1APwHwwQfRCjzkb63GBYxdMvk3lUUMBQLfodlL+y/xLDpVZ3eP1MmKlqW8zPwFt37JY2bGB/FTs76Heg9Eu2zPJGn45Pzx0wVs8Cx8cD4cGLx1gBKMm1+EksqAdBqM80rMk3MeaanV9lZLjFOjApmnCTcXT5SVUinWeDj9J3A2g+3rKo8xAXVBHZYkysJWOhKA923oM97JCoODrd3s9Jeee0wphhf7/wDd4B9hgOEgyaYYEZZDv2aDCis0ES5dRJbKPHDiwB9hXtHPVHQSXbkMPH2dYIsEQ8jEVE2UEQU2aQNPcsFbXb/A+EP4MDdOEiGFuRq62hm4X6QIIoK78jAzSQsDeZAgMBAAE=',
              ],
            },
          },
        },
        finds: 'long',
      },
    ],
  },
});
