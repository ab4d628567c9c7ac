/** Shared words in English. */
import { factNames } from './fact-names.ts';
import { askedOf, exampleDns, megabytes, type SharedWords } from './shape.ts';

/** What of the sample data is wrong. */
const sampleParts: Record<string, (name: string) => string> = {
  form: () =>
    'it must be JSON with a value for each field, such as {"first_name": "Anna"}, or a list in CSV with the names in its first line and one row of values, at most 200,000 characters in all.',
  name: (name) => `“${name}” is no name that a merge field can have.`,
  value: (name) =>
    `the value of “${name}” must be one line of plain text, at most 500 characters, without < or > and without a merge field of its own.`,
  url: (name) => `the value of “${name}” is an address, and only those that begin with https:// are taken.`,
  many: () => 'it has more than 200 fields.',
};

/** What of a declared merge field is wrong. */
const mergeParts: Record<string, string> = {
  field: 'the merge fields must be a list, and each have name, type and sample.',
  name: 'a name begins with a-z and has at most 40 of a-z, 0-9 and _.',
  type: 'its type must be text or url.',
  max_length: 'max_length must be a whole number from 1 to 500.',
  hosts:
    'a url field needs hosts, 1 to 20 names such as example.se or *.example.se in lower case; a text field has none.',
  sample:
    'its sample is missing, or is a value that the field would refuse. A text may hold no address, no link and no markup; a url begins with https:// and goes to one of the hosts.',
  reserved: 'the name is filled in by whoever sends the mail, so do not declare it.',
  twice: 'it is declared twice.',
};

export const en: SharedWords = {
  decisions: { clear: 'Clear to send', blocked: 'Not clear to send', undecided: 'Cannot tell yet' },
  trial: 'trial',
  scope:
    'The previews are of Gmail on the web, Outlook on Windows and Apple Mail on iPhone; of other programs we know what caniemail.com has tested. No audit can promise that the mail reaches the inbox.',
  unsandboxed:
    'On this server Chromium could not start its sandbox, so the previews were drawn without it. Whoever runs the server can read how to change that in docs/running.md.',
  silent: (questions, below = false) => {
    const { resolvers, names } = askedOf(questions);
    const who = resolvers === exampleDns.en ? 'The example’s own DNS' : `The DNS server ${resolvers}`;
    return `${who} did not answer about ${below ? 'the names below' : names}. It is not counted as passed. Audit again in a few minutes.`;
  },
  exampleDns: exampleDns.en,
  unsigned:
    'There is no DKIM-Signature in this file: either it was saved before it was sent, or your sending service does not sign.',
  outcomes: {
    pass: 'Passed',
    fail: 'Failed',
    unknown: 'No answer yet',
    'not-applicable': 'Does not apply',
  },
  severities: { blocker: 'Must be fixed', major: 'Should be fixed', minor: 'Minor', advice: 'Advice' },
  stops: 'Stops the mail',
  areas: {
    authentication: 'The sender’s identity',
    domain: 'The sender’s domain',
    reputation: 'Reputation',
    sender: 'Sender',
    headers: 'Headers',
    content: 'Content',
    spam: 'Spam filters',
    markup: 'Markup',
    compatibility: 'Mail clients',
    accessibility: 'Accessibility',
    rendering: 'Previews',
  },
  facts: factNames.en,
  byRoutes: (routes) => `with the sending server ${routes.join(', ')}`,
  unansweredBy: (routes, stops) =>
    `With the sending server ${routes.join(', ')} this check has no answer yet. ${stops ? 'Once the fault is mended, or an owner answers for it, the' : 'The'} mail stays held until there is one.`,
  reasons: {
    unanswered:
      'DNS did not answer, so nobody can say. It is not counted as passed. Audit again in a few minutes.',
    late: 'The check did not finish in time. It is not counted as passed. Audit again in a few minutes.',
    'missing-engine':
      'The part of Klarsignal that does this is not available on this server. Whoever runs the server can add it.',
    'dns-alone':
      'The answers come from a zone file, and that answers about DNS alone: web servers, mail servers and registries were not asked. It is not counted as passed.',
    crashed:
      'The check itself failed. That is our fault, not yours. It is not counted as passed. Audit again; if it happens again, tell whoever runs the server.',
    'left-out': 'You chose to leave this out.',
    'not-given': 'We need one more thing from you to check this.',
    'needs-dkim': 'Only a DKIM signature for your own domain can settle this, and we know of none.',
    'each-mail':
      'The record makes the answer depend on each mail and the server it comes from (a macro), so nobody can tell beforehand. It is not counted as passed.',
    'other-names':
      'The SPF record leads to names or addresses that may hold your mail host’s, so nobody can say. It is not counted as passed. Your mail host says which part it wants there.',
    'cut-short':
      'The SPF record is so long, or needs so many look-ups, that we did not read it to its end. Receivers may not either. Shorten it first.',
    'too-much':
      'The mail has more CSS than we read, so nobody can say. It is not counted as passed. Remove the styles that nothing uses and audit again.',
    'over-picture':
      'Some text stands on a picture, so nobody can compute how well it shows. It is not counted as passed. Look at the previews, and give the picture a background colour that the text shows well on.',
    unclear:
      'The mail may say it, but not clearly enough for anyone to be sure, or in a language that we cannot read. It is not counted as passed. Say it in plain words and audit again.',
    'no-html': 'The message has no HTML part.',
    'no-reply-to': 'The message has no Reply-To.',
    unsent: 'The mail has not been sent yet, and sending services add this on the way.',
    'nothing-attached': 'Nothing is attached to the mail.',
    'no-event': 'No calendar event is attached to the mail.',
    'no-attachments': 'Nothing is attached, and this server has no malware scanner.',
    'scanner-silent':
      'The malware scanner did not answer, so nobody can say. It is not counted as passed. Audit again in a few minutes; if it happens again, tell whoever runs the server.',
    'scanner-limit':
      'The mail is larger than the malware scanner takes, so nobody can say. It is not counted as passed. Put large files on the web and link to them.',
    'file-closed':
      'An attached file could not be looked into: it is locked, damaged, or packed in a way that we do not read. It is not counted as passed. Send it without a password, as a PDF or in an ordinary ZIP file, or link to it.',
    'engine-silent':
      'The spam filter that is set up on this server did not answer, so nobody can say. It is not counted as passed. Audit again in a few minutes; if it happens again, tell whoever runs the server.',
    'no-spam-engine': 'This spam filter is not set up on this server.',
    'no-record': 'There is no record that can be checked.',
    'faulty-record': 'Another check says what is wrong with the record.',
    'no-domain': 'The From domain does not exist, as another check says.',
    'no-mail-host': 'None of the mail hosts that we know takes the mail of the domain.',
    'no-mail-from': 'We do not know the sending subdomain.',
    'service-bounces':
      'Bounces go to a domain of the sending service itself, which lets nobody choose another for newsletters. A DKIM signature for your own domain carries DMARC in its place.',
    'other-checks': 'Another check looks at this already.',
    'servers-silent':
      'Not every mail server of the domain let Klarsignal speak to it on port 25. Many networks block that port on the way out, so it says nothing about the servers. Whoever runs Klarsignal can have it opened.',
    'provider-silent':
      'Amazon SES did not answer when we asked about the domain, so nobody can say. It is not counted as passed. Audit again in a few minutes; if it happens again, whoever runs the server should see that Klarsignal may call ses:GetEmailIdentity.',
    'no-server':
      'The sending server of this sender is not set up here, so nobody can say. It is not counted as passed. Whoever runs the server can add it.',
    'not-ses': 'The mail does not go through Amazon SES from here.',
    'no-route': 'The mail does not go through a sending server that is set up here.',
    'not-yours': 'The record belongs to the sending service, which looks after it.',
    'no-required-fields':
      'Nobody has said which merge fields the mail must have. You can, when you hand it in.',
    template:
      'A template gets its headers, and is filled in, when it is sent. Hand in a sent message as EML to check this.',
    composed: 'Klarsignal writes this header for each reader when it sends the mailing, and signs it.',
    'not-signed':
      'What stands in the headers is right, but it must be covered by a DKIM signature as well, and the mail gets one when it is sent. Hand in a sent message as EML to check that.',
    marketing: 'Only transactional mail needs this.',
    transactional: 'Only marketing mail needs this.',
    'no-signature': 'The message has no DKIM signature.',
    'no-report-address': 'The DMARC record names no address for reports.',
    'no-selector': 'We do not know which DKIM selector signs the mail, so no key has been looked up.',
    'registry-silent':
      'The registry, where domains are registered, did not tell, or has no service that can be asked (RDAP). It is not counted as passed.',
    'lists-silent':
      'Some blocklists gave no answer that can be used: they do not answer the DNS server that is asked here, or were silent. The answers are shown below. Whoever runs this server can set up a DNS server of its own, or a key to the list.',
    'issuer-limits':
      'A certificate of the issuer limits which names it may stand for in a way that we do not judge. It is not counted as passed. Ask the issuer whether your certificate keeps within it.',
    'mark-unread':
      'The certificate names a type of mark that we do not know, or a logo is too large for us to compare. It is not counted as passed. Ask the issuer whether the certificate suits the logo that your record names.',
    'links-closed':
      'The linked sites let no programs in, so nobody here can say whether the pages are there. It is not counted as passed. Open the links by hand before you send.',
    'sites-silent':
      'None of these sites gave an answer. They may be down just now, or this server may have no way to the web. It is not counted as passed. Audit again in a few minutes.',
    'no-links':
      'The mail has no link to the web that can be followed. Links to unsubscribe, and links of one reader’s own, are never followed.',
    'no-pictures': 'The mail shows no picture from the web.',
    'none-answered':
      'Nothing of this gave an answer, or nobody here may ask for it. Another check tells of that.',
    'file-silent':
      'A file on the web that the record points to could not be had, so nobody can say. It is not counted as passed. Audit again in a few minutes.',
    'no-addresses':
      'Nobody has said from which servers (IP addresses) the mail goes out. Give them to check this.',
    'lists-refuse':
      'No blocklist answers the DNS server that is asked here, as many do not answer public ones. Whoever runs this server can set up a DNS server of its own, or a key to the list.',
    'not-told': 'The registry does not publish it.',
    unvalidated:
      'The DNS server that Klarsignal asks does not check signatures (DNSSEC), so nobody can say from here. Whoever runs Klarsignal can choose one that does.',
    'no-dnssec': 'The domain is not signed with DNSSEC.',
  },
  asks: {
    'mail-from':
      'Which subdomain do bounces go to (MAIL FROM, Return-Path)? If you do not know, ask your sending service.',
    'dkim-selector':
      'Which DKIM selector is the mail signed with? Without it nobody can tell whether the signature works. The easiest way: save a mail that you have sent as EML and hand that in instead, then it comes by itself. Or give the name that your sending service shows under DKIM.',
    'sending-address':
      'From which server does the mail go out? The SPF record answers each server by its IP address, so without one nobody can tell beforehand. Your sending service can say which addresses it has for you, and a mail that you have sent shows it in its header Received.',
    subject:
      'Which subject will the mail have? A template does not tell, and without one there are no spam points.',
    'sent-message': 'It depends on the mail itself. Hand in a message that was really sent, as EML.',
  },
  domainAsks: {
    'dkim-selector':
      'Which DKIM selector are the mails signed with? Without it nobody can tell whether the signature works. Give the name that your sending service shows under DKIM.',
    'sent-message': 'It is settled when a mail is audited: one that was really sent, saved as EML.',
  },
  errors: {
    'message-empty': () =>
      'There is nothing to audit: the file, or the message in it, is empty. Choose the file with your template, or paste its HTML.',
    'message-too-large': ({ limit }) =>
      `The file is too large: at most ${megabytes(limit, 'en')} MB can be audited. Put large images on the web and link to them.`,
    'message-not-text': () => 'This is not a text file. Hand in HTML, MJML or a message saved as EML.',
    'message-unreadable': () =>
      'The message cannot be read: it has no headers, or too many parts or lines. Save it again as EML from your mail program.',
    'format-unknown': () => 'We cannot tell what this is. Hand in HTML, MJML or a message saved as EML.',
    'encoding-unclear': () =>
      'The text is not UTF-8, and the file does not say what it is. Save it as UTF-8, or name the encoding in a meta element.',
    'encoding-unknown': ({ encoding }) =>
      `The file names the encoding ${encoding}, which we do not know. Save it as UTF-8 and change the meta element to match.`,
    'encoding-wrong': ({ encoding }) =>
      `The file says that it is ${encoding}, but it is not. Save it as UTF-8 and change the meta element to match.`,
    'nesting-too-deep': ({ limit }) =>
      `Elements stand more than ${limit} deep inside each other. Mail clients cannot show that; look for tags that are never closed.`,
    'elements-too-many': ({ limit }) =>
      `The page grows to more than ${limit} elements. Look for formatting tags (b, font, a) that are never closed.`,
    'attributes-too-many': ({ limit }) =>
      `A tag has more than ${limit} attributes, or the page far too many together. Look for a quotation mark that is missing.`,
    'text-too-long': ({ limit }) =>
      `The message has more than ${megabytes(limit, 'en')} million characters of text. Nobody would read it: put the text on the web and link to it.`,
    'mjml-too-large': ({ bytes, limit }) =>
      `The MJML is ${megabytes(bytes, 'en')} MB, at most ${megabytes(limit, 'en')} MB can be compiled. Link to images instead of including them.`,
    'mjml-too-complex': () =>
      'The MJML grows too large, or takes too long, when it is compiled. Hand in fewer components, shorter attributes and less CSS, or the finished HTML.',
    'mjml-include': ({ line }) =>
      `Line ${line} includes another file (mj-include). We read no other files: put its content there, or hand in the finished HTML.`,
    'mjml-invalid': ({ detail, line, tag }) =>
      tag
        ? `Line ${line} has an element that MJML does not know: ${tag}. Its content would be lost. Check how it is spelt.`
        : `The MJML cannot be compiled: ${detail}`,
    'from-missing': () => 'Say who the mail is from: an address on your domain.',
    'from-differs': ({ value, own }) =>
      `The message itself says that it is from ${own}, not ${value}. Leave the field empty, or hand in a message from ${value}.`,
    'address-invalid': ({ value }) =>
      `This is not a mail address: ${value}. Write it as name@example.com or Name <name@example.com>.`,
    'address-several': () => 'Give one address only.',
    'address-comma': ({ value }) => `There is a comma in the address: ${value}. Did you mean a full stop?`,
    'address-name-comma': ({ value }) =>
      `A name with a comma needs quotes round it: ${value}. Write it as "Name, more" <name@example.com>.`,
    'address-domain': ({ value }) =>
      `The domain of this address is not valid: ${value}. It should look like example.com.`,
    'address-local-part': ({ value }) =>
      `The part before @ may only have the letters a–z, digits and a few signs: ${value}. Many servers cannot take others.`,
    'header-control-characters': () =>
      'There is a line break or another control character here. In a mail header it could add headers of its own, so it is refused.',
    'encoded-word': ({ value }) =>
      value === undefined
        ? 'The name of a file holds “=?”. Mail programs read that as an encoded name and would show another one. Rename the file and hand in the message again.'
        : `This name holds “=?”: ${value}. Mail programs read that as an encoded name and would show another one. Write the name as it is to be read.`,
    'header-too-long': () =>
      'A header field of the message, or a name in it, has 990 characters or more without a space. No server can pass that on unbroken, and the signature would break with it. Remove or shorten it.',
    'attachment-type': ({ value }) =>
      `The message has a part of the type ${value}. Its content comes later or from elsewhere, so nobody can check it. Attach the file itself, or link to it.`,
    'subject-too-long': ({ length, limit }) =>
      `The subject has ${length} characters, at most ${limit} are allowed.`,
    'mail-from-invalid': ({ value }) =>
      `This is not a domain: ${value}. Write only the domain, such as utskick.example.com, without @ and https://.`,
    'dkim-selector-invalid': ({ value }) =>
      `This is not a DKIM selector: ${value}. It stands after s= in the DKIM-Signature header.`,
    'merge-field-invalid': ({ name, part }) =>
      `The merge field ${name ? `“${name}” ` : ''}cannot be used: ${mergeParts[`${part}`] ?? mergeParts.field} Correct it and audit again.`,
    'merge-field-place': ({ name }) =>
      `The merge field {{${name}}} stands where its value could do harm. Put a text field in plain text, in alt, title or aria-label within quotation marks, or in the subject, and not next to what makes a link of it. Put an address field alone as the href of a link, or in plain text.`,
    'merge-field-unused': ({ name }) =>
      `The merge field “${name}” is declared but stands nowhere in the mail. Write {{${name}}} where its value is to be, or leave the field out.`,
    'merge-fields-too-many': ({ count }) =>
      `There are ${count} merge fields. A mail may have at most 50: leave out those that it does not need.`,
    'sample-data-invalid': ({ part, name }) =>
      `The sample data cannot be used: ${sampleParts[`${part}`]?.(`${name}`) ?? sampleParts.form?.('')} Correct it and audit again.`,
    'required-field-invalid': ({ name, count, limit }) =>
      count === undefined
        ? `“${name}” is not the name of a merge field. Write only the name, such as first_name.`
        : `There are ${count} required merge fields, and at most ${limit} can be looked for.`,
    'audience-invalid': ({ fault, value, names }) =>
      fault === 'name'
        ? `“${value}” is no mail program that we know. There are: ${names}.`
        : fault === 'sum'
          ? `The shares make ${value} together, and can make at most 100.`
          : `“${value}” cannot be read. Write each mail program with its share of 100 readers, such as outlook-windows=45, gmail=30.`,
    'sending-address-invalid': ({ value }) =>
      `“${value}” is not one IP address. Write the address of the server that sends, such as 192.0.2.1 or 2001:db8::1.`,
    'sending-addresses-too-many': ({ count, limit }) =>
      `There are ${count} sending servers. At most ${limit} can be checked at once.`,
    'dkim-selectors-too-many': ({ count, limit }) =>
      `You gave ${count} DKIM selectors, at most ${limit} can be checked. Give those that sign this mail.`,
  },
  failures: {
    interrupted: 'The audit was cut off several times and has been given up. Start it again.',
    crashed: 'The audit failed. That is our fault, not yours. Start it again.',
    'example-missing':
      'This example is not available on this server. Whoever runs it can see the reason in the log.',
  },
};
