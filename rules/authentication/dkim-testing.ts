import { defineRule, problem } from '#rule';
import { usableKeys } from '../repairs/dkim-keys.ts';

export default defineRule({
  id: 'dkim-testing',
  severity: 'minor',
  reference: 'RFC 6376 section 3.6.1 (t=y)',
  needs: ['dkim'],
  check({ dkim }) {
    const { usable, otherwise } = usableKeys(dkim);
    const problems = usable
      .filter(({ own, record }) => own && record?.testing)
      .map(({ name }) => problem('testing', { name }));
    return problems.length > 0 ? problems : otherwise;
  },
  words: {
    en: {
      title: 'DKIM in earnest',
      heading: 'The DKIM key says that it is only being tested',
      mend: 'Take t=y out of the DKIM record',
      why: 'With t=y you tell receivers that you are only trying DKIM out. Some of them then give the signature no weight, and the mail loses what it gains by being signed.',
      fix: 'Take t=y away from the record when you have seen that signing works. Leave the rest as it is. Where the record is a CNAME, ask your sending service to do it.',
      problems: { testing: ({ name }) => `The record at ${name} has t=y.` },
    },
    sv: {
      title: 'DKIM på allvar',
      heading: 'DKIM-nyckeln säger att den bara är på prov',
      mend: 'Ta bort t=y ur DKIM-posten',
      why: 'Med t=y säger du till mottagarna att du bara provar DKIM. En del av dem låter då signaturen vara utan verkan, och mejlet förlorar det som det vinner på att vara signerat.',
      fix: 'Ta bort t=y ur posten när du har sett att signeringen fungerar. Låt resten stå kvar. Är posten en CNAME, be din utskickstjänst göra det.',
      problems: { testing: ({ name }) => `Posten på ${name} har t=y.` },
    },
  },
  examples: {
    good: [{}],
    bad: [
      {
        world: {
          zone: {
            's1._domainkey.example.se': {
              TXT: ['v=DKIM1; k=ed25519; t=y:s; p=1DDcS2Y3BitJRAFwBzOzaizZ86LT2YWhHjvWcs/WVXc='],
            },
          },
        },
        finds: 'testing',
      },
    ],
  },
});
