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

export const pausesEnglish: PauseWords = {
  person: () => ({
    title: 'The mailing is paused',
    text: 'Nothing more goes until somebody resumes it. Somebody here paused it. Those who already have the mail do not get it again.',
  }),
  'to-confirm': () => ({
    title: 'The mailing waits for you',
    text: 'Nothing has gone yet. The list has been read in. Look at how many get the mail and which lines were left out, then press Send. Or cancel.',
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
  'bounce-rate': (data) => ({
    title: 'The mailing is paused: too many addresses do not exist',
    text: `Nothing more goes. Too many of the mails bounced for good${data.percent === undefined ? '' : `: ${number(data.percent)}%`}. That harms your reputation with every receiver. Clean the list: remove addresses that nobody has confirmed for a year. Resume when you know where the bad ones came from, or cancel.`,
  }),
  'complaint-rate': (data) => ({
    title: 'The mailing is paused: too many report it as spam',
    text: `Nothing more goes. Too many readers have reported the mail as spam: ${rate(data, '0.3%')}. Make sure that everyone on the list has asked for it. Cancel the mailing, and write first to those who read you most.`,
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
  crashed: () => ({
    title: 'The mailing is paused: something went wrong on our side',
    text: 'Nothing more goes. That is our fault, not yours. Those who already have the mail do not get it again. Resume; if it pauses again, tell whoever runs the service.',
  }),
};

export const alertsEnglish: AlertWords = {
  'switched-to-reserve': (data) => ({
    title: 'The backup server has taken over: too many bounces',
    text: `The mailing goes on, by ${of(data.reserve, 'the backup server')}. Of the mails by ${server(data)}, ${data.percent === undefined ? 'over 5%' : `${number(data.percent)}%`} bounced for good; the limit is 5%. Find out where the bad addresses came from and clean the list. Return to ${server(data)} yourself when that is done: it does not happen by itself.`,
  }),
  'reserve-took-over': (data) => ({
    title: 'The backup server has taken over',
    text: `The mailing goes on, by ${of(data.reserve, 'the backup server')}, since ${server(data)} cannot be reached or takes no mail. You need do nothing: it goes back by itself when ${server(data)} works again. Nobody gets the mail twice.`,
  }),
  'primary-is-back': (data) => ({
    title: 'The usual server carries the mail again',
    text: `The mailing goes on, by ${server(data)}, which works again. You need do nothing.`,
  }),
  'unknown-waits': ({ unknown }) => ({
    title: 'You need to decide about mails that nobody can tell about',
    text: `${number(unknown)} mails were handed over without an answer more than 72 hours ago, and no report has come since. They may have arrived. Open the mailing and choose: count them as sent, or send them once more. Those who did get it would then get it twice.`,
  }),
  sandbox: (data) => ({
    title: 'The account can only mail verified addresses',
    text: `The mailing has begun, but ${server(data)} still has the account in its sandbox and refuses every address that is not verified there. Pause the mailing, ask ${server(data)} for production access, and resume when you have it.`,
  }),
  done: ({ recipients, unknown, rejected }) => ({
    title: 'The mailing is done',
    text: `All ${number(recipients)} recipients have had their turn.${Number(rejected ?? 0) > 0 ? ` ${number(rejected)} were refused by their mail servers.` : ''}${Number(unknown ?? 0) > 0 ? ` Of ${number(unknown)} nobody can tell yet; reports may still come.` : ''} Bounces and spam reports are counted as they come in.`,
  }),
};
