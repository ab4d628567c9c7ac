import { defineRule, problem } from '#rule';
import { usableKeys } from '../repairs/dkim-keys.ts';

const bare =
  'v=DKIM1; k=rsa; p=MIIBCgKCAQEAyJw480Kyml2ew/FY2M389Y6vHNJSYjM9KXCnf6LqAor8tmcYp1AmCKLLKwJNtoJmb16Y4Pzkb7BJ/fo5ORUIt1pQwvtIx2YT5grC+JAcMP7FnsRZ7seR16mBqcP58+X8ZM4/9CQl9EI6wI/ocolmdMDcKLTLn4480H90M670K8iBjsfu2Jnf3TtFha5wA08UfCA5Ss90RHopB0PyvX95G95T8qHp9iNgDW5MZIZ5dXQCwStwm+1p9dvIus3FjO/t/5Qi5X7dkNDDAVrzMZDX6w/BnZXx4Mf0XfWb3tkv5p9kqY5+VZ912y2uRqhej/E8PBqEddNNUnpe+srdswGNIQIDAQAB';
const at = 's1._domainkey.example.se';

export default defineRule({
  id: 'dkim-key-format',
  severity: 'advice',
  reference:
    'RFC 6376 section 3.6.1 (RSAPublicKey) against its appendix C and erratum 3017 (SubjectPublicKeyInfo); OpenDKIM issue 52 (reads the second alone), read 2026-11',
  needs: ['dkim'],
  check({ dkim }) {
    const { usable, otherwise } = usableKeys(dkim);
    const problems = usable.flatMap(({ name, own, alias, record }) => {
      if (!own || !record?.repair) return [];
      const box = alias === null;
      const change = { kind: 'dns', type: 'TXT', name, ...record.repair } as const;
      return [problem('bare', { name, box }, box ? { change } : {})];
    });
    return problems.length > 0 ? problems : otherwise;
  },
  words: {
    en: {
      title: 'Format of the DKIM key',
      heading: { bare: () => 'Some receivers cannot read your DKIM key: its wrapping is missing' },
      mend: { bare: () => 'Publish the DKIM key in the usual format' },
      why: 'To a receiver that cannot read the key the mail counts as not signed. The standard names two formats, and nearly all keys are of the other: older receivers, such as those with OpenDKIM, read that one alone.',
      fix: {
        bare: ({ box }) =>
          box
            ? 'Change the record to the one below. It is the same key in the usual format, so nothing else has to change.'
            : 'The name is an alias (CNAME). Ask the service that it leads to to publish the key as SubjectPublicKeyInfo.',
      },
      problems: {
        bare: ({ name }) => `The key at ${name} is a bare RSAPublicKey, not a SubjectPublicKeyInfo.`,
      },
    },
    sv: {
      title: 'DKIM-nyckelns format',
      heading: { bare: () => 'En del mottagare kan inte läsa din DKIM-nyckel: höljet saknas' },
      mend: { bare: () => 'Publicera DKIM-nyckeln i det vanliga formatet' },
      why: 'Hos en mottagare som inte kan läsa nyckeln räknas mejlet som osignerat. Standarden nämner två format, och nästan alla nycklar har det andra. Äldre mottagare, till exempel de med OpenDKIM, läser bara det.',
      fix: {
        bare: ({ box }) =>
          box
            ? 'Ändra posten till den nedan. Det är samma nyckel i det vanliga formatet, så inget annat behöver ändras.'
            : 'Namnet är ett alias (CNAME). Be tjänsten som det leder till att publicera nyckeln som SubjectPublicKeyInfo.',
      },
      problems: {
        bare: ({ name }) => `Nyckeln på ${name} är en ensam RSAPublicKey, inte en SubjectPublicKeyInfo.`,
      },
    },
  },
  examples: {
    good: [{}],
    bad: [
      { world: { zone: { [at]: { TXT: [bare] } } }, finds: 'bare' },
      {
        world: { zone: { [at]: { CNAME: ['s1.host.example'] }, 's1.host.example': { TXT: [bare] } } },
        finds: 'bare',
      },
    ],
  },
});
