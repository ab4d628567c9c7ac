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

/** What else the record in the box changes, so that nobody publishes what they have not read. */
export const changes = {
  en: ({ changed, wakes }: { changed: string; wakes: string }) =>
    `${changed ? ` In it these tags are changed: ${changed}.` : ''}${wakes ? waking.en(wakes) : ''}`,
  sv: ({ changed, wakes }: { changed: string; wakes: string }) =>
    `${changed ? ` De här taggarna är ändrade i den: ${changed}.` : ''}${wakes ? waking.sv(wakes) : ''}`,
};

/** Where a policy that nobody could read begins to count. */
export const waking = {
  en: (wakes: string) =>
    ` Until now ${wakes} has not counted: write none there until reports show that all your own mail passes.`,
  sv: (wakes: string) =>
    ` Hittills har ${wakes} inte räknats: skriv none där tills rapporter visar att alla dina egna mejl godkänns.`,
};

/** Where the record in the box begins to ask for reports. */
export const asking = {
  en: (domain: string) =>
    ` It also asks for reports: make sure that dmarc@${domain} can receive mail, or write another address.`,
  sv: (domain: string) =>
    ` Den ber också om rapporter: se till att dmarc@${domain} kan ta emot mejl, eller ange en annan adress.`,
};
