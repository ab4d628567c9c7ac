import { defineRule, problem, unanswered } from '#rule';
import { foreign } from '../repairs/foreign.ts';

export default defineRule({
  id: 'dangling-include',
  severity: 'major',
  reference: 'RFC 7208 sections 5.2 and 11.1; RFC 8020; SPF include takeover, as of 2026-11',
  needs: ['dangling', 'mailFrom'],
  check({ dangling: { terms, silent }, mailFrom: { place, domain: mailFrom } }) {
    const found = terms.flatMap(({ holding, registered, root, domain, term, target, via }) => {
      if (holding !== 'free' || registered === null) return [];
      const short = (text: string) => text.slice(0, 120);
      const isForeign = root === mailFrom && place === 'foreign';
      const data = { root, domain, term: short(term), target: short(target), via: short(via), registered };
      return [problem('free', { ...data, isForeign })];
    });
    if (found.length > 0) return found;
    return silent.terms.length > 0 ? unanswered(silent.terms) : [];
  },
  words: {
    en: {
      title: 'Domains that the SPF record trusts',
      heading: { free: ({ root }) => `The SPF record of ${root} trusts a domain that nobody holds` },
      mend: 'Take the lost domain out of the SPF record',
      why: 'Anybody who registers that domain can send mail in your name that receivers take for real, and what they send is counted against you.',
      fix: {
        free: ({ root, via, isForeign }) =>
          isForeign
            ? foreign.en(root)
            : `Take ${via} out of the SPF record of ${root} today. If it belonged to a service that you still use, ask it for the right name.`,
      },
      problems: {
        free: ({ domain, term, registered }) =>
          `The SPF record of ${domain} has ${term}, but the domain ${registered} does not exist: it was never registered, has lapsed or is suspended.`,
      },
    },
    sv: {
      title: 'Domäner som SPF-posten litar på',
      heading: { free: ({ root }) => `SPF-posten för ${root} litar på en domän som ingen har` },
      mend: 'Ta bort den förlorade domänen ur SPF-posten',
      why: 'Den som registrerar domänen kan skicka mejl i ditt namn som mottagarna tar för äkta, och det som skickas räknas dig till last.',
      fix: {
        free: ({ root, via, isForeign }) =>
          isForeign
            ? foreign.sv(root)
            : `Ta bort ${via} ur SPF-posten för ${root} redan i dag. Hörde den till en tjänst som du fortfarande använder, fråga den efter rätt namn.`,
      },
      problems: {
        free: ({ domain, term, registered }) =>
          `SPF-posten för ${domain} innehåller ${term}, men domänen ${registered} finns inte: den har aldrig registrerats, har gått ut eller är avstängd.`,
      },
    },
  },
  examples: {
    good: [
      {},
      // The name is gone and its domain is not: nobody can take it.
      {
        zone: {
          'mejl.example.se': { TXT: ['v=spf1 include:gone.example.net -all'] },
          'example.net': { NS: ['ns.example.net'] },
        },
      },
      // Below no public suffix there is nothing to register.
      { zone: { 'mejl.example.se': { TXT: ['v=spf1 include:spf.gone.example -all'] } } },
    ],
    bad: [
      // Whatever the macro stands for, whoever holds what comes after it answers.
      {
        world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 exists:%{i}.x.example.net -all'] } } },
        finds: 'free',
      },
      {
        world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 include:%{ir}.x.example.net -all'] } } },
        finds: 'free',
      },
      {
        world: {
          zone: {
            'mejl.example.se': { TXT: ['v=spf1 mx:y.example.se -all'] },
            'y.example.se': { MX: ['5 host.example.net'] },
          },
        },
        finds: 'free',
      },
      {
        world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 include:spf.example.net -all'] } } },
        finds: 'free',
      },
      { world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 a:out.example.org ~all'] } } }, finds: 'free' },
      {
        world: {
          zone: {
            'mejl.example.se': { TXT: ['v=spf1 include:one.example -all'] },
            'one.example': { TXT: ['v=spf1 include:spf.example.net -all'] },
          },
        },
        finds: 'free',
      },
    ],
  },
});
