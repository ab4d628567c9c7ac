/** Shared words in English and Swedish: what is said of every rule alike, and of bad input. */
import type { FactName } from './facts/facts.ts';
import type { Area, Ask, Locale, NotApplicableReason, Severity, UnknownReason } from './rule.ts';
import type { InputErrorCode } from './submission.ts';
import type { Decision, Outcome } from './verdict.ts';

type Data = Record<string, string | number>;

export interface SharedWords {
  decisions: Record<Decision, string>;
  /** An audit that never earns a clearance. */
  trial: string;
  /** What a reader might think is checked and is not. */
  scope: string;
  /** Said of previews that were drawn without Chromium's sandbox. */
  unsandboxed: string;
  /** DNS questions that got no answer. `below`: their names stand further down. */
  silent(questions: readonly Question[], below?: boolean): string;
  /** The resolver of an example, which has a DNS of its own. */
  exampleDns: string;
  /** Of a message without a DKIM signature. */
  unsigned: string;
  outcomes: Record<Outcome, string>;
  severities: Record<Severity, string>;
  /** Of a failure that keeps the mail from going, whatever its severity. */
  stops: string;
  areas: Record<Area, string>;
  facts: Record<FactName, string>;
  /** Of which sending servers, by their names, something is true. */
  byRoutes(routes: readonly string[]): string;
  reasons: Record<UnknownReason | NotApplicableReason, string>;
  asks: Record<Ask, string>;
  errors: Record<InputErrorCode, (data: Data) => string>;
  failures: Record<string, string>;
}

interface Question {
  name: string;
  type: string;
  resolver: string;
}

/** Who was asked, and what about. */
const askedOf = (questions: readonly Question[]) => ({
  resolvers: [...new Set(questions.map(({ resolver }) => resolver))].join(', '),
  names: questions.map(({ name, type }) => `${name} (${type})`).join('; '),
});
const exampleDns = { en: 'the example’s own DNS', sv: 'exemplets egen DNS' };

const megabytes = (bytes: number | string | undefined, locale: Locale) =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(Number(bytes) / 1024 / 1024);

/** What of a declared merge field is wrong. */
const mergeParts: Record<'en' | 'sv', Record<string, string>> = {
  en: {
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
  },
  sv: {
    field: 'kopplingsfälten ska vara en lista, och vart och ett ha name, type och sample.',
    name: 'ett namn börjar med a-z och har högst 40 av a-z, 0-9 och _.',
    type: 'type ska vara text eller url.',
    max_length: 'max_length ska vara ett heltal från 1 till 500.',
    hosts:
      'ett url-fält behöver hosts, 1 till 20 namn som example.se eller *.example.se med små bokstäver. Ett textfält har inga.',
    sample:
      'sample saknas, eller är ett värde som fältet inte tar emot. En text får inte innehålla någon adress, länk eller kod. En url börjar med https:// och går till någon av värdarna i hosts.',
    reserved: 'namnet fylls i av den som skickar mejlet, så ange det inte själv.',
    twice: 'det är angivet två gånger.',
  },
};

const en: SharedWords = {
  decisions: { clear: 'Clear to send', blocked: 'Not clear to send', undecided: 'Cannot tell yet' },
  trial: 'trial',
  scope:
    'Not checked yet: the sending server itself, where links lead, whether text and background can be told apart, and other mail programs than Gmail on the web, Outlook on Windows and Apple Mail on iPhone.',
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
    markup: 'Markup',
    compatibility: 'Mail clients',
    accessibility: 'Accessibility',
    rendering: 'Previews',
  },
  facts: {
    message: 'Read the message',
    html: 'Read the HTML',
    css: 'Read the styles',
    markup: 'Check the HTML code',
    author: 'Look up the From domain',
    spf: 'Look up SPF',
    dkim: 'Look up DKIM',
    dmarc: 'Look up DMARC',
    dmarcReports: 'Check where DMARC reports go',
    mailServers: 'Look up the mail servers',
    bounceServers: 'Look up the servers for bounces',
    greetings: 'Greet the mail servers',
    mtaSts: 'Look up MTA-STS',
    tlsReports: 'Look up TLS reports',
    dane: 'Look up DANE',
    mailFrom: 'Check the sending subdomain',
    addresses: 'Look up the sending servers’ names',
    listings: 'Ask blocklists',
    dangling: 'Look for names that lead nowhere',
    registration: 'Ask the registry of the domain',
    bimi: 'Look up the logo (BIMI)',
    dnssec: 'Check DNSSEC',
    identity: 'Ask the sending service about the domain',
    zone: 'See who hosts the DNS',
    rendering: 'Draw previews',
    malware: 'Look for viruses',
  },
  byRoutes: (routes) => `with the sending server ${routes.join(', ')}`,
  reasons: {
    unanswered:
      'DNS did not answer, so nobody can say. It is not counted as passed. Audit again in a few minutes.',
    late: 'The check did not finish in time. It is not counted as passed. Audit again in a few minutes.',
    'missing-engine':
      'The part of Klarsignal that does this is not available on this server. Whoever runs the server can add it.',
    crashed:
      'The check itself failed. That is our fault, not yours. It is not counted as passed. Audit again; if it happens again, tell whoever runs the server.',
    'left-out': 'You chose to leave this out.',
    'not-given': 'We need one more thing from you to check this.',
    'needs-dkim': 'Only a DKIM signature for your own domain can settle this, and we know of none.',
    'each-mail':
      'The record makes the answer depend on each mail and the server it comes from (a macro), so nobody can tell beforehand. It is not counted as passed.',
    'cut-short':
      'The SPF record needs so many look-ups that we did not read it to its end, and receivers do not either. Shorten it first.',
    'too-much':
      'The mail has more CSS than we read, so nobody can say. It is not counted as passed. Remove the styles that nothing uses and audit again.',
    unclear:
      'The mail may say it, but not clearly enough for anyone to be sure, or in a language that we cannot read. It is not counted as passed. Say it in plain words and audit again.',
    'no-html': 'The message has no HTML part.',
    'no-reply-to': 'The message has no Reply-To.',
    'no-attachments': 'Nothing is attached, and this server has no malware scanner.',
    'scanner-silent':
      'The malware scanner did not answer, so nobody can say. It is not counted as passed. Audit again in a few minutes; if it happens again, tell whoever runs the server.',
    'scanner-limit':
      'The mail is larger than the malware scanner takes, so nobody can say. It is not counted as passed. Put large files on the web and link to them.',
    'no-record': 'There is no record that can be checked.',
    'faulty-record': 'Another check says what is wrong with the record.',
    'no-domain': 'The From domain does not exist, as another check says.',
    'no-mail-from': 'We do not know the sending subdomain.',
    'other-checks': 'It is the domain that receivers check, and other checks look at it.',
    'servers-silent':
      'Not every mail server of the domain let Klarsignal speak to it on port 25. Many networks block that port on the way out, so it says nothing about the servers. Whoever runs Klarsignal can have it opened.',
    'provider-silent':
      'Amazon SES did not answer when we asked about the domain, so nobody can say. It is not counted as passed. Audit again in a few minutes; if it happens again, whoever runs the server should see that Klarsignal may call ses:GetEmailIdentity.',
    'no-server':
      'The sending server of this sender is not set up here, so nobody can say. It is not counted as passed. Whoever runs the server can add it.',
    'not-ses': 'The mail does not go through Amazon SES from here.',
    'no-route': 'The mail does not go through a sending server that is set up here.',
    'not-yours': 'The record belongs to the sending service, which looks after it.',
    template:
      'A template gets its headers, and is filled in, when it is sent. Hand in a sent message as EML to check this.',
    composed: 'Klarsignal writes this header for each reader when it sends the mailing, and signs it.',
    'not-signed':
      'What stands in the headers is right, but it must be covered by a DKIM signature as well, and the mail gets one when it is sent. Hand in a sent message as EML to check that.',
    transactional: 'Only marketing mail needs this.',
    'no-signature': 'The message has no DKIM signature.',
    'no-report-address': 'The DMARC record names no address for reports.',
    'no-selector': 'We do not know which DKIM selector signs the mail, so no key has been looked up.',
    'registry-silent':
      'The registry, where domains are registered, did not tell, or has no service that can be asked (RDAP). It is not counted as passed.',
    'lists-silent':
      'Some blocklists gave no answer that can be used: they do not answer the DNS server that is asked here, or were silent. The answers are shown below. Whoever runs this server can set up a DNS server of its own, or a key to the list.',
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
    subject:
      'Which subject will the mail have? A template does not tell, and without one there are no spam points.',
    'sent-message': 'It depends on the mail itself. Hand in a message that was really sent, as EML.',
  },
  errors: {
    'message-empty': () =>
      'There is nothing to audit: the file, or the message in it, is empty. Choose the file with your template, or paste its HTML.',
    'message-too-large': ({ limit }) =>
      `The file is too large: at most ${megabytes(limit, 'en')} MB can be audited. Put large images on the web and link to them.`,
    'message-not-text': () => 'This is not a text file. Hand in HTML, MJML or a message saved as EML.',
    'message-unreadable': () =>
      'The message cannot be read: it has no headers, or too many parts or lines. Save it again as EML from your mail program.',
    'message-encoding': () =>
      'A part of the message has characters that are not of the encoding it names, so readers would see � in their place. Save it again as UTF-8.',
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
      `The merge field ${name ? `“${name}” ` : ''}cannot be used: ${mergeParts.en[`${part}`] ?? mergeParts.en.field} Correct it and audit again.`,
    'merge-field-place': ({ name }) =>
      `The merge field {{${name}}} stands where its value could do harm. Put a text field in plain text, in alt, title or aria-label within quotation marks, or in the subject, and not next to what makes a link of it. Put an address field alone as the href of a link, or in plain text.`,
    'merge-field-unused': ({ name }) =>
      `The merge field “${name}” is declared but stands nowhere in the mail. Write {{${name}}} where its value is to be, or leave the field out.`,
    'merge-fields-too-many': ({ count }) =>
      `There are ${count} merge fields. A mail may have at most 50: leave out those that it does not need.`,
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

const sv: SharedWords = {
  decisions: {
    clear: 'Klart att skicka',
    blocked: 'Inte klart att skicka',
    undecided: 'Kan inte avgöras ännu',
  },
  trial: 'provkörning',
  scope:
    'Kontrolleras inte än: själva utskicksservern, vart länkarna leder, om text och bakgrund går att skilja åt och andra mejlprogram än Gmail på webben, Outlook i Windows och Apple Mail i iPhone.',
  unsandboxed:
    'På den här servern kunde Chromium inte starta sin sandlåda, så förhandsvisningarna ritades utan den. Den som sköter servern kan läsa i docs/running.md hur det ändras.',
  silent: (questions, below = false) => {
    const { resolvers, names } = askedOf(questions);
    const who = resolvers === exampleDns.sv ? 'Exemplets egen DNS' : `DNS-servern ${resolvers}`;
    return `${who} svarade inte på frågan om ${below ? 'namnen nedan' : names}. Det räknas inte som godkänt. Granska igen om några minuter.`;
  },
  exampleDns: exampleDns.sv,
  unsigned:
    'I den här filen finns ingen DKIM-Signature: antingen sparades mejlet innan det skickades, eller så signerar inte din utskickstjänst.',
  outcomes: {
    pass: 'Godkänd',
    fail: 'Underkänd',
    unknown: 'Saknar svar',
    'not-applicable': 'Gäller inte',
  },
  severities: { blocker: 'Måste åtgärdas', major: 'Bör åtgärdas', minor: 'Mindre fel', advice: 'Råd' },
  stops: 'Stoppar mejlet',
  areas: {
    authentication: 'Avsändarens identitet',
    domain: 'Avsändarens domän',
    reputation: 'Rykte',
    sender: 'Avsändare',
    headers: 'Mejlhuvud',
    content: 'Innehåll',
    markup: 'Kod',
    compatibility: 'Mejlprogram',
    accessibility: 'Tillgänglighet',
    rendering: 'Förhandsvisning',
  },
  facts: {
    message: 'Läser mejlet',
    html: 'Läser HTML-koden',
    css: 'Läser stilarna',
    markup: 'Kontrollerar HTML-koden',
    author: 'Slår upp avsändardomänen (From)',
    spf: 'Slår upp SPF',
    dkim: 'Slår upp DKIM',
    dmarc: 'Slår upp DMARC',
    dmarcReports: 'Kontrollerar vart DMARC-rapporterna går',
    mailServers: 'Slår upp mejlservrarna',
    bounceServers: 'Slår upp servrarna för studsar',
    greetings: 'Hälsar på mejlservrarna',
    mtaSts: 'Slår upp MTA-STS',
    tlsReports: 'Slår upp TLS-rapporter',
    dane: 'Slår upp DANE',
    mailFrom: 'Kontrollerar underdomänen för utskick',
    addresses: 'Slår upp utskicksservrarnas namn',
    listings: 'Frågar spärrlistor',
    dangling: 'Letar efter namn som inte leder någonstans',
    registration: 'Frågar domänregistret',
    bimi: 'Slår upp logotypen (BIMI)',
    dnssec: 'Kontrollera DNSSEC',
    identity: 'Frågar utskickstjänsten om domänen',
    zone: 'Tar reda på var DNS sköts',
    rendering: 'Ritar förhandsvisningar',
    malware: 'Söker efter virus',
  },
  byRoutes: (routes) => `med utskicksservern ${routes.join(', ')}`,
  reasons: {
    unanswered:
      'DNS svarade inte, så ingen kan säga hur det är. Det räknas inte som godkänt. Granska igen om några minuter.',
    late: 'Kontrollen hann inte bli klar. Det räknas inte som godkänt. Granska igen om några minuter.',
    'missing-engine':
      'Den del av Klarsignal som gör detta finns inte på den här servern. Den som sköter servern kan lägga till den.',
    crashed:
      'Själva kontrollen misslyckades. Det är vårt fel, inte ditt. Det räknas inte som godkänt. Granska igen. Händer det på nytt, säg till den som sköter servern.',
    'left-out': 'Du valde att hoppa över det här.',
    'not-given': 'Vi behöver en uppgift till från dig för att kunna kontrollera det här.',
    'needs-dkim':
      'Bara en DKIM-signatur för din egen domän kan avgöra det här, och vi känner inte till någon.',
    'each-mail':
      'Posten låter svaret bero på varje mejl och servern det kommer från (ett makro), så ingen kan veta i förväg. Det räknas inte som godkänt.',
    'cut-short':
      'SPF-posten kräver så många uppslag att vi inte läste den till slutet, och det gör inte mottagarna heller. Korta den först.',
    'too-much':
      'Mejlet har mer CSS än vi läser, så ingen kan säga. Det räknas inte som godkänt. Ta bort stilar som inget använder och granska igen.',
    unclear:
      'Mejlet säger det kanske, men inte så tydligt att någon kan vara säker, eller på ett språk som vi inte kan läsa. Det räknas inte som godkänt. Säg det rakt ut och granska igen.',
    'no-html': 'Mejlet har ingen HTML-del.',
    'no-reply-to': 'Mejlet har ingen Reply-To.',
    'no-attachments': 'Inget är bifogat, och den här servern har inget virusskydd.',
    'scanner-silent':
      'Virusskyddet svarade inte, så ingen kan säga. Det räknas inte som godkänt. Granska igen om några minuter. Händer det igen, berätta det för den som sköter servern.',
    'scanner-limit':
      'Mejlet är större än virusskyddet tar emot, så ingen kan säga. Det räknas inte som godkänt. Lägg stora filer på webben och länka till dem.',
    'no-record': 'Det finns ingen post som går att kontrollera.',
    'faulty-record': 'En annan kontroll säger vad som är fel med posten.',
    'no-domain': 'Avsändardomänen finns inte, som en annan kontroll säger.',
    'no-mail-from': 'Vi vet inte vilken underdomän som används för utskick.',
    'other-checks': 'Det är den domän som mottagarna kontrollerar, och andra kontroller granskar den.',
    'servers-silent':
      'Alla domänens mejlservrar lät inte Klarsignal tala med dem på port 25. Många nät spärrar den porten utåt, så det säger inget om servrarna. Den som driver Klarsignal kan få den öppnad.',
    'provider-silent':
      'Amazon SES svarade inte när vi frågade om domänen, så ingen kan säga. Det räknas inte som godkänt. Granska igen om några minuter. Händer det igen behöver den som sköter servern se till att Klarsignal får anropa ses:GetEmailIdentity.',
    'no-server':
      'Avsändarens utskicksserver är inte inställd här, så ingen kan säga. Det räknas inte som godkänt. Den som sköter servern kan lägga till den.',
    'not-ses': 'Mejlet går inte genom Amazon SES härifrån.',
    'no-route': 'Mejlet går inte genom en utskicksserver som är inställd här.',
    'not-yours': 'Posten hör till utskickstjänsten, som sköter den.',
    template:
      'En mall får sitt mejlhuvud, och fylls i, när den skickas. Lämna in ett skickat mejl som EML för att kontrollera det här.',
    composed:
      'Klarsignal skriver de här raderna i mejlhuvudet för varje mottagare när utskicket går, och signerar dem.',
    'not-signed':
      'Det som står i mejlhuvudet är rätt, men det måste också omfattas av en DKIM-signatur, och den får mejlet när det skickas. Lämna in ett skickat mejl som EML för att kontrollera det.',
    transactional: 'Det behövs bara i marknadsföring.',
    'no-signature': 'Mejlet har ingen DKIM-signatur.',
    'no-report-address': 'DMARC-posten anger ingen adress för rapporter.',
    'no-selector': 'Vi vet inte vilken DKIM-selektor som signerar mejlet, så ingen nyckel har slagits upp.',
    'registry-silent':
      'Domänregistret gav inget besked, eller har ingen tjänst som går att fråga (RDAP). Det räknas inte som godkänt.',
    'lists-silent':
      'Några spärrlistor gav inget användbart svar: de svarar inte den DNS-server som används här, eller var tysta. Svaren visas nedan. Den som sköter servern kan ställa in en egen DNS-server, eller en nyckel till listan.',
    'file-silent':
      'En fil på webben som posten pekar på gick inte att hämta, så ingen kan säga. Det räknas inte som godkänt. Granska igen om några minuter.',
    'no-addresses':
      'Ingen har sagt från vilka servrar (IP-adresser) mejlet skickas. Ange dem för att kontrollera det här.',
    'lists-refuse':
      'Ingen spärrlista svarar den DNS-server som används här, och många svarar inte publika servrar. Den som sköter servern kan ställa in en egen DNS-server, eller en nyckel till listan.',
    'not-told': 'Domänregistret visar inte uppgiften.',
    unvalidated:
      'DNS-servern som Klarsignal frågar kontrollerar inga signaturer (DNSSEC), så härifrån går det inte att säga. Den som driver Klarsignal kan välja en som gör det.',
    'no-dnssec': 'Domänen är inte signerad med DNSSEC.',
  },
  asks: {
    'mail-from':
      'Vilken underdomän går studsarna till (MAIL FROM, Return-Path)? Vet du inte, fråga din utskickstjänst.',
    'dkim-selector':
      'Vilken DKIM-selektor signeras mejlet med? Utan den kan ingen se om signaturen fungerar. Enklast är att spara ett mejl som du har skickat som EML och lämna in det i stället, då följer den med. Eller ange namnet som din utskickstjänst visar under DKIM.',
    subject: 'Vilket ämne får mejlet? Det står inte i en mall, och utan det blir det inga spampoäng.',
    'sent-message': 'Det beror på själva mejlet. Lämna in ett mejl som verkligen har skickats, som EML.',
  },
  errors: {
    'message-empty': () =>
      'Det finns inget att granska: filen, eller mejlet i den, är tom. Välj filen med din mall, eller klistra in HTML-koden.',
    'message-too-large': ({ limit }) =>
      `Filen är för stor: högst ${megabytes(limit, 'sv')} MB kan granskas. Lägg stora bilder på webben och länka till dem.`,
    'message-not-text': () => 'Det här är ingen textfil. Lämna in HTML, MJML eller ett mejl sparat som EML.',
    'message-unreadable': () =>
      'Mejlet går inte att läsa: det saknar mejlhuvud, eller har för många delar eller rader. Spara det på nytt som EML från ditt mejlprogram.',
    'message-encoding': () =>
      'En del av mejlet har tecken som inte stämmer med den teckenkodning det anger, så läsarna skulle se � i stället. Spara det på nytt som UTF-8.',
    'format-unknown': () =>
      'Vi kan inte se vad det här är. Lämna in HTML, MJML eller ett mejl sparat som EML.',
    'encoding-unclear': () =>
      'Texten är inte UTF-8, och filen säger inte vad den är. Spara den som UTF-8, eller ange teckenkodningen i ett meta-element.',
    'encoding-unknown': ({ encoding }) =>
      `Filen anger teckenkodningen ${encoding}, som vi inte känner till. Spara den som UTF-8 och ändra meta-elementet.`,
    'encoding-wrong': ({ encoding }) =>
      `Filen säger att den är ${encoding}, men det stämmer inte. Spara den som UTF-8 och ändra meta-elementet.`,
    'nesting-too-deep': ({ limit }) =>
      `Det finns mer än ${limit} element inuti varandra. Mejlprogram kan inte visa det. Leta efter taggar som aldrig avslutas.`,
    'elements-too-many': ({ limit }) =>
      `Sidan växer till mer än ${limit} element. Leta efter formateringstaggar (b, font, a) som aldrig avslutas.`,
    'attributes-too-many': ({ limit }) =>
      `En tagg har mer än ${limit} attribut, eller så har sidan alldeles för många sammanlagt. Leta efter ett citattecken som saknas.`,
    'text-too-long': ({ limit }) =>
      `Mejlet har mer än ${megabytes(limit, 'sv')} miljoner tecken text. Det läser ingen: lägg texten på webben och länka till den.`,
    'mjml-too-large': ({ bytes, limit }) =>
      `MJML-koden är ${megabytes(bytes, 'sv')} MB, högst ${megabytes(limit, 'sv')} MB kan kompileras. Länka till bilder i stället för att bädda in dem.`,
    'mjml-too-complex': () =>
      'MJML-koden blir för stor, eller tar för lång tid, när den kompileras. Använd färre komponenter, kortare attribut och mindre CSS, eller lämna in färdig HTML.',
    'mjml-include': ({ line }) =>
      `Rad ${line} hämtar in en annan fil (mj-include). Vi läser inga andra filer: lägg innehållet där, eller lämna in färdig HTML.`,
    'mjml-invalid': ({ detail, line, tag }) =>
      tag
        ? `På rad ${line} finns ett element som MJML inte känner till: ${tag}. Innehållet skulle gå förlorat. Se efter hur det stavas.`
        : `MJML-koden går inte att kompilera: ${detail}`,
    'from-missing': () => 'Ange vem mejlet kommer från: en adress på din domän.',
    'from-differs': ({ value, own }) =>
      `Mejlet säger självt att det kommer från ${own}, inte ${value}. Lämna fältet tomt, eller lämna in ett mejl från ${value}.`,
    'address-invalid': ({ value }) =>
      `Det här är ingen mejladress: ${value}. Skriv den som namn@exempel.se eller Namn <namn@exempel.se>.`,
    'address-several': () => 'Ange bara en adress.',
    'address-comma': ({ value }) => `Det står ett komma i adressen: ${value}. Menade du en punkt?`,
    'address-name-comma': ({ value }) =>
      `Ett namn med komma behöver citattecken runt sig: ${value}. Skriv det som "Namn, mer" <namn@exempel.se>.`,
    'address-domain': ({ value }) =>
      `Domänen i adressen är inte giltig: ${value}. Den ska se ut som exempel.se.`,
    'address-local-part': ({ value }) =>
      `Delen före @ får bara ha bokstäverna a–z, siffror och några tecken: ${value}. Många servrar klarar inte andra.`,
    'header-control-characters': () =>
      'Här finns en radbrytning eller ett annat styrtecken. I ett mejlhuvud kan det lägga till egna rader, så det tas inte emot.',
    'encoded-word': ({ value }) =>
      value === undefined
        ? 'Namnet på en fil innehåller ”=?”. Mejlprogram läser det som ett kodat namn och skulle visa ett annat. Döp om filen och lämna in mejlet igen.'
        : `Namnet innehåller ”=?”: ${value}. Mejlprogram läser det som ett kodat namn och skulle visa ett annat. Skriv namnet som det ska läsas.`,
    'header-too-long': () =>
      'En rad i mejlhuvudet, eller ett namn där, har minst 990 tecken utan mellanslag. Ingen server kan skicka den vidare hel, och då bryts signaturen. Ta bort eller korta den.',
    'attachment-type': ({ value }) =>
      `Mejlet har en del av typen ${value}. Innehållet kommer senare eller någon annanstans ifrån, så ingen kan kontrollera det. Bifoga själva filen, eller länka till den.`,
    'subject-too-long': ({ length, limit }) => `Ämnesraden har ${length} tecken, högst ${limit} är tillåtna.`,
    'mail-from-invalid': ({ value }) =>
      `Det här är ingen domän: ${value}. Skriv bara domänen, till exempel utskick.exempel.se, utan @ och https://.`,
    'dkim-selector-invalid': ({ value }) =>
      `Det här är ingen DKIM-selektor: ${value}. Den står efter s= i mejlhuvudets rad DKIM-Signature.`,
    'merge-field-invalid': ({ name, part }) =>
      `Kopplingsfältet ${name ? `”${name}” ` : ''}går inte att använda: ${mergeParts.sv[`${part}`] ?? mergeParts.sv.field} Rätta det och granska igen.`,
    'merge-field-place': ({ name }) =>
      `Kopplingsfältet {{${name}}} står där värdet kan göra skada. Sätt ett textfält i vanlig text, i alt, title eller aria-label inom citattecken, eller i ämnesraden, och inte intill något som gör en länk av det. Sätt ett adressfält ensamt som href i en länk, eller i vanlig text.`,
    'merge-field-unused': ({ name }) =>
      `Kopplingsfältet ”${name}” är angivet men finns ingenstans i mejlet. Skriv {{${name}}} där värdet ska stå, eller ta bort fältet.`,
    'merge-fields-too-many': ({ count }) =>
      `Det är ${count} kopplingsfält. Ett mejl får ha högst 50: ta bort dem som inte behövs.`,
    'sending-address-invalid': ({ value }) =>
      `”${value}” är ingen IP-adress. Skriv adressen till servern som skickar, till exempel 192.0.2.1 eller 2001:db8::1.`,
    'sending-addresses-too-many': ({ count, limit }) =>
      `Det är ${count} utskicksservrar. Högst ${limit} kan kontrolleras på en gång.`,
    'dkim-selectors-too-many': ({ count, limit }) =>
      `Du angav ${count} DKIM-selektorer, högst ${limit} kan kontrolleras. Ange dem som signerar det här mejlet.`,
  },
  failures: {
    interrupted: 'Granskningen avbröts flera gånger och har getts upp. Starta den igen.',
    crashed: 'Granskningen misslyckades. Det är vårt fel, inte ditt. Starta den igen.',
    'example-missing':
      'Det här exemplet finns inte på den här servern. Den som sköter servern kan se orsaken i loggen.',
  },
};

export const sharedWords: Record<Locale, SharedWords> = { en, sv };
