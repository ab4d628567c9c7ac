import { defineRule, problem, unknown } from '#rule';
import { hasGoodKey, isStrong, origin, usableKeys } from '../repairs/dkim-keys.ts';

export default defineRule({
  id: 'dkim-key-strength',
  severity: 'major',
  reference: 'RFC 8301 section 3.2: signatures by an RSA key under 1024 bits must not be accepted',
  needs: ['dkim'],
  check({ dkim }, { policy }) {
    if (hasGoodKey(dkim, policy.dkim.leastBits)) return [];
    const { usable, otherwise } = usableKeys(dkim);
    // Of what others sign, one good key is enough as well.
    const isTheirs = usable.every(({ own, by }) => !own && by === 'signature');
    if (isTheirs && usable.some((key) => isStrong(key, policy.dkim.leastBits))) return otherwise;
    const problems = usable.flatMap(({ name, domain, own, record }) => {
      const bits = record?.bits ?? policy.dkim.leastBits;
      return bits < policy.dkim.leastBits ? [problem('weak', { name, domain, own, bits })] : [];
    });
    // One of the signatures that nobody has looked at may hold.
    if (problems.length > 0 && dkim.omitted > 0) return unknown('needs-dkim', 'sent-message');
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
            ? `Make a new key of 2048 bits in your sending service, under a new selector. ${origin.en(data)} Leave the old record for about a week after the change: mail on its way is signed with the old key.`
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
            ? `Skapa en ny nyckel på 2048 bitar i din utskickstjänst, under en ny selektor. ${origin.sv(data)} Låt den gamla posten stå kvar ungefär en vecka efter bytet: mejl på väg är signerade med den gamla nyckeln.`
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
