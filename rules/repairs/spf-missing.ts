/** How to publish an SPF record of MAIL FROM where there is none. */
import type { Facts } from '#rule';
import { foreign } from './foreign.ts';

interface Missing {
  domain: string;
  place: Facts['mailFrom']['place'];
  sender: 'ses' | 'route' | 'other' | 'open';
  /** A record stands below. */
  box: boolean;
}

interface First {
  domain: string;
  host: string;
}

export const missingWords = {
  en: {
    missing: ({ domain, place, sender, box }: Missing) => {
      if (place === 'foreign') return foreign.en(domain);
      if (place === 'alias') {
        return `${domain} is an alias (CNAME), and no other record can stand beside one. Choose another subdomain for sending, or take the CNAME away first.`;
      }
      if (!box) {
        const better = place === 'shared' ? ' Better still, send from a subdomain of its own.' : '';
        return `Publish a TXT record at ${domain}: v=spf1, then the include of each service that sends under it, then ~all.${better}`;
      }
      return sender === 'ses' || sender === 'route'
        ? 'Publish the TXT record below.'
        : 'Publish the TXT record below if you send through Amazon SES. With another service, write the part that it gives you in place of include:amazonses.com.';
    },
    first: ({ domain, host }: First) =>
      `Publish the TXT record below: it lets ${host || 'the servers that take your mail'} send. If another service sends under ${domain}, add its part before ~all. Better still, send from a subdomain of its own.`,
  },
  sv: {
    missing: ({ domain, place, sender, box }: Missing) => {
      if (place === 'foreign') return foreign.sv(domain);
      if (place === 'alias') {
        return `${domain} är ett alias (CNAME), och där kan ingen annan post finnas. Välj en annan underdomän för utskick, eller ta bort CNAME-posten först.`;
      }
      if (!box) {
        const better = place === 'shared' ? ' Ännu bättre är att skicka från en egen underdomän.' : '';
        return `Publicera en TXT-post på ${domain}: v=spf1, sedan include för varje tjänst som skickar under domänen, sist ~all.${better}`;
      }
      return sender === 'ses' || sender === 'route'
        ? 'Publicera TXT-posten nedan.'
        : 'Publicera TXT-posten nedan om du skickar med Amazon SES. Skickar du med en annan tjänst, byt include:amazonses.com mot den del som din tjänst anger.';
    },
    first: ({ domain, host }: First) =>
      `Publicera TXT-posten nedan. Den låter ${host || 'servrarna som tar emot dina mejl'} skicka. Skickar en annan tjänst under ${domain}, lägg till dess del före ~all. Ännu bättre är att skicka från en egen underdomän.`,
  },
};
