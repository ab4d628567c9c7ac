/** Why a check has no answer, and what a person can do about it. */

/** Why a check could not be made. Shared words for each stand in words.ts. */
export type UnknownReason =
  | 'unanswered'
  /** The registry of the domain did not tell, or cannot be asked. */
  | 'registry-silent'
  /** Some blocklists gave no answer that can be used. */
  | 'lists-silent'
  /** A file on the web could not be had. */
  | 'file-silent'
  /** The linked sites let no program in. */
  | 'links-closed'
  /** None of the sites that were asked gave an answer: theirs may be down, or our own way to the web. */
  | 'sites-silent'
  /** An issuer limits what it certifies in a way that is not judged here. */
  | 'issuer-limits'
  /** The type of its mark is not known here, or one of two logos has more than is read. */
  | 'mark-unread'
  | 'late'
  | 'missing-engine'
  /** DNS answers come from a zone file, and nothing but DNS was asked. */
  | 'dns-alone'
  | 'crashed'
  | 'left-out'
  | 'not-given'
  /** Only a DKIM signature can settle it. */
  | 'needs-dkim'
  /** A macro: it is another answer for each mail. */
  | 'each-mail'
  /** SPF leads to names or blocks of addresses that may be those looked for, kept by somebody else. */
  | 'other-names'
  /** The SPF tree was not read to its end, so far is it over the limit. */
  | 'cut-short'
  /** The resolver does not check DNSSEC. */
  | 'unvalidated'
  /** There is more of it than is read. */
  | 'too-much'
  /** Text stands on a picture, or on what cannot be told. */
  | 'over-picture'
  /** Words that may mean it, or are of a language nobody here reads. */
  | 'unclear'
  /** The malware scanner did not answer. */
  | 'scanner-silent'
  /** More than the malware scanner takes. */
  | 'scanner-limit'
  /** An attached file is locked, broken, or packed in a way that is not read here. */
  | 'file-closed'
  /** The spam filter that is set up did not answer. */
  | 'engine-silent'
  /** A mail server did not let us speak to it on port 25, which may be the way there. */
  | 'servers-silent'
  /** Amazon SES could not be asked. */
  | 'provider-silent'
  /** The route goes by a sending server that is not set up here. */
  | 'no-server';
/** Why a check has nothing to say about this message. */
export type NotApplicableReason =
  | 'no-html'
  /** DNS answers come from a zone file, and the web was not asked. */
  | 'dns-alone'
  /** No link may be followed, or none is there. */
  | 'no-links'
  /** No picture is to be had from the web. */
  | 'no-pictures'
  /** Nothing that the mail links to or shows gave an answer, which another check tells of. */
  | 'none-answered'
  /** Nobody has named a sending server. */
  | 'no-addresses'
  /** No blocklist that was asked answers the resolver of this server. */
  | 'lists-refuse'
  /** The registry does not publish it. */
  | 'not-told'
  | 'no-reply-to'
  /** Nothing is attached, and there is no malware scanner here. */
  | 'no-attachments'
  /** It is not set up here. */
  | 'no-spam-engine'
  | 'no-record'
  /** There is one, and what is wrong with it is another check's matter. */
  | 'faulty-record'
  /** The From domain does not exist. */
  | 'no-domain'
  | 'no-mail-from'
  /** None of the mail hosts that are known takes the domain's mail. */
  | 'no-mail-host'
  /** Bounces go to the service's own domain, and it lets no customer choose another. */
  | 'service-bounces'
  /** Other checks look at the same. */
  | 'other-checks'
  /** It belongs to the sending service. */
  | 'not-yours'
  /** The header of a template is written when it is sent. */
  | 'template'
  /** Nobody has said that the mail must have any. */
  | 'no-required-fields'
  /** What is there is right; the signature over it is made when the mail is sent. */
  | 'not-signed'
  /** No mail server has taken it yet, and it may be added on the way. */
  | 'unsent'
  /** There is no attachment. */
  | 'nothing-attached'
  /** Nothing that is attached is a calendar event. */
  | 'no-event'
  /** Klarsignal writes it for each reader, and signs it, when it sends the mail. */
  | 'composed'
  /** Asked of marketing mail alone. */
  | 'transactional'
  /** Asked of transactional mail alone. */
  | 'marketing'
  /** The message has no DKIM signature. */
  | 'no-signature'
  /** The DMARC record names no address for reports. */
  | 'no-report-address'
  /** Nobody has said under which selector the mail is signed, and no signature does. */
  | 'no-selector'
  /** The resolver does not check DNSSEC, and the records that it gave were judged by themselves. */
  | 'unvalidated'
  /** The domain is not signed. */
  | 'no-dnssec'
  /** The mail does not go by Amazon SES from here. */
  | 'not-ses'
  /** Of mail that goes by a sending server that is set up here. */
  | 'no-route';
/** What a person can hand in so that an unknown can be judged again. */
export type Ask = 'mail-from' | 'dkim-selector' | 'sending-address' | 'subject' | 'sent-message';
