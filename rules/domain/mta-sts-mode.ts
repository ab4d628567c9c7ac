import { defineRule, notApplicable, problem, unanswered } from '#rule';

const page = 'https://mta-sts.example.se/.well-known/mta-sts.txt';

export default defineRule({
  id: 'mta-sts-mode',
  severity: 'advice',
  reference: 'RFC 8461 sections 3.2, 5 and 8.3',
  needs: ['mtaSts'],
  check({ mtaSts: { record, policy, url } }) {
    if (record.state === 'unanswered') return unanswered([`${record.name} TXT`]);
    if (record.state !== 'one' || policy.state !== 'read') return notApplicable('no-record');
    if (policy.mode === 'testing') return [problem('testing', { url })];
    if (policy.mode === 'none') return [problem('none', { url })];
    return policy.mode === null ? notApplicable('faulty-record') : [];
  },
  words: {
    en: {
      title: 'MTA-STS in force',
      heading: {
        testing: () => 'MTA-STS is only being tested',
        none: () => 'MTA-STS is switched off',
      },
      mend: {
        testing: () => 'Change the policy to enforce',
        none: () => 'Switch MTA-STS on, or take it away',
      },
      why: 'Senders deliver mail to you in the clear when somebody on the way prevents encryption, as if you had no MTA-STS.',
      fix: {
        testing: ({ url }) =>
          `When the reports (TLS-RPT) have shown no trouble for four weeks, write mode: enforce in ${url} and give the record a new id.`,
        none: ({ url }) =>
          `Write mode: testing and the mail servers in ${url}, and give the record a new id. If you are giving it up, leave the file until its max_age has passed and then take record and file away.`,
      },
      problems: {
        testing: ({ url }) => `The policy at ${url} says mode: testing, so senders only report.`,
        none: ({ url }) => `The policy at ${url} says mode: none.`,
      },
    },
    sv: {
      title: 'MTA-STS i kraft',
      heading: {
        testing: () => 'MTA-STS står på prov',
        none: () => 'MTA-STS är avstängt',
      },
      mend: {
        testing: () => 'Ändra regelfilen till enforce',
        none: () => 'Slå på MTA-STS, eller ta bort det',
      },
      why: 'Avsändare levererar okrypterat till dig när någon på vägen hindrar krypteringen, som om du inte hade MTA-STS.',
      fix: {
        testing: ({ url }) =>
          `När rapporterna (TLS-RPT) inte har visat några problem på fyra veckor, skriv mode: enforce i ${url} och ge posten ett nytt id.`,
        none: ({ url }) =>
          `Skriv mode: testing och mejlservrarna i ${url}, och ge posten ett nytt id. Ska du sluta med det, låt filen ligga tills max_age har gått och ta sedan bort post och fil.`,
      },
      problems: {
        testing: ({ url }) => `Regelfilen på ${url} säger mode: testing, så avsändare rapporterar bara.`,
        none: ({ url }) => `Regelfilen på ${url} säger mode: none.`,
      },
    },
  },
  examples: {
    good: [{}],
    bad: [
      {
        world: { web: { [page]: 'version: STSv1\nmode: testing\nmx: in.example.se\nmax_age: 604800' } },
        finds: 'testing',
      },
      { world: { web: { [page]: 'version: STSv1\nmode: none\nmax_age: 604800' } }, finds: 'none' },
    ],
  },
});
