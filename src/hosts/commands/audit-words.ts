/** What `klarsignal audit` says beside the report. */
import type { Asks } from '../../report/text.ts';
import type { Locale } from '../../rule.ts';

interface AuditWords {
  usage: string;
  noFile: string;
  tooMany: string;
  conflict: string;
  unreadable: string;
  unwritable: string;
  zoneTooLarge: string;
  badZone: string;
  badResolver: string;
  /** How to give what a check asks for or lacks. */
  asks: Asks;
}

const flags = `audit FILE --from ADDRESS [--mail-from SUBDOMAIN] [--reply-to ADDRESS] [--subject TEXT]
      [--class marketing|transactional] [--dkim-selector NAME]... [--ip ADDRESS]...
      [--sample-data FILE] [--require-field NAME]... [--audience NAME=SHARE,...]
      [--resolver IP:PORT|https://… | --zone ZONE.json | --offline]
      [--previews DIR | --no-previews] [--records plain|bind|terraform]
      [--format text|json] [--locale en|sv]`;

export const auditWords: Record<Locale, AuditWords> = {
  en: {
    usage: `klarsignal ${flags}

  FILE             HTML, MJML (a language for mail templates) or EML (a mail saved from
                   a mail program); - reads standard input.
  --from           the sender that readers see, such as "Our club <news@example.com>".
  --mail-from      where bounces go: a subdomain of the From domain.
  --reply-to       where answers go, if not to the sender.
  --subject        as readers see it; a message saved as EML has its own.
  --class          marketing (the default) or transactional, such as receipts.
  --dkim-selector  a name the mail is signed under; may be given several times. Not needed for a
                   sent mail saved as EML. Your sending service shows it under DKIM, and it stands
                   after s= in the header DKIM-Signature (Gmail: the three dots, Show original;
                   Outlook: File, Properties; Apple Mail: View, Message, All Headers).
  --ip             the IP address of a server that sends it; may be given several times.
  --sample-data    a file with a value for each merge field of your sending tool: JSON, or the
                   first lines of a list in CSV. The mail is judged with them in place, and a
                   field that is not among them stops it; an empty value counts as filled in,
                   since lists have gaps. A trial: it gives no clearance.
  --require-field  a merge field that the mail must have; may be given several times.
  --audience       mail programs that your readers use, of 100: outlook-windows=45,gmail=30. What
                   they lack is weighed by it; without it, by the readers that most senders have.
  --resolver       asks this DNS server; such an audit is a trial and gives no clearance.
  --zone           answers all DNS from a file, and asks nothing but DNS; a trial as well.
  --offline        asks no DNS at all.
  --previews       saves the drawn previews in this folder.
  --no-previews    draws none.
  --records        how DNS records stand: plain (the default), bind (lines of a zone file) or
                   terraform. What cannot be written so stands plain. JSON has all three.
  --format         text (the default) or json, as the API gives it.
  --locale         en or sv; without it, as your terminal is set.
`,
    noFile: 'Say which file to audit.',
    tooMany: 'One file at a time.',
    conflict: 'These options cannot be used together.',
    unreadable: 'The file cannot be read',
    unwritable: 'The previews cannot be saved here',
    zoneTooLarge: 'The zone file is too large.',
    badZone: 'The zone file cannot be used',
    badResolver: 'Write an address such as 192.0.2.53, 192.0.2.53:5353 or https://dns.example/dns-query.',
    asks: {
      'mail-from': 'Give it with --mail-from.',
      'dkim-selector':
        'Give it with --dkim-selector. In a sent mail it stands after s= in the header DKIM-Signature (Gmail: the three dots, Show original; Outlook: File, Properties; Apple Mail: View, Message, All Headers).',
      'sending-address': 'Give it with --ip.',
      subject: 'Give it with --subject.',
      'dns-alone': 'Leave out --zone to ask all of them; --resolver says which DNS server is asked.',
    },
  },
  sv: {
    usage: `klarsignal ${flags}

  FILE             HTML, MJML (ett språk för mejlmallar) eller EML (ett mejl sparat från
                   ett mejlprogram); - läser från standard in.
  --from           avsändaren som läsarna ser, till exempel "Vår förening <nyhetsbrev@exempel.se>".
  --mail-from      hit skickas studsar: en underdomän till avsändardomänen.
  --reply-to       hit går svaren, om de inte ska till avsändaren.
  --subject        ämnet så som läsarna ser det; ett mejl sparat som EML har sitt eget.
  --class          marketing (om inget anges) eller transactional, till exempel kvitton.
  --dkim-selector  ett namn som mejlet signeras under; kan anges flera gånger. Behövs inte för ett
                   skickat mejl sparat som EML. Utskickstjänsten visar namnet under DKIM, och det
                   står efter s= på mejlhuvudets rad DKIM-Signature (Gmail: de tre prickarna, Visa
                   original; Outlook: Arkiv, Egenskaper; Apple Mail: Innehåll, Brev, Alla rubriker).
  --ip             IP-adressen till en server som skickar det; kan anges flera gånger.
  --sample-data    en fil med ett värde för varje kopplingsfält i ditt utskicksverktyg: JSON, eller
                   de första raderna av en lista i CSV. Mejlet granskas med värdena på plats, och
                   ett fält som inte finns med stoppar det; ett tomt värde räknas som ifyllt,
                   eftersom listor har luckor. En provkörning: den ger ingen klarsignal.
  --require-field  ett kopplingsfält som mejlet måste ha; kan anges flera gånger.
  --audience       mejlprogrammen som dina läsare använder, av 100: outlook-windows=45,gmail=30. Det
                   de saknar vägs efter det; annars efter vad läsare i allmänhet använder.
  --resolver       frågar den här DNS-servern; granskningen är då en provkörning och ger ingen klarsignal.
  --zone           svarar på alla DNS-frågor från en fil och frågar inget annat; också det en
                   provkörning.
  --offline        ställer inga DNS-frågor alls.
  --previews       sparar förhandsvisningarna i den här mappen.
  --no-previews    ritar inga.
  --records        hur DNS-posterna skrivs: plain (om inget anges), bind (rader i en zonfil) eller
                   terraform. Det som inte går att skriva så skrivs som plain. JSON har alla tre.
  --format         text (om inget anges) eller json, så som API:et ger den.
  --locale         en eller sv; annars som terminalen är inställd.
`,
    noFile: 'Ange vilken fil som ska granskas.',
    tooMany: 'En fil i taget.',
    conflict: 'De här flaggorna går inte att använda tillsammans.',
    unreadable: 'Filen går inte att läsa',
    unwritable: 'Förhandsvisningarna går inte att spara här',
    zoneTooLarge: 'Zonfilen är för stor.',
    badZone: 'Zonfilen går inte att använda',
    badResolver: 'Skriv en adress som 192.0.2.53, 192.0.2.53:5353 eller https://dns.example/dns-query.',
    asks: {
      'mail-from': 'Ange den med --mail-from.',
      'dkim-selector':
        'Ange den med --dkim-selector. I ett skickat mejl står den efter s= på mejlhuvudets rad DKIM-Signature (Gmail: de tre prickarna, Visa original; Outlook: Arkiv, Egenskaper; Apple Mail: Innehåll, Brev, Alla rubriker).',
      'sending-address': 'Ange den med --ip.',
      subject: 'Ange det med --subject.',
      'dns-alone':
        'Utelämna --zone för att fråga dem alla; --resolver anger vilken DNS-server som ska tillfrågas.',
    },
  },
};
