/** What may befall a mailing that goes by SES, with SMTP as the reserve that a rehearsal has armed. */
import { type SesFault, verifiedIdentity } from '../sinks/ses-sink.ts';
import { type Fault, faultTable } from './table.ts';
import { type FaultWorld, quotaFullAfter } from './world.ts';

/** Each call from the nth on. */
const from = (first: number, fault: SesFault) => (world: FaultWorld) => {
  world.ses.onSend = (n) => (n >= first ? fault : undefined);
};
/** The nth call alone. */
const only = (one: number, fault: SesFault) => (world: FaultWorld) => {
  world.ses.onSend = (n) => (n === one ? fault : undefined);
};
const always = (fault: SesFault) => from(1, fault);

function mailFromIs(status: string) {
  return ({ ses }: FaultWorld) => {
    const said = verifiedIdentity('example.se', 'mejl.example.se');
    said.MailFromAttributes.MailFromDomainStatus = status;
    ses.identities.set('example.se', said);
  };
}

const faults: Record<string, Fault> = {
  none: { engine: 'local' },
  'throttles twice': {
    befalls: ({ ses }) => {
      ses.onSend = (n) => (n <= 2 ? { error: 'TooManyRequestsException' } : undefined);
    },
  },
  'throttles beyond retry': { befalls: always({ error: 'TooManyRequestsException' }) },
  'throttles, then is well': {
    // One a second, so that there is time to recover in.
    order: { perMinute: 60 },
    recipients: 60,
    befalls: ({ ses }) => {
      ses.onSend = (n) => (n > 10 && n <= 15 ? { error: 'TooManyRequestsException' } : undefined);
    },
  },
  'the daily quota is used up': { befalls: always({ error: 'LimitExceededException' }) },
  'the daily quota is used up, as the account says': {
    befalls: ({ ses }) => {
      ses.account.SendQuota = quotaFullAfter(10, ses);
    },
  },
  '500 before the body': {
    long: true,
    recipients: 3,
    befalls: always({ error: 'InternalServiceErrorException', early: true }),
  },
  '500 after the body, not taken': { befalls: always({ error: 'InternalServiceErrorException' }) },
  '500 after the body, taken': { befalls: always({ taken: '500' }) },
  'refuses the connection': { befalls: ({ ses }) => ses.close() },
  'refuses it after ten mails': {
    befalls: (world) => {
      world.ses.account.SendQuota.MaxSendRate = 1;
      world.whenAtRest(() => (world.ses.messages.length === 10 ? world.ses.close() : undefined));
    },
  },
  'hangs after the request, not taken': { impatient: true, befalls: always({ hang: 'end' }) },
  'hangs after the request, taken': { impatient: true, befalls: always({ taken: 'hang' }) },
  'hangs once': { impatient: true, befalls: only(3, { taken: 'hang' }) },
  'cut after the request': { befalls: only(3, { taken: 'cut' }) },
  SendingPaused: { befalls: from(3, { error: 'SendingPausedException' }) },
  AccountSuspended: { befalls: from(3, { error: 'AccountSuspendedException' }) },
  'the account is paused at start': {
    befalls: ({ ses }) => {
      ses.account.SendingEnabled = false;
    },
  },
  '500, and under enforcement': {
    befalls: (world) => {
      world.ses.onSend = () => {
        world.ses.account.EnforcementStatus = 'SHUTDOWN';
        return { error: 'InternalServiceErrorException' };
      };
    },
  },
  MessageRejected: { befalls: only(3, { error: 'MessageRejected' }) },
  'MAIL FROM not verified': { befalls: from(3, { error: 'MailFromDomainNotVerifiedException' }) },
  'MAIL FROM FAILED at start': { befalls: mailFromIs('FAILED') },
  'MAIL FROM PENDING at start': { befalls: mailFromIs('PENDING') },
  'address not verified': {
    befalls: from(3, {
      error: 'MessageRejected',
      message: 'Email address is not verified. The following identities failed the check: example.se',
    }),
  },
  'throttles, and the reserve has a bad banner': {
    befalls: (world) => {
      always({ error: 'TooManyRequestsException' })(world);
      world.smtp.onConnection = () => 'bad-banner';
    },
  },
  'throttles, and the reserve was never rehearsed': {
    befalls: async (world) => {
      always({ error: 'TooManyRequestsException' })(world);
      await world.rehearse(false);
    },
  },
};

export function sesTable(): void {
  faultTable(
    'SES first, SMTP in reserve',
    'ses, reserve',
    faults,
    `
fault                                          | state                         | rows                    | route | alerts                                   | ses | smtp
none                                           | done                          | accepted 20             | ses   | done                                     |  20 |    0
throttles twice                                | done                          | accepted 20             | ses   | done                                     |  20 |    0
throttles beyond retry                         | done                          | accepted 20             | smtp  | done, reserve-took-over                  |   0 |   20
throttles, then is well                        | done                          | accepted 60             | ses   | done, primary-is-back, reserve-took-over |  31 |   29
the daily quota is used up                     | done                          | accepted 20             | smtp  | done, reserve-took-over                  |   0 |   20
the daily quota is used up, as the account says | done                          | accepted 20             | smtp  | done, reserve-took-over                  |  10 |   10
500 before the body                            | done                          | accepted 3              | smtp  | done, reserve-took-over                  |   0 |    3
500 after the body, not taken                  | done                          | accepted 15, unknown 5  | smtp  | done, reserve-took-over                  |   0 |   15
500 after the body, taken                      | done                          | accepted 15, unknown 5  | smtp  | done, reserve-took-over                  |   5 |   15
refuses the connection                         | done                          | accepted 20             | smtp  | done, reserve-took-over                  |   0 |   20
refuses it after ten mails                     | done                          | accepted 20             | smtp  | done, reserve-took-over                  |  10 |   10
hangs after the request, not taken             | done                          | accepted 15, unknown 5  | smtp  | done, reserve-took-over                  |   0 |   15
hangs after the request, taken                 | done                          | accepted 15, unknown 5  | smtp  | done, reserve-took-over                  |   5 |   15
hangs once                                     | done                          | accepted 19, unknown 1  | ses   | done                                     |  20 |    0
cut after the request                          | done                          | accepted 19, unknown 1  | ses   | done                                     |  20 |    0
SendingPaused                                  | paused: provider-suspended    | accepted 2, pending 18  | ses   | paused provider-suspended                |   2 |    0
AccountSuspended                               | paused: provider-suspended    | accepted 2, pending 18  | ses   | paused provider-suspended                |   2 |    0
the account is paused at start                 | paused: provider-suspended    | pending 20              | ses   | paused provider-suspended                |   0 |    0
500, and under enforcement                     | paused: provider-suspended    | pending 15, unknown 5   | ses   | paused provider-suspended                |   0 |    0
MessageRejected                                | done                          | accepted 19, rejected 1 | ses   | done                                     |  19 |    0
MAIL FROM not verified                         | paused: identity-not-verified | accepted 2, pending 18  | ses   | paused identity-not-verified             |   2 |    0
MAIL FROM FAILED at start                      | paused: identity-not-verified | pending 20              | ses   | paused identity-not-verified             |   0 |    0
MAIL FROM PENDING at start                     | paused: identity-not-verified | pending 20              | ses   | paused identity-not-verified             |   0 |    0
address not verified                           | paused: identity-not-verified | accepted 2, pending 18  | ses   | paused identity-not-verified             |   2 |    0
throttles, and the reserve has a bad banner    | sending                       | pending 20              | ses   | waits-for-server                         |   0 |    0
throttles, and the reserve was never rehearsed | sending                       | pending 20              | ses   | waits-for-server                         |   0 |    0
`,
  );
}
