import type { ClearanceErrorCode } from '../../clearance/clearance.ts';
import { clearanceWords } from '../../clearance/words.ts';
import type { AlertWords, Data, PauseWords } from '../words.ts';

const number = (value: string | number | undefined) =>
  new Intl.NumberFormat('en-GB').format(Number(value ?? 0));
/** By name, where one is known. */
const server = ({ provider, route }: Data) => String(provider ?? route ?? 'the sending server');
const of = (value: string | number | undefined, other: string) =>
  value === undefined || value === '' ? other : String(value);
const rate = ({ percent }: Data, limit: string) =>
  percent === undefined ? limit : `${number(percent)}%, and the limit is ${limit}`;

const wrong: Record<string, string> = {
  domain: 'Amazon SES has not verified the domain.',
  dkim: 'Amazon SES has not verified the DKIM keys.',
  'mail-from': 'Amazon SES does not use the sending subdomain, or has not verified it.',
};

/** An owner has accepted it; whoever reads of the switch is to know. */
const unseen = ({ bounces, reserve }: Data) =>
  bounces === 'unseen'
    ? ` Bounces by ${of(reserve, 'the backup server')} do not come here, as an owner has accepted: its bounce rate is unknown.`
    : '';

/** Whose mails a rate is of. Of an account no more is told: others send by it too. */
const whose = (data: Data) => {
  const by = data.by === undefined ? '' : ` by ${data.by}`;
  if (data.what === 'campaign') return `Of the mails of this mailing${by}`;
  if (data.what === 'sender')
    return `Of all mails from ${of(data.domain, 'the sender')}${by} in the last 24 hours`;
  if (data.what === 'organisation')
    return `Of all that your organisation has mailed by ${server(data)} in the last 24 hours`;
  if (data.what === 'account')
    return `Of all mails by ${server(data)} in the last 24 hours, whoever sent them`;
  return undefined;
};
const bounced = (data: Data) => {
  const of = whose(data);
  const share = data.percent === undefined ? 'too many' : `${number(data.percent)}%`;
  return of
    ? `${of}, ${share} bounced for good or were refused for the address.`
    : `Too many of the mails bounced for good${data.percent === undefined ? '' : `: ${share}`}.`;
};
const reported = (data: Data) => {
  const of = whose(data);
  return of
    ? `${of}, ${data.percent === undefined ? 'too many' : `${number(data.percent)}%`} were reported as spam; the limit is 0.3%.`
    : `Too many readers have reported the mail as spam: ${rate(data, '0.3%')}.`;
};
/** When a rate of many mailings is fallen, nobody's word is needed but a person's. */
const until = (data: Data) =>
  data.what === 'sender' || data.what === 'account'
    ? ' When the rate has fallen you can go on: at the latest a day after the last of those mails.'
    : '';

/** The rate that is over a limit: whose mails it is of, and the limit. */
export const overEnglish = (reason: string, data: Data) =>
  reason === 'complaint-rate' ? reported(data) : `${bounced(data)} The limit is 5%.`;

export const pausesEnglish: PauseWords = {
  person: ({ by }) => ({
    title: 'The mailing is paused',
    text: `Nothing more goes until somebody resumes it. It was paused by ${of(by, 'somebody here')}. Those who already have the mail do not get it again.`,
  }),
  'to-confirm': () => ({
    title: 'The mailing waits for you',
    text: 'Nothing has gone yet. The list has been read in. Look at how many get the mail and which lines were left out, then press Send. Or cancel.',
  }),
  nobody: () => ({
    title: 'The mailing has nobody to send to',
    text: 'Nothing has gone. Every line of the list was left out. See why under Recipients, cancel the mailing, mend the list and make a new one.',
  }),
  'dns-changed': ({ rules }) => ({
    title: 'The mailing is paused: DNS has changed',
    text: `Nothing more goes. The domain’s records are not what they were when the mail was audited${rules ? `; these checks no longer hold: ${rules}` : ''}. Audit the mail again: the report shows which record to mend. Then resume.`,
  }),
  'dns-unanswered': ({ domain, rules }) => ({
    title: 'The mailing is paused: DNS does not answer',
    text: `Nothing more goes. We asked several times${domain ? ` about ${domain}` : ''} and got no clear answer${rules ? ` (checks: ${rules})` : ''}, so nobody can say whether the mail would pass. Resume in a while; if it pauses again, ask whoever runs your DNS.`,
  }),
  'sender-lapsed': ({ domain }) => ({
    title: 'The mailing is paused: the sender is not proved any more',
    text: `Nothing more goes. The TXT record that shows that ${of(domain, 'the domain')} is yours cannot be found. Publish it again as it stands under Senders, press Check now, then resume.`,
  }),
  'malware-found': ({ signature }) => ({
    title: 'The mailing is paused: malware was found',
    text: `Nothing more goes. The scanner found ${of(signature, 'malware')} in the mail. Cancel the mailing, remove the file, scan the computer that it comes from, and audit the mail again.`,
  }),
  'malware-unanswered': () => ({
    title: 'The mailing is paused: the malware scanner does not answer',
    text: 'Nothing more goes, since nobody has scanned the mail. Resume in a while; if it pauses again, ask whoever runs the service to look after the scanner.',
  }),
  'clearance-expired': () => ({
    title: 'The mailing is paused: its clearance has ended',
    text: 'Nothing more goes. A clearance lives for a day, and this mailing takes longer. Audit the same mail again, get a new clearance, and resume with it.',
  }),
  'clearance-revoked': () => ({
    title: 'The mailing is paused: its clearance was revoked',
    text: 'Nothing more goes. Somebody here has revoked the clearance, or an exception that it rests on. Ask why. Then audit the mail again, and resume with a new clearance, or cancel.',
  }),
  'identity-not-verified': (data) => ({
    title: 'The mailing is paused: the sending server does not accept the sender',
    text: `Nothing more goes. ${wrong[String(data.wrong)] ?? `${server(data)} does not accept the domain or the sending subdomain.`} Compare its records under Senders with those in DNS, wait until ${server(data)} shows them as verified, and resume.`,
  }),
  'provider-suspended': (data) => ({
    title: 'The mailing is paused: the account is stopped',
    text: `Nothing more goes, and not by the backup server either. ${server(data)} has paused or suspended the account. Log in there, read why, mend it, and resume when the account is open. Going round a stop would harm your domain for a long time.`,
  }),
  'policy-refused': (data) => ({
    title: 'The mailing is paused: receivers refuse the mail',
    text: `Nothing more goes. A receiver refused the mail for what it is, not for its address${data.code ? ` (${data.code})` : ''}. Look at the answer under Recipients: it often names a page. Mend what it says before you resume, or more of them will refuse.`,
  }),
  'message-refused': (data) => ({
    title: 'The mailing is paused: one mail after the other is refused',
    text: `Nothing more goes. ${data.count === undefined ? 'The last' : `The last ${number(data.count)}`} mails were refused as they are, whoever they were for${data.code ? ` (${data.code})` : ''}: the mail may be too large, or the server may not take something in it. Look at the answers under Recipients, and mend what they say. Those who were refused do not get this mailing; the rest still wait.`,
  }),
  'recipients-refused': (data) => ({
    title: 'The mailing is paused: one recipient after the other is refused',
    text: `Nothing more goes. ${server(data)} refused ${data.count === undefined ? 'many recipients' : `${number(data.count)} recipients`} and did not say what is wrong with their addresses${data.code ? ` (${data.code})` : ''}, so what is wrong is probably the account or its limits. Look at the answers under Recipients, ask ${server(data)} what they mean, and resume when it is mended. Those who were refused do not get this mailing; the rest still wait.`,
  }),
  'command-refused': (data) => ({
    title: 'The mailing is paused: the sending server does not understand us',
    text: `Nothing more goes. ${server(data)} does not take the way in which we hand mail over${data.code ? ` (${data.code})` : ''}. That is our fault or the server’s, not yours, and nobody has been refused: all who wait keep their place. Tell whoever runs the service, who finds the answer under Recipients. Resume when it is mended.`,
  }),
  'not-composed': ({ field }) => ({
    title: 'The mailing is paused: the mail cannot be filled in',
    text: `Nothing more goes. The mail and the values in the list do not fit together${field ? ` (${field})` : ''}, so no mail can be made. Cancel the mailing. Mend the list, or take the field out of the mail and audit it again.`,
  }),
  'bounce-rate': (data) => ({
    title: 'The mailing is paused: too many addresses do not exist',
    text: `Nothing more goes. ${bounced(data)} That harms your reputation with every receiver. Clean the list: remove addresses that nobody has confirmed for a year. Resume when you know where the bad ones came from, or cancel.${until(data)}`,
  }),
  'complaint-rate': (data) => ({
    title: 'The mailing is paused: too many report it as spam',
    text: `Nothing more goes. ${reported(data)} Make sure that everyone on the list has asked for it. Cancel the mailing, and write first to those who read you most.${until(data)}`,
  }),
  'no-route': (data) => ({
    title: 'The mailing is paused: no sending server can take it',
    text: `Nothing more goes. ${server(data)} cannot be reached or takes no mail, and no rehearsed backup server stands ready. Those who wait keep their place. Resume when the server works again, or rehearse a backup server under Senders.`,
  }),
  'reserve-not-armed': () => ({
    title: 'The mailing is paused: the backup server is not ready',
    text: 'Nothing more goes. The backup server has not passed a rehearsal in the last 30 days. Rehearse it under Senders, then resume.',
  }),
  'routes-changed': () => ({
    title: 'The mailing is paused: the sending servers have changed',
    text: 'Nothing more goes. The sender’s servers, subdomains or keys are not those that the mail was audited with. Set them back under Senders and resume, or audit the mail again and send the rest as a new mailing.',
  }),
  crashed: ({ list }) =>
    list === undefined
      ? {
          title: 'The mailing is paused: something went wrong on our side',
          text: 'Nothing more goes. That is our fault, not yours. Those who already have the mail do not get it again. Resume; if it pauses again, tell whoever runs the service.',
        }
      : {
          title: 'The mailing is paused: its list was not read to the end',
          text: 'Nothing has gone. The service stopped twice while it read the list, and does not try a third time. That is our fault, not yours. Cancel this mailing, divide the list, and make a new mailing for each part. Tell whoever runs the service.',
        },
};

const moment = (at: string | number) => `${String(at).slice(0, 16).replace('T', ' ')} UTC`;
const noSuccessor: Record<string, string> = {
  'orderer-ended':
    'Whoever ordered it may not get clearances any more: the member has been removed or has another role, or the key is revoked.',
  'message-other':
    'Audited again, the mail would not be the same: the sending servers, or how we put mail together, have changed.',
  'not-later': 'A new clearance would end no later, since the exception that it rests on ends.',
  unreadable: 'The mail that was handed in can no longer be read.',
};

export const alertsEnglish: AlertWords = {
  'switched-to-reserve': (data) => ({
    title: 'The backup server has taken over: too many bounces',
    text: `The mailing goes on, by ${of(data.reserve, 'the backup server')}. ${overEnglish('bounce-rate', data)} Find out where the bad addresses came from and clean the list. Return to ${server(data)} when that is done: it does not happen by itself.${unseen(data)}`,
  }),
  'reserve-took-over': (data) => ({
    title: 'The backup server has taken over',
    text: `The mailing goes on, by ${of(data.reserve, 'the backup server')}, since ${server(data)} cannot be reached or takes no mail. You need do nothing: it goes back by itself when ${server(data)} works again. Nobody gets the mail twice.${unseen(data)}`,
  }),
  'primary-is-back': (data) => ({
    title: 'The usual server carries the mail again',
    text: `The mailing goes on, by ${server(data)}, which works again. You need do nothing.`,
  }),
  'waits-for-server': (data) => ({
    title: data.ended
      ? 'The mailing waited for its sending server'
      : 'The mailing waits for its sending server',
    text: data.ended
      ? `${server(data)} could not be reached or took no mail for a while, and there was no other server to send by. Nobody got the mail twice.`
      : data.quota === 'full'
        ? `Nothing goes just now: the account at ${server(data)} has sent all that it may in 24 hours, and there is no other server to send by. Those who wait keep their place, and the mailing goes on by itself as the quota gets room. Ask ${server(data)} for a larger one if it is too small.`
        : `Nothing goes just now: ${server(data)} cannot be reached or takes no mail, and there is no other server to send by. Those who wait keep their place. The next try is made ${data.at === undefined ? 'soon' : `at ${moment(data.at)}`}, then more and more seldom, every 15 minutes at least, and the mailing goes on by itself when one succeeds. If none has in four hours it pauses.`,
  }),
  'stands-still': ({ days }) => ({
    title: 'A paused mailing will soon be cancelled',
    text: `The mailing has stood still for a long time. In ${number(days)} days it is cancelled, and the addresses of its list are forgotten: we keep them no longer than they are needed. Resume it before that, or cancel it yourself.`,
  }),
  'events-missing': (data) => ({
    title: 'Events do not reach us',
    text: `The mail goes out as it should, but nobody here hears of its bounces and spam reports: ${server(data)} has taken mail for more than an hour, and not one event has come. Ask whoever runs the service to look at the topic, its subscription and the configuration set, as docs/sending.md tells under “When no event comes”. What was missed comes in afterwards if it was kept in a queue.`,
  }),
  'unknown-waits': ({ unknown }) => ({
    title: 'You need to decide about mails that nobody can tell about',
    text: `${number(unknown)} mails were handed over without an answer more than 72 hours ago, and no report has come since. They may have arrived. Open the mailing and choose: count them as sent, or send them once more. Those who did get it would then get it twice.`,
  }),
  'over-limit': (data) => ({
    title:
      data.reason === 'complaint-rate'
        ? 'Too many have reported the mail as spam'
        : 'Too many addresses did not exist',
    text: `Reports have come in since the mailing ended. ${data.reason === 'complaint-rate' ? reported(data) : bounced(data)} Other mailings from ${of(data.domain, 'the sender')}, or by ${server(data)}, stop or change server where they pass the limits too: 5% and 8% bounces, 0.3% spam reports, over 24 hours. Clean the list before you send again.`,
  }),
  'clearance-ends': ({ at, reason }) => ({
    title: 'The mailing will pause: it gets no new clearance',
    text: `The mailing goes on until its clearance ends${at === undefined ? '' : ` (${moment(at)})`}, and pauses then. ${noSuccessor[String(reason)] ?? `The mail was to be audited again before that, and no new clearance came of it. ${clearanceWords.en.refused[reason as ClearanceErrorCode] ?? 'Audit the mail again.'}`} Get a new clearance for the same mail, and resume with it when the mailing has paused.`,
  }),
  'bounces-unseen': (data) => ({
    title: 'The bounce rate is unknown',
    text: `The mailing goes by ${server(data)}, and nothing shows that bounces by it come here: the MX of its sending subdomain leads elsewhere, or could not be looked up. Nothing stops a mailing that bounces, and addresses that fail are mailed again. Publish the MX as it stands at Senders, and rehearse the route.`,
  }),
  sandbox: (data) => ({
    title: 'The account can only mail verified addresses',
    text: `The mailing has begun, but ${server(data)} still has the account in its sandbox and refuses every address that is not verified there. Pause the mailing, ask ${server(data)} for production access, and resume when you have it.`,
  }),
  done: ({ recipients, unknown, rejected, cancelled }) => ({
    title: 'The mailing is done',
    text: `All ${number(recipients)} recipients have had their turn.${Number(rejected ?? 0) > 0 ? ` ${number(rejected)} were refused by their mail servers.` : ''}${Number(cancelled ?? 0) > 0 ? ` ${number(cancelled)} got no mail, since their values do not fit it: see Recipients.` : ''}${Number(unknown ?? 0) > 0 ? ` Of ${number(unknown)} nobody can tell yet; reports may still come.` : ''} Bounces and spam reports are counted as they come in.`,
  }),
};
