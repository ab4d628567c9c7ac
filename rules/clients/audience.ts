/** The mail programs that readers use, and how many use each. Where nobody has said, the numbers below hold. */

export interface Program {
  /** Family and platform at caniemail.com. */
  id: string;
  family: string;
  /** Where the family has several. */
  on?: string;
  /** Draws with Word, which reads conditional comments and VML. */
  word?: true;
}

/** Names that are the same in every language. The first of a family stands first in lists. */
export const programs: readonly Program[] = [
  { id: 'apple-mail-ios', family: 'Apple Mail', on: 'iPhone' },
  { id: 'apple-mail-macos', family: 'Apple Mail', on: 'Mac' },
  { id: 'gmail-desktop-webmail', family: 'Gmail', on: 'mail.google.com' },
  { id: 'gmail-android', family: 'Gmail', on: 'Android' },
  { id: 'gmail-ios', family: 'Gmail', on: 'iPhone' },
  { id: 'gmail-mobile-webmail', family: 'Gmail', on: 'mail.google.com, mobile' },
  { id: 'outlook-windows', family: 'Outlook', on: 'Windows', word: true },
  { id: 'outlook-windows-mail', family: 'Outlook', on: 'Windows Mail', word: true },
  { id: 'outlook-macos', family: 'Outlook', on: 'Mac' },
  { id: 'outlook-outlook-com', family: 'Outlook', on: 'outlook.com' },
  { id: 'outlook-ios', family: 'Outlook', on: 'iPhone' },
  { id: 'outlook-android', family: 'Outlook', on: 'Android' },
  { id: 'yahoo-desktop-webmail', family: 'Yahoo Mail', on: 'mail.yahoo.com' },
  { id: 'yahoo-ios', family: 'Yahoo Mail', on: 'iPhone' },
  { id: 'yahoo-android', family: 'Yahoo Mail', on: 'Android' },
  { id: 'samsung-email-android', family: 'Samsung Email' },
  { id: 'thunderbird-macos', family: 'Thunderbird' },
  { id: 'aol-desktop-webmail', family: 'AOL', on: 'mail.aol.com' },
  { id: 'aol-ios', family: 'AOL', on: 'iPhone' },
  { id: 'aol-android', family: 'AOL', on: 'Android' },
  { id: 'protonmail-desktop-webmail', family: 'Proton Mail', on: 'mail.proton.me' },
  { id: 'protonmail-ios', family: 'Proton Mail', on: 'iPhone' },
  { id: 'protonmail-android', family: 'Proton Mail', on: 'Android' },
  { id: 'fastmail-desktop-webmail', family: 'Fastmail' },
  { id: 'hey-desktop-webmail', family: 'HEY' },
  { id: 'gmx-desktop-webmail', family: 'GMX', on: 'gmx.net' },
  { id: 'gmx-ios', family: 'GMX', on: 'iPhone' },
  { id: 'gmx-android', family: 'GMX', on: 'Android' },
  { id: 'web-de-desktop-webmail', family: 'WEB.DE', on: 'web.de' },
  { id: 'web-de-ios', family: 'WEB.DE', on: 'iPhone' },
  { id: 'web-de-android', family: 'WEB.DE', on: 'Android' },
  { id: 'orange-desktop-webmail', family: 'Orange', on: 'orange.fr' },
  { id: 'orange-ios', family: 'Orange', on: 'iPhone' },
  { id: 'orange-android', family: 'Orange', on: 'Android' },
  { id: 'laposte-desktop-webmail', family: 'laposte.net' },
  { id: 'sfr-desktop-webmail', family: 'SFR', on: 'sfr.fr' },
  { id: 'sfr-ios', family: 'SFR', on: 'iPhone' },
  { id: 'sfr-android', family: 'SFR', on: 'Android' },
  { id: 'free-fr-desktop-webmail', family: 'Free' },
  { id: 't-online-de-desktop-webmail', family: 'T-Online' },
  { id: 'mail-ru-desktop-webmail', family: 'Mail.ru' },
];

/** Of the numbers below, as a rule says where it has them from. */
export const audienceSource = 'shares of mail programs: Litmus, year 2020';

/**
 * Of 100 openings. Litmus, 12 billion openings of the year 2020 (litmus.com, “Email Client Market Share in 2020”, read
 * 2026-11-23): the last year before Apple Mail began to fetch pictures by itself, after which its share counts
 * programs and not readers. Thunderbird: Litmus, first quarter of 2019. What Litmus counts together is halved or
 * parted alike over the platforms. Mostly senders in the USA: whoever knows their own readers sets KLARSIGNAL_AUDIENCE.
 */
export const audience: Readonly<Record<string, number>> = {
  // iPhone 34.2, iPad 1.7.
  'apple-mail-ios': 35.9,
  'apple-mail-macos': 10.4,
  // Gmail 30.7: where it is opened cannot be told, since Google fetches the pictures.
  'gmail-desktop-webmail': 10.2,
  'gmail-android': 10.2,
  'gmail-ios': 10.3,
  'outlook-windows': 7.3,
  'outlook-ios': 0.8,
  'outlook-android': 0.8,
  'outlook-outlook-com': 0.9,
  // Yahoo! Mail 4.7.
  'yahoo-desktop-webmail': 1.6,
  'yahoo-ios': 1.6,
  'yahoo-android': 1.5,
  'samsung-email-android': 1.6,
  'thunderbird-macos': 0.5,
};
