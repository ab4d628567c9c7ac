import { defineRule, problem } from '#rule';
import { usableKeys } from '../repairs/dkim-keys.ts';

export default defineRule({
  id: 'dkim-key-length',
  severity: 'advice',
  reference: 'Gmail sender guidelines, as of 2026-11 (1024 bits needed, 2048 advised); RFC 8301 section 3.2',
  needs: ['dkim'],
  check({ dkim }, { policy }) {
    const { leastBits, advisedBits } = policy.dkim;
    const { usable, otherwise } = usableKeys(dkim);
    const problems = usable.flatMap(({ name, own, record }) => {
      const bits = record?.bits ?? advisedBits;
      // A shorter one does not count at all, as another check says.
      return own && bits >= leastBits && bits < advisedBits ? [problem('short', { name, bits })] : [];
    });
    return problems.length > 0 ? problems : otherwise;
  },
  words: {
    en: {
      title: 'Length of the DKIM key',
      heading: {
        short: ({ bits }) => `A DKIM key of 2048 bits would be safer than ${bits}`,
      },
      mend: 'Change to a DKIM key of 2048 bits',
      why: 'The length of the key decides how hard it is to break. Gmail needs 1024 bits and advises 2048.',
      fix: 'When you next change keys, choose 2048 bits in your sending service and publish the record that it shows. In Amazon SES it is called RSA_2048_BIT. Leave the old record for about a week after the change: mail on its way is signed with the old key.',
      problems: {
        short: ({ name, bits }) => `The key at ${name} has ${bits} bits. It works, but 2048 are advised.`,
      },
    },
    sv: {
      title: 'DKIM-nyckelns längd',
      heading: {
        short: ({ bits }) => `En DKIM-nyckel på 2048 bitar vore säkrare än ${bits}`,
      },
      mend: 'Byt till en DKIM-nyckel på 2048 bitar',
      why: 'Nyckelns längd avgör hur svår den är att knäcka. Gmail kräver 1024 bitar och råder till 2048.',
      fix: 'Välj 2048 bitar i din utskickstjänst nästa gång du byter nyckel, och publicera posten som den visar. I Amazon SES heter det RSA_2048_BIT. Låt den gamla posten stå kvar ungefär en vecka efter bytet: mejl på väg är signerade med den gamla nyckeln.',
      problems: {
        short: ({ name, bits }) => `Nyckeln på ${name} har ${bits} bitar. Den fungerar, men rådet är 2048.`,
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
                'v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCa23zoFqLj2ZxtiBK8BMZ46sMzXJTrRipWrq7nFf8V+x9aP7XF2vW705IdazJmzej49CKqiWxcf2WwRDg//eOhd4rPKNyS36hAOfjKac+/VeVOkMHgROoGq02KuFdJvyrA/dd8eKEl0S3CyjiP6s98PwNK1iSX6NsZS3MohX+0BwIDAQAB',
              ],
            },
          },
        },
        finds: 'short',
      },
    ],
  },
});
