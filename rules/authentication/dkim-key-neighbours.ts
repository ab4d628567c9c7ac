import { defineRule, problem } from '#rule';
import { usableKeys } from '../repairs/dkim-keys.ts';

export default defineRule({
  id: 'dkim-key-neighbours',
  severity: 'minor',
  reference: 'RFC 6376 section 3.6.2.2: TXT records must be unique for a selector',
  needs: ['dkim'],
  check({ dkim }) {
    const { usable, otherwise } = usableKeys(dkim);
    const problems = usable
      .filter(({ own, beside }) => own && beside > 0)
      .map(({ name, beside }) => problem('beside', { name, count: beside }));
    return problems.length > 0 ? problems : otherwise;
  },
  words: {
    en: {
      title: 'The DKIM key alone at its name',
      heading: 'Another record stands beside the DKIM key',
      mend: 'Leave the DKIM key alone at its name',
      why: 'Some receivers give up when a DKIM key does not stand alone, and then the mail counts as not signed. The standard allows one TXT record at that name, and says nothing of what happens with more.',
      fix: {
        beside: ({ name }) =>
          `Take every TXT record away from ${name} but the one with p=. Where the name is a CNAME, ask your sending service to do it.`,
      },
      problems: {
        beside: ({ name, count }) =>
          count === 1
            ? `Beside the key at ${name} there is a TXT record that is no key.`
            : `Beside the key at ${name} there are ${count} TXT records that are no keys.`,
      },
    },
    sv: {
      title: 'DKIM-nyckeln ensam på sitt namn',
      heading: 'En annan post står bredvid DKIM-nyckeln',
      mend: 'Låt DKIM-nyckeln stå ensam på sitt namn',
      why: 'Några mottagare ger upp när en DKIM-nyckel inte står ensam, och då räknas mejlet som osignerat. Standarden tillåter en enda TXT-post på det namnet och säger inte vad som händer om de är fler.',
      fix: {
        beside: ({ name }) =>
          `Ta bort alla TXT-poster på ${name} utom den med p=. Är namnet en CNAME, be din utskickstjänst göra det.`,
      },
      problems: {
        beside: ({ name, count }) =>
          count === 1
            ? `Bredvid nyckeln på ${name} står en TXT-post som inte är någon nyckel.`
            : `Bredvid nyckeln på ${name} står ${count} TXT-poster som inte är nycklar.`,
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
              TXT: ['v=DKIM1; k=ed25519; p=1DDcS2Y3BitJRAFwBzOzaizZ86LT2YWhHjvWcs/WVXc=', 'v=spf1 -all'],
            },
          },
        },
        finds: 'beside',
      },
    ],
  },
});
