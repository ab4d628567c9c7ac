import { defineRule, notApplicable, problem } from '#rule';
import { answers, listed } from '../repairs/listings.ts';

export default defineRule({
  id: 'address-listing',
  severity: 'major',
  reference: 'RFC 5782; the pages of each list, as rules/blocklists/ names them, as of 2026-11',
  needs: ['listings', 'addresses'],
  check({ listings, addresses: { addresses: named } }, { policy }) {
    const { addresses } = listings;
    if (addresses.length === 0) return notApplicable(named.length === 0 ? 'no-addresses' : 'faulty-record');
    const found = listed(listings, policy, true).filter(({ data }) => addresses.includes(data.subject));
    if (found.length > 0) {
      return found.map(({ isLine, data }) => (isLine ? problem('line', data) : problem('listed', data)));
    }
    return answers(listings, policy, addresses, true) ?? [];
  },
  words: {
    en: {
      title: 'Sending servers on blocklists',
      heading: {
        listed: ({ subject }) => `The sending address ${subject} is on a blocklist`,
        line: ({ subject }) => `The address ${subject} is not meant to send mail directly`,
      },
      mend: {
        listed: () => 'Mend the cause, then ask to be taken off',
        line: () => 'Send through a mail server, or ask to be taken off',
      },
      why: 'Many receivers turn away all mail from a server on such a list, whatever is in it.',
      fix: {
        listed: ({ list, delisting }) =>
          `Find out what the server sent, and stop it: a hacked account or an old address list are common. Then ask ${list} to take the address off at ${delisting}. On a shared server, tell the service that runs it.`,
        line: ({ delisting }) =>
          `Let the mail go out through the mail server of your provider, or through a sending service. If it is a mail server with a fixed address, ask its provider to say so, or see ${delisting}.`,
      },
      problems: {
        listed: ({ subject, list, parts }) => `${subject} is on the blocklist ${list} (${parts}).`,
        line: ({ subject, list, parts }) =>
          `${list} (${parts}) has ${subject} as an address of a home or office line: whoever hands it out says that no mail is sent from there directly.`,
      },
    },
    sv: {
      title: 'Utskicksservrar på spärrlistor',
      heading: {
        listed: ({ subject }) => `Utskicksadressen ${subject} står på en spärrlista`,
        line: ({ subject }) => `Adressen ${subject} är inte till för att skicka mejl direkt`,
      },
      mend: {
        listed: () => 'Åtgärda orsaken och be sedan om att strykas',
        line: () => 'Skicka via en mejlserver, eller be om att strykas',
      },
      why: 'Många mottagare avvisar allt mejl från en server på en sådan lista, vad som än står i det.',
      fix: {
        listed: ({ list, delisting }) =>
          `Ta reda på vad servern har skickat och stoppa det: ett kapat konto eller en gammal adresslista är vanligt. Be sedan ${list} att stryka adressen på ${delisting}. Är servern delad, säg till tjänsten som sköter den.`,
        line: ({ delisting }) =>
          `Låt mejlet gå ut genom leverantörens mejlserver eller en utskickstjänst. Är det en mejlserver med fast adress, be leverantören att ange det, eller se ${delisting}.`,
      },
      problems: {
        listed: ({ subject, list, parts }) => `${subject} står på spärrlistan ${list} (${parts}).`,
        line: ({ subject, list, parts }) =>
          `${list} (${parts}) har ${subject} som adress för ett hem eller kontor: den som delar ut den säger att inget mejl skickas direkt därifrån.`,
      },
    },
  },
  examples: {
    good: [
      { sendingAddresses: ['199.255.192.10', '2a00:1450:4010::10'] },
      // One list refuses to answer, another is silent to whom it does not know: the others know nothing of the address.
      { sendingAddresses: ['199.255.192.10'], zone: { '10.192.255.199.b.barracudacentral.org': 'TIMEOUT' } },
      {
        sendingAddresses: ['199.255.192.10'],
        zone: { '10.192.255.199.zen.spamhaus.org': { A: ['127.255.255.254'] } },
      },
    ],
    bad: [
      {
        world: {
          sendingAddresses: ['199.255.192.10'],
          zone: { '10.192.255.199.zen.spamhaus.org': { A: ['127.0.0.2', '127.0.0.9'] } },
        },
        finds: 'listed',
      },
      {
        world: {
          sendingAddresses: ['2a00:1450:4010::10'],
          zone: {
            '0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.4.0.5.4.1.0.0.a.2.zen.spamhaus.org': {
              A: ['127.0.0.3'],
            },
          },
        },
        finds: 'listed',
      },
      {
        world: {
          sendingAddresses: ['199.255.192.10'],
          zone: { '10.192.255.199.zen.spamhaus.org': { A: ['127.0.0.10'] } },
        },
        finds: 'line',
      },
    ],
  },
});
