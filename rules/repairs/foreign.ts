import { bounceService } from '../providers/bounce-hosts.ts';

/** How to mend what stands at a name of a sending service: nobody else can publish there. */
export const foreign = {
  en: (domain: string) => {
    const service = bounceService(domain);
    return service
      ? `${domain} belongs to ${service}, so you can publish nothing there. See first that the name is written as in the Return-Path of a mail you have sent. If it is, the record is ${service}’s to mend: tell its support.`
      : `${domain} is not yours, so only the service behind it can mend this. Ask it, or send from a subdomain of your own.`;
  },
  sv: (domain: string) => {
    const service = bounceService(domain);
    return service
      ? `${domain} hör till ${service}, så du kan inte publicera något där. Se först efter att namnet är skrivet som i Return-Path i ett mejl som du har skickat. Är det rätt är det ${service} som ska rätta posten: säg till supporten där.`
      : `${domain} är inte din, så bara tjänsten bakom den kan rätta det. Fråga den, eller skicka från en egen underdomän.`;
  },
};
