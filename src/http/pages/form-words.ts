/** What the form says, and the choices that it names. */
import type { Locale } from '../../rule.ts';

/** Who sends the mail: we by the routes of its sender, we by a standard route, or somebody else. */
export const ways = ['here', 'standard', 'own'] as const;
export type Way = (typeof ways)[number];

export const formWords = {
  en: {
    title: 'Check an email before you send it',
    lead: 'Hand in the template and say who sends it. We show what is wrong and how to fix it.',
    message: 'The message',
    file: 'Upload a file',
    fileHint:
      'HTML, MJML (a language for mail templates) or EML (a mail saved from your mail program). At most 10 MB.',
    again: 'Choose the file again.',
    source: 'Or paste it here',
    sourceHint: 'HTML, MJML or a whole message with headers. We can tell which it is.',
    subject: 'Subject',
    subjectHint: 'As readers see it. A message saved as EML has it already.',
    kind: 'Kind of mail',
    marketing: 'Marketing or newsletter',
    marketingHint: 'To many at once. Readers must be able to unsubscribe.',
    transactional: 'Transactional',
    transactionalHint: 'A receipt, a password, a booking: to one person, because of something they did.',
    by: 'Who sends this?',
    ways: {
      here: 'Klarsignal',
      standard: 'Klarsignal, by the standard route',
      own: 'A system of my own',
    } satisfies Record<Way, string>,
    waysHint: {
      here: 'By the servers of your sender. The domain in From is among your senders.',
      standard: 'For a domain that is not among your senders, but has a standard route here.',
      own: 'A newsletter service, or a server that you look after. Klarsignal audits, and sends nothing.',
    } satisfies Record<Way, string>,
    sender: 'The sender',
    from: 'From',
    fromHint:
      'What readers see: a name and an address on your domain. A message saved as EML has it already.',
    mailFrom: 'Sending subdomain',
    mailFromHint:
      'Where bounces go (word of mail that did not arrive): a subdomain of the From domain, kept for mailings. Your sending service calls it MAIL FROM, Return-Path or bounce domain. Do not know? Ask them.',
    dkimSelectors: 'DKIM selector',
    dkimSelectorsHint:
      'The name that the mail is signed under. Amazon SES shows three CNAME names: paste them all, with a space between.',
    sendingAddresses: 'IP addresses of the sending servers',
    sendingAddressesHint:
      'If you know them, several with a space between. Then we also check that they have names, and look for them on blocklists.',
    replyTo: 'Reply-To',
    replyToHint: 'Where answers go, if not to the From address.',
    sampleData: 'Sample data',
    sampleDataHint:
      'For a template that your own tool fills in: a value for each merge field, as JSON or as the first two lines of your list in CSV. The mail is audited with them in place, and a field that is not among them stops it. An empty value counts as filled in.',
    requiredFields: 'Required merge fields',
    requiredFieldsHint: 'Names of fields that the mail must have, with a comma between.',
    audience: 'Mail programs of your readers',
    audienceHint:
      'If you know them, as shares of 100 with commas between: outlook-windows=45, gmail=30, apple-mail=25. What they lack is weighed by it. Without it, by the readers that most senders have.',
    advanced: 'Advanced settings',
    skip: 'Leave out the previews',
    skipHint: 'Faster, but the audit is then only a trial: it never gives a clearance.',
    start: 'Start the audit',
    soon: 'Takes a few seconds, at most about half a minute. Nothing is sent.',
    marks: {
      file: 'needed, here or pasted below',
      subject: 'optional',
      from: 'needed',
      mailFrom: 'needed for a clear answer',
      dkimSelectors: 'needed for a clear answer, unless the file is EML',
      replyTo: 'optional',
      sendingAddresses: 'optional',
      sampleData: 'optional',
      requiredFields: 'optional',
      audience: 'optional',
    },
    correct: (count: number) => (count === 1 ? 'One thing to correct' : `${count} things to correct`),
  },
  sv: {
    title: 'Granska ett mejl innan du skickar det',
    lead: 'Lämna in mallen och ange vem som skickar. Vi visar vad som är fel och hur du rättar till det.',
    message: 'Mejlet',
    file: 'Ladda upp en fil',
    fileHint:
      'HTML, MJML (ett språk för mejlmallar) eller EML (ett mejl sparat från ditt mejlprogram). Högst 10 MB.',
    again: 'Välj filen igen.',
    source: 'Eller klistra in det här',
    sourceHint: 'HTML, MJML eller ett helt mejl med mejlhuvud. Vi känner av vilket det är.',
    subject: 'Ämne',
    subjectHint: 'Så som läsarna ser det. Ett mejl sparat som EML har det redan.',
    kind: 'Typ av mejl',
    marketing: 'Marknadsföring eller nyhetsbrev',
    marketingHint: 'Till många på en gång. Läsarna måste kunna avregistrera sig.',
    transactional: 'Enskilt ärende',
    transactionalHint: 'Kvitto, lösenord, bokning: till en person, för att hen har gjort något.',
    by: 'Vem skickar det här?',
    ways: {
      here: 'Klarsignal',
      standard: 'Klarsignal, via standardvägen',
      own: 'Ett eget system',
    } satisfies Record<Way, string>,
    waysHint: {
      here: 'Med servrarna hos din avsändare. Domänen i Från finns bland dina avsändare.',
      standard: 'För en domän som inte finns bland dina avsändare men har en standardväg här.',
      own: 'En nyhetsbrevstjänst, eller en server som du sköter. Klarsignal granskar men skickar inget.',
    } satisfies Record<Way, string>,
    sender: 'Avsändaren',
    from: 'Från',
    fromHint: 'Det läsarna ser: ett namn och en adress på din domän. Ett mejl sparat som EML har den redan.',
    mailFrom: 'Underdomän för utskick',
    mailFromHint:
      'Hit skickas studsar (besked om mejl som inte kom fram): en underdomän till avsändardomänen som bara används för utskick. Din utskickstjänst kallar den MAIL FROM, Return-Path eller bounce domain. Vet du inte? Fråga dem.',
    dkimSelectors: 'DKIM-selektor',
    dkimSelectorsHint:
      'Namnet som mejlet signeras under. Amazon SES visar tre CNAME-namn: klistra in alla, med mellanslag emellan.',
    sendingAddresses: 'Utskicksservrarnas IP-adresser',
    sendingAddressesHint:
      'Om du vet dem, flera med mellanslag emellan. Då kontrollerar vi också att de har namn, och letar efter dem på spärrlistor.',
    replyTo: 'Svarsadress (Reply-To)',
    replyToHint: 'Hit går svaren, om de inte ska till avsändaradressen.',
    sampleData: 'Exempeldata',
    sampleDataHint:
      'För en mall som ditt eget verktyg fyller i: ett värde för varje kopplingsfält, som JSON eller som de två första raderna i din lista i CSV. Mejlet granskas med dem på plats, och ett fält som inte finns med stoppar det. Ett tomt värde räknas som ifyllt.',
    requiredFields: 'Obligatoriska kopplingsfält',
    requiredFieldsHint: 'Namn på fält som mejlet måste ha, med komma emellan.',
    audience: 'Läsarnas mejlprogram',
    audienceHint:
      'Om du vet dem, som andelar av 100 med komma emellan: outlook-windows=45, gmail=30, apple-mail=25. Det de saknar vägs efter det. Annars efter vad läsare i allmänhet använder.',
    advanced: 'Fler inställningar',
    skip: 'Hoppa över förhandsvisningarna',
    skipHint: 'Går fortare, men granskningen blir bara en provkörning: den ger aldrig klarsignal.',
    start: 'Starta granskningen',
    soon: 'Tar några sekunder, som mest ungefär en halv minut. Inget skickas.',
    marks: {
      file: 'behövs, här eller inklistrat nedan',
      subject: 'valfritt',
      from: 'behövs',
      mailFrom: 'behövs för ett tydligt besked',
      dkimSelectors: 'behövs för ett tydligt besked, om filen inte är EML',
      replyTo: 'valfri',
      sendingAddresses: 'valfritt',
      sampleData: 'valfritt',
      requiredFields: 'valfritt',
      audience: 'valfritt',
    },
    correct: (count: number) => (count === 1 ? 'En sak att rätta' : `${count} saker att rätta`),
  },
} as const satisfies Record<Locale, object>;
