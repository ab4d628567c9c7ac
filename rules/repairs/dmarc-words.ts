/** What every check that offers a DMARC record says alike. */
import type { DmarcBox } from './dmarc-record.ts';

/** How to do it where the box is not shown: nobody else's zone, or nobody can tell what was meant. */
export const byHand = {
  en: (domain: string, box: DmarcBox, what: string) =>
    box === 'alias'
      ? `_dmarc.${domain} is an alias (CNAME). Ask the service that it leads to to ${what} there.`
      : `In the record at _dmarc.${domain}, ${what}.`,
  sv: (domain: string, box: DmarcBox, what: string) =>
    box === 'alias'
      ? `_dmarc.${domain} är ett alias (CNAME). Be tjänsten som det leder till att där ${what}.`
      : `Gör så här i posten på _dmarc.${domain}: ${what}.`,
};

interface Begun {
  wakes: string;
  lowered: string;
}

/** What else the record in the box changes, so that nobody publishes what they have not read. */
export const changes = {
  en: ({ changed, ...begun }: { changed: string } & Begun) =>
    `${changed ? ` In it these tags are changed: ${changed}.` : ''}${beginning.en(begun)}`,
  sv: ({ changed, ...begun }: { changed: string } & Begun) =>
    `${changed ? ` De här taggarna är ändrade i den: ${changed}.` : ''}${beginning.sv(begun)}`,
};

/** Where a policy that nobody could read begins to count, or is left out until the mail is known to pass. */
export const beginning = {
  en: ({ wakes, lowered }: Begun) =>
    lowered
      ? ` Until now ${lowered} has not counted, and nothing shows that all your own mail passes. So the record begins without it: it comes back in a later step, when reports show that all of it does.`
      : wakes
        ? ` Until now ${wakes} has not counted: write none there until reports show that all your own mail passes.`
        : '',
  sv: ({ wakes, lowered }: Begun) =>
    lowered
      ? ` Hittills har ${lowered} inte räknats, och inget visar att alla dina egna mejl godkänns. Därför börjar posten utan det. I ett senare steg kommer det tillbaka, när rapporter visar att alla godkänns.`
      : wakes
        ? ` Hittills har ${wakes} inte räknats: skriv none där tills rapporter visar att alla dina egna mejl godkänns.`
        : '',
};

/** Where the record in the box begins to ask for reports. */
export const asking = {
  en: (domain: string) =>
    ` It also asks for reports: make sure that dmarc@${domain} can receive mail, or write another address.`,
  sv: (domain: string) =>
    ` Den ber också om rapporter: se till att dmarc@${domain} kan ta emot mejl, eller ange en annan adress.`,
};
