/** What may befall a mailing that goes by SMTP: by that alone, and with SES in reserve. */
import { minute } from '../campaigns/world.ts';
import type { ConnectionFault, MessageFault } from '../sinks/smtp-sink.ts';
import { type Fault, faultTable } from './table.ts';
import type { FaultWorld } from './world.ts';

/** Each connection, once two mails have come. */
const then = (fault: ConnectionFault): Fault => ({
  anew: true,
  befalls: ({ smtp }) => {
    smtp.onConnection = () => (smtp.messages.length >= 2 ? fault : undefined);
  },
});
const atStart = (fault: ConnectionFault): Fault => ({
  befalls: ({ smtp }) => {
    smtp.onConnection = () => fault;
  },
});
/** The third mail alone. */
const third = (fault: MessageFault): Fault => ({ befalls: thirdOf(fault) });
const thirdOf =
  (fault: MessageFault) =>
  ({ smtp }: FaultWorld) => {
    smtp.onMessage = (n) => (n === 3 ? fault : undefined);
  };

/** Each from the third mail on. */
const fromThird = (reply: string): Fault => ({
  befalls: ({ smtp }) => {
    smtp.onMessage = (n) => (n >= 3 ? { at: 'rcpt', reply } : undefined);
  },
});
const everyOther = (reply: string): Fault => ({
  befalls: ({ smtp }) => {
    smtp.onMessage = (n) => (n % 2 === 0 ? { at: 'rcpt', reply } : undefined);
  },
});

const faults: Record<string, Fault> = {
  none: {},
  'bad banner at start': atStart('bad-banner'),
  'bad banner': then('bad-banner'),
  '421 as banner': then('banner-421'),
  '421 to AUTH': then('auth-421'),
  '535 at start': atStart('auth-535'),
  '535': then('auth-535'),
  'wrong certificate': then('wrong-certificate'),
  'certificate of another name': then('other-name'),
  'expired certificate': then('expired-certificate'),
  'cut before the banner': then('cut'),
  '451 to RCPT': third({ at: 'rcpt', reply: '451 4.7.1 Greylisted, try later' }),
  '451 to RCPT, 5 minutes later': {
    ...third({ at: 'rcpt', reply: '451 4.7.1 Greylisted, try later' }),
    within: 6 * minute,
  },
  '451 after the final dot, 5 minutes later': {
    ...third({ at: 'end', reply: '451 4.3.0 Try later' }),
    within: 6 * minute,
  },
  '451 4.4.3 to MAIL FROM, 5 minutes later': {
    ...third({ at: 'mail', reply: '451 4.4.3 Cannot look the sender up now' }),
    within: 6 * minute,
  },
  '550 to RCPT': third({ at: 'rcpt', reply: '550 5.1.1 No such user' }),
  '552 to RCPT': third({ at: 'rcpt', reply: '552 5.2.2 Mailbox full' }),
  '552 after the final dot': third({ at: 'end', reply: '552 5.3.4 Message too big' }),
  '554 5.7.1 to RCPT': third({ at: 'rcpt', reply: '554 5.7.1 Listed by zen.example' }),
  '554 5.7.1 after the final dot': third({ at: 'end', reply: '554 5.7.1 Refused by policy' }),
  '550 5.7.26 after the final dot': third({ at: 'end', reply: '550 5.7.26 Unauthenticated mail' }),
  'a day’s limit to RCPT, each from the 3rd': fromThird('550 5.4.5 Daily user sending limit exceeded'),
  'a limit in words alone': fromThird(
    '550 Domain example.se has exceeded the max emails per hour (150/150) allowed',
  ),
  '450 too much mail': fromThird('450 4.7.1 Error: too much mail from 192.0.2.1'),
  '550 relay not permitted': fromThird('550 relay not permitted'),
  '530 to RCPT': fromThird('530 SMTP authentication is required.'),
  '555 to RCPT': fromThird('555 5.5.4 RCPT TO parameters not recognized'),
  '550 to RCPT, no reason, from the 3rd': fromThird('550 Rejected'),
  '550 to RCPT, no reason, every other': { ...everyOther('550 Rejected'), recipients: 60 },
  '450 for a minute and a half': {
    within: 10 * minute,
    befalls: (world) => {
      const { smtp, clock } = world;
      const well = clock.now().getTime() + 1.5 * minute;
      smtp.onMessage = (n) =>
        n >= 3 && clock.now().getTime() < well
          ? { at: 'rcpt', reply: '450 4.7.1 Error: too much mail from you' }
          : undefined;
    },
  },
  '450 for hours': { ...fromThird('450 4.7.1 Error: too much mail from 192.0.2.1'), within: 300 * minute },
  '550 to MAIL FROM': third({ at: 'mail', reply: '550 5.1.8 Sender refused' }),
  'cut in DATA': third({ at: 'body', cut: true }),
  'cut before DATA': third({ at: 'data', cut: true }),
  'cut after the final dot': third({ at: 'end', cut: true }),
};

export function smtpTables(): void {
  faultTable(
    'SMTP alone',
    'smtp alone',
    faults,
    `
fault                                    | state                         | rows                               | route | alerts                       | ses | smtp
none                                     | done                          | accepted 20                        | smtp  | done                         |   0 |   20
bad banner at start                      | paused: no-route              | pending 20                         | smtp  | paused no-route              |   0 |    0
bad banner                               | sending                       | accepted 2, pending 18             | smtp  | waits-for-server             |   0 |    2
421 as banner                            | sending                       | accepted 2, pending 18             | smtp  | waits-for-server             |   0 |    2
421 to AUTH                              | sending                       | accepted 2, pending 18             | smtp  | waits-for-server             |   0 |    2
535 at start                             | paused: no-route              | pending 20                         | smtp  | paused no-route              |   0 |    0
535                                      | paused: no-route              | accepted 2, pending 18             | smtp  | paused no-route              |   0 |    2
wrong certificate                        | paused: no-route              | accepted 2, pending 18             | smtp  | paused no-route              |   0 |    2
certificate of another name              | paused: no-route              | accepted 2, pending 18             | smtp  | paused no-route              |   0 |    2
expired certificate                      | paused: no-route              | accepted 2, pending 18             | smtp  | paused no-route              |   0 |    2
cut before the banner                    | sending                       | accepted 2, pending 18             | smtp  | waits-for-server             |   0 |    2
451 to RCPT                              | sending                       | accepted 19, pending 1             | smtp  |                              |   0 |   19
451 to RCPT, 5 minutes later             | done                          | accepted 20                        | smtp  | done                         |   0 |   20
451 after the final dot, 5 minutes later | done                          | accepted 20                        | smtp  | done                         |   0 |   21
451 4.4.3 to MAIL FROM, 5 minutes later  | done                          | accepted 20                        | smtp  | done                         |   0 |   20
550 to RCPT                              | done                          | accepted 19, rejected 1            | smtp  | done                         |   0 |   19
552 to RCPT                              | done                          | accepted 19, rejected 1            | smtp  | done                         |   0 |   19
552 after the final dot                  | done                          | accepted 19, rejected 1            | smtp  | done                         |   0 |   20
554 5.7.1 to RCPT                        | paused: policy-refused        | accepted 2, pending 17, rejected 1 | smtp  | paused policy-refused        |   0 |    2
554 5.7.1 after the final dot            | paused: policy-refused        | accepted 2, pending 17, rejected 1 | smtp  | paused policy-refused        |   0 |    3
550 5.7.26 after the final dot           | paused: policy-refused        | accepted 2, pending 17, rejected 1 | smtp  | paused policy-refused        |   0 |    3
a day’s limit to RCPT, each from the 3rd | sending                       | accepted 2, pending 18             | smtp  | waits-for-server             |   0 |    2
a limit in words alone                   | sending                       | accepted 2, pending 18             | smtp  | waits-for-server             |   0 |    2
450 too much mail                        | sending                       | accepted 2, pending 18             | smtp  | waits-for-server             |   0 |    2
550 relay not permitted                  | paused: no-route              | accepted 2, pending 18             | smtp  | paused no-route              |   0 |    2
530 to RCPT                              | paused: no-route              | accepted 2, pending 18             | smtp  | paused no-route              |   0 |    2
555 to RCPT                              | paused: command-refused       | accepted 2, pending 18             | smtp  | paused command-refused       |   0 |    2
550 to RCPT, no reason, from the 3rd     | paused: recipients-refused    | accepted 2, pending 8, rejected 10 | smtp  | paused recipients-refused    |   0 |    2
550 to RCPT, no reason, every other      | paused: recipients-refused    | accepted 20, pending 20, rejected 20 | smtp  | paused recipients-refused    |   0 |   20
450 for a minute and a half              | done                          | accepted 20                        | smtp  | done, waits-for-server       |   0 |   20
450 for hours                            | paused: no-route              | accepted 2, pending 18             | smtp  | paused no-route, waits-for-server |   0 |    2
550 to MAIL FROM                         | paused: identity-not-verified | accepted 2, pending 18             | smtp  | paused identity-not-verified |   0 |    2
cut in DATA                              | done                          | accepted 19, unknown 1             | smtp  | done                         |   0 |   19
cut before DATA                          | done                          | accepted 20                        | smtp  | done                         |   0 |   20
cut after the final dot                  | done                          | accepted 19, unknown 1             | smtp  | done                         |   0 |   20
`,
  );

  const { none: _, ...others } = faults;
  const telling = Object.entries(others).filter(([name]) =>
    /^(?:bad banner|421 as|451.*RCPT, 5|535$|wrong|554 5.7.1 to|cut after|a day|550 relay|530 to|555)/.test(
      name,
    ),
  );
  faultTable(
    'SMTP first, SES in reserve',
    'smtp, ses in reserve',
    Object.fromEntries(telling),
    `
fault                        | state                  | rows                               | route | alerts                  | ses | smtp
bad banner at start          | done                   | accepted 20                        | ses   | done, reserve-took-over |  20 |    0
bad banner                   | done                   | accepted 20                        | ses   | done, reserve-took-over |  18 |    2
421 as banner                | done                   | accepted 20                        | ses   | done, reserve-took-over |  18 |    2
451 to RCPT, 5 minutes later | done                   | accepted 20                        | smtp  | done                    |   0 |   20
535                          | done                   | accepted 20                        | ses   | done, reserve-took-over |  18 |    2
wrong certificate            | done                   | accepted 20                        | ses   | done, reserve-took-over |  18 |    2
554 5.7.1 to RCPT            | paused: policy-refused | accepted 2, pending 17, rejected 1 | smtp  | paused policy-refused   |   0 |    2
cut after the final dot      | done                   | accepted 19, unknown 1             | smtp  | done                    |   0 |   20
a day’s limit to RCPT, each from the 3rd | done | accepted 20 | ses | done, reserve-took-over | 18 | 2
550 relay not permitted | done | accepted 20 | ses | done, reserve-took-over | 18 | 2
530 to RCPT | done | accepted 20 | ses | done, reserve-took-over | 18 | 2
555 to RCPT | paused: command-refused | accepted 2, pending 18 | smtp | paused command-refused | 0 | 2
`,
  );
}
