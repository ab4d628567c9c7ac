import { defineRule, notApplicable, problem, unanswered, unknown } from '#rule';
import { foreign } from '../repairs/foreign.ts';
import { areOthers, termOf } from '../repairs/spf-addresses.ts';
import { mendSpf } from '../repairs/spf-record.ts';

/** How to mend it where the record stands below. */
const boxed = {
  en: (term: string) =>
    `Change the record to the one below, which has ${term}. If the server is a service’s, write the include that the service gives you in place of that.`,
  sv: (term: string) =>
    `Ändra posten till den nedan, där ${term} finns med. Är servern en tjänsts, skriv i stället den include som tjänsten anger.`,
};

export default defineRule({
  id: 'spf-sending-address',
  severity: 'major',
  reference: 'RFC 7208 sections 2.4, 2.6 and 4; Gmail sender guidelines (5.7.26, 5.7.27), as of 2026-11',
  needs: ['spf', 'mailFrom'],
  check({ spf, mailFrom }, { policy }) {
    const tree = spf.mailFrom;
    if (spf.addresses.length === 0) return notApplicable(tree ? 'no-addresses' : 'no-mail-from');
    if (tree === null) return notApplicable('no-mail-from');
    if (areOthers({ spf, mailFrom })) return notApplicable('not-yours');
    const { domain, records } = tree.root;
    const judged = spf.addresses.map(({ address, judgement }) => ({ address, ...judgement }));
    if (judged.every(({ result }) => result === 'permerror')) return notApplicable('faulty-record');
    if (judged.every(({ result }) => result === 'none')) return notApplicable('no-record');
    const next = mendSpf({ spf, mailFrom }, policy);
    const put = { kind: 'dns', type: 'TXT', name: domain, old: records[0] ?? null, new: next } as const;
    const found = judged
      .filter(({ result, eachMail }) => !eachMail && /^(?:fail|softfail|neutral)$/.test(result))
      .map(({ address, result, by }) => {
        const term = termOf(address);
        // Where something else is to be mended first, the record that does so need not hold it yet.
        const box = next?.split(' ').includes(term) ?? false;
        const data = { domain, address, term, box, place: mailFrom.place, by: by?.term.slice(0, 120) ?? '' };
        const more = box ? { change: put } : {};
        return result === 'neutral' ? problem('unmentioned', data, more) : problem('refused', data, more);
      });
    if (found.length > 0) return found;
    if (judged.some(({ result }) => result === 'temperror')) {
      return unanswered(tree.unanswered.length > 0 ? tree.unanswered : [domain]);
    }
    return judged.some(({ eachMail }) => eachMail) ? unknown('each-mail') : [];
  },
  words: {
    en: {
      title: 'Your sending servers in SPF',
      heading: {
        refused: ({ address }) => `The SPF record does not let ${address} send`,
        unmentioned: ({ address }) => `The SPF record does not mention ${address}`,
      },
      mend: 'Add the address to the SPF record',
      why: 'Mail from this server fails SPF. Gmail refuses mail that neither SPF nor DKIM vouches for (code 5.7.26), and others put it in spam. Receivers check the domain of the Return-Path (MAIL FROM), not the From address that readers see.',
      fix: {
        refused: ({ domain, term, place, box }) =>
          place === 'foreign'
            ? foreign.en(domain)
            : box
              ? boxed.en(term)
              : `Put ${term} into the SPF record of ${domain}, before the part that ends with “all”. If the server is a service’s, use the include that the service gives you.`,
        unmentioned: ({ domain, term, place, box }) =>
          place === 'foreign'
            ? foreign.en(domain)
            : box
              ? boxed.en(term)
              : `Put ${term} into the SPF record of ${domain}, before its end. If the server is a service’s, use the include that the service gives you.`,
      },
      problems: {
        refused: ({ domain, address, by }) =>
          `Mail from ${address} with a Return-Path at ${domain} fails SPF${by ? ` (${by})` : ''}.`,
        unmentioned: ({ domain, address, by }) =>
          `The SPF record of ${domain} neither allows nor forbids ${address}${by ? ` (${by})` : ''}, and that does not count as a pass.`,
      },
    },
    sv: {
      title: 'Dina utskicksservrar i SPF',
      heading: {
        refused: ({ address }) => `SPF-posten låter inte ${address} skicka`,
        unmentioned: ({ address }) => `SPF-posten nämner inte ${address}`,
      },
      mend: 'Lägg till adressen i SPF-posten',
      why: 'Mejl från den här servern underkänns av SPF. Gmail avvisar mejl som varken SPF eller DKIM går i god för (kod 5.7.26), och andra lägger det i skräpposten. Mottagarna kontrollerar domänen i Return-Path (MAIL FROM), inte avsändaradressen som läsarna ser.',
      fix: {
        refused: ({ domain, term, place, box }) =>
          place === 'foreign'
            ? foreign.sv(domain)
            : box
              ? boxed.sv(term)
              : `Lägg in ${term} i SPF-posten för ${domain}, före delen som slutar med ”all”. Är servern en tjänsts, använd den include som tjänsten anger.`,
        unmentioned: ({ domain, term, place, box }) =>
          place === 'foreign'
            ? foreign.sv(domain)
            : box
              ? boxed.sv(term)
              : `Lägg in ${term} i SPF-posten för ${domain}, före slutet. Är servern en tjänsts, använd den include som tjänsten anger.`,
      },
      problems: {
        refused: ({ domain, address, by }) =>
          `Mejl från ${address} med Return-Path på ${domain} underkänns av SPF${by ? ` (${by})` : ''}.`,
        unmentioned: ({ domain, address, by }) =>
          `SPF-posten för ${domain} varken tillåter eller förbjuder ${address}${by ? ` (${by})` : ''}, och det räknas inte som godkänt.`,
      },
    },
  },
  examples: {
    good: [
      { sendingAddresses: ['199.255.192.7'] },
      {
        sendingAddresses: ['192.0.2.25', '2001:db8::25'],
        zone: {
          'mejl.example.se': { TXT: ['v=spf1 mx -all'], MX: ['10 ut.example.se'] },
          'ut.example.se': { A: ['192.0.2.25'], AAAA: ['2001:db8::25'] },
        },
      },
    ],
    bad: [
      { world: { sendingAddresses: ['192.0.2.66'] }, finds: 'refused' },
      {
        world: {
          sendingAddresses: ['192.0.2.66'],
          zone: { 'mejl.example.se': { TXT: ['v=spf1 ip4:192.0.2.1 ?all'] } },
        },
        finds: 'unmentioned',
      },
    ],
  },
});
