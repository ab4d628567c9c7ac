/** Which header fields of an audited message go out again. */

/**
 * What composing writes itself, what structures MIME, addresses people, tells of an earlier transport, or
 * orders a sending service about: none of it is taken over.
 */
const dropped = new RegExp(
  `^(?:${[
    'from|sender|reply-to|to|cc|bcc|apparently-to|subject|date|message-id',
    'mime-version|content-.*',
    'return-path|received|received-spf|delivered-to|envelope-to|x-original-to|x-envelope-.*|resent-.*',
    'dkim-signature|x-google-dkim-signature|domainkey-signature|arc-.*|authentication-results|x-received',
    'return-receipt-to|disposition-notification-to|errors-to',
    'x-ses-.*|x-smtpapi|x-msys-.*|x-mailgun-.*|x-mc-.*|x-mj-.*|x-pm-.*|x-postmark-.*',
  ].join('|')})$`,
);

/** @param name in lower case. */
export function isCarried(name: string): boolean {
  return !dropped.test(name);
}

/** Replaced in marketing mail by whoever sends it (RFC 8058). Any case. */
export function isUnsubscribing(name: string): boolean {
  return /^list-unsubscribe(?:-post)?$/i.test(name);
}
