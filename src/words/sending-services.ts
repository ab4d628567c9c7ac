/**
 * Whose an SPF record is, for people: names that services tell their customers to include, by their own help pages, as
 * of 2026-11. Nothing is judged by it, so that one that is missing costs a hint.
 */
const services: readonly (readonly [domain: string, name: string])[] = [
  ['amazonses.com', 'Amazon SES'],
  ['authsmtp.com', 'AuthSMTP'],
  ['brevo.com', 'Brevo'],
  ['sendinblue.com', 'Brevo'],
  ['_spf.google.com', 'Google Workspace'],
  ['_netblocks.google.com', 'Google Workspace'],
  ['_netblocks2.google.com', 'Google Workspace'],
  ['_netblocks3.google.com', 'Google Workspace'],
  ['hubspotemail.net', 'HubSpot'],
  ['icloud.com', 'iCloud Mail'],
  ['spf.loopia.se', 'Loopia'],
  ['mailgun.org', 'Mailgun'],
  ['spf.mailjet.com', 'Mailjet'],
  ['mcsv.net', 'Mailchimp'],
  ['mcdlv.net', 'Mailchimp'],
  ['rsgsv.net', 'Mailchimp'],
  ['spf.mandrillapp.com', 'Mailchimp Transactional'],
  ['_spf.mlsend.com', 'MailerLite'],
  ['spf.protection.outlook.com', 'Microsoft 365'],
  ['mx.ovh.com', 'OVHcloud'],
  ['_spf.one.com', 'one.com'],
  ['spf.mtasv.net', 'Postmark'],
  ['_spf.protonmail.ch', 'Proton Mail'],
  ['_spf.salesforce.com', 'Salesforce'],
  ['sendgrid.net', 'Twilio SendGrid'],
  ['sparkpostmail.com', 'SparkPost'],
  ['mail.zendesk.com', 'Zendesk'],
  ['zoho.com', 'Zoho Mail'],
  ['zoho.eu', 'Zoho Mail'],
  ['spf.messagingengine.com', 'Fastmail'],
];

/** The service that a name in an SPF record belongs to; undefined: not known. */
export function sendingService(name: string): string | undefined {
  const host = name.toLowerCase().replace(/\.$/, '');
  return services.find(([domain]) => host === domain || host.endsWith(`.${domain}`))?.[1];
}
