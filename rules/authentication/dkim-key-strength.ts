import { defineRule, problem } from '#rule';
import { origin, usableKeys } from '../repairs/dkim-keys.ts';

export default defineRule({
  id: 'dkim-key-strength',
  severity: 'major',
  reference: 'RFC 8301 section 3.2: signatures by an RSA key under 1024 bits must not be accepted',
  needs: ['dkim'],
  check({ dkim }, { policy }) {
    const { usable, otherwise } = usableKeys(dkim);
    const problems = usable.flatMap(({ name, domain, own, record }) => {
      const bits = record?.bits ?? policy.dkim.leastBits;
      return bits < policy.dkim.leastBits ? [problem('weak', { name, domain, own, bits })] : [];
    });
    return problems.length > 0 ? problems : otherwise;
  },
  words: {
    en: {
      title: 'Strength of the DKIM key',
      heading: { weak: ({ bits }) => `The DKIM key is so short (${bits} bits) that it does not count` },
      mend: 'Change to a DKIM key of 2048 bits',
      why: 'Receivers treat mail that is signed with so short a key as if it were not signed at all, and more of it goes to spam or is turned away. A short key can be broken, and whoever breaks it can send in your name.',
      fix: {
        weak: (data) =>
          data.own
            ? `Make a new key of 2048 bits in your sending service, under a new selector. ${origin.en(data)} Take the old record away when the new key is in use.`
            : origin.en(data),
      },
      problems: {
        weak: ({ name, bits }) => `The key at ${name} has ${bits} bits. Receivers accept 1024 and more.`,
      },
    },
    sv: {
      title: 'DKIM-nyckelns styrka',
      heading: { weak: ({ bits }) => `DKIM-nyckeln är så kort (${bits} bitar) att den inte räknas` },
      mend: 'Byt till en DKIM-nyckel på 2048 bitar',
      why: 'Mottagarna behandlar ett mejl som är signerat med en så kort nyckel som om det inte vore signerat, och mer hamnar i skräpposten eller avvisas. En kort nyckel går att knäcka, och den som gör det kan skicka i ditt namn.',
      fix: {
        weak: (data) =>
          data.own
            ? `Skapa en ny nyckel på 2048 bitar i din utskickstjänst, under en ny selektor. ${origin.sv(data)} Ta bort den gamla posten när den nya nyckeln används.`
            : origin.sv(data),
      },
      problems: {
        weak: ({ name, bits }) => `Nyckeln på ${name} har ${bits} bitar. Mottagarna godtar 1024 och uppåt.`,
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
                'v=DKIM1; p=MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAL6Ugg+GOVWn7WNniEFMpbLwbSZ1X1WJi9OZBEE1+OHM2nWzKoGxBo+D7v+v8LUtWQF2aaYYG+Azr62C2EXUOBcCAwEAAQ==',
              ],
            },
          },
        },
        finds: 'weak',
      },
    ],
  },
});
