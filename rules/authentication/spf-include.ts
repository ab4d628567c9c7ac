import { defineRule, notApplicable, problem, unanswered, unknown } from '#rule';
import { foreign } from '../repairs/foreign.ts';
import { mendSpf } from '../repairs/spf-record.ts';

/** A hostile record has terms of 64 KB. */
const short = (text: string) => text.slice(0, 120);

export default defineRule({
  id: 'spf-include',
  severity: 'blocker',
  reference: 'RFC 7208 sections 4.6.4, 5.2 and 6.1',
  needs: ['spf', 'mailFrom'],
  check({ spf, mailFrom }, { policy }) {
    const { place, organisation } = mailFrom;
    if (spf.mailFrom === null) return notApplicable('no-mail-from');
    const { root, breaks, unanswered: silent, unread } = spf.mailFrom;
    if (root.state === 'none') return notApplicable('no-record');
    if (root.state === 'several') return notApplicable('faulty-record');
    const own = (name: string) =>
      place !== 'foreign' &&
      (name === organisation || name === root.domain || name.endsWith(`.${organisation}`));
    const found = breaks.filter(({ cause }) => cause !== 'crowded');
    const next = mendSpf({ spf, mailFrom }, policy);
    const change = { kind: 'dns', type: 'TXT', name: root.domain, old: root.records[0] ?? null } as const;
    const more = next === null ? {} : { change: { ...change, new: next } };
    const broken = found.map(({ cause, domain, ...at }) => {
      const [term, target, via] = [at.term, at.target, at.via].map(short) as [string, string, string];
      // Whoever reads this can change the own record alone: a service's is met at the part that leads to it.
      const data = {
        domain,
        term,
        target,
        via,
        root: root.domain,
        place,
        own: own(domain),
        asks: !own(target),
        alone: found.length === 1,
        box: next !== null,
      };
      if (cause === 'vanished') return problem('vanished', data, more);
      return cause === 'loop' ? problem('loop', data, more) : problem('unusable', data, more);
    });
    if (broken.length > 0) return broken;
    if (silent.length > 0) return unanswered(silent);
    // An include by a macro answers per message, as its service means it to; a redirect is the record itself.
    if (unread.some(({ state }) => state === 'cut')) return unknown('cut-short');
    return unread.some(({ kind }) => kind === 'redirect') ? unknown('each-mail') : [];
  },
  words: {
    en: {
      title: 'What the SPF record includes',
      heading: {
        vanished: ({ root }) => `The SPF record of ${root} leads to a name without an SPF record`,
        loop: ({ root }) => `The SPF record of ${root} leads back to itself`,
        unusable: ({ root }) => `The SPF record of ${root} leads to a broken SPF record`,
      },
      mend: {
        vanished: () => 'Remove the part that leads nowhere',
        loop: () => 'Remove the part that leads back',
        unusable: () => 'Have the broken SPF record corrected',
      },
      why: 'Mail that no earlier part lets through counts as sent without permission, and goes to spam or is turned away: a receiver that comes to a part which cannot be read treats the whole SPF record as broken.',
      fix: {
        vanished: ({ domain, term, via, root, place, own, alone, box }) =>
          place === 'foreign'
            ? foreign.en(root)
            : own
              ? `${box ? 'Change the record to the one below.' : `Take ${alone ? term : 'the parts named above'} out of the SPF record of ${domain}.`} If you still use such a service, ask it for the right name.`
              : `Ask the service behind ${domain} to correct its SPF record, or take ${via} out of that of ${root} if you no longer use it.`,
        loop: ({ domain, term, via, root, place, own, box }) =>
          place === 'foreign'
            ? foreign.en(root)
            : own
              ? box
                ? 'Change the record to the one below: a record must not lead back to itself.'
                : `Take ${term} out of the SPF record of ${domain}: a record must not lead back to itself.`
              : `Ask the service behind ${domain} to correct its SPF record, or take ${via} out of that of ${root} if you no longer use it.`,
        unusable: ({ target, via, root, place, asks }) =>
          place === 'foreign'
            ? foreign.en(root)
            : asks
              ? `Ask the service behind ${target} to correct its SPF record, or take ${via} out of that of ${root} if you no longer use it.`
              : `Correct the SPF record of ${target}, or take ${via} out of that of ${root}.`,
      },
      problems: {
        vanished: ({ domain, term, target }) =>
          `The SPF record of ${domain} has ${term}, but ${target} has no SPF record.`,
        loop: ({ domain, term }) =>
          `The SPF record of ${domain} has ${term}, which leads back to a record that is being read already.`,
        unusable: ({ domain, term, target }) =>
          `The SPF record of ${domain} has ${term}, but the SPF record of ${target} is faulty.`,
      },
    },
    sv: {
      title: 'Det som SPF-posten hänvisar till',
      heading: {
        vanished: ({ root }) => `SPF-posten för ${root} hänvisar till ett namn utan SPF-post`,
        loop: ({ root }) => `SPF-posten för ${root} hänvisar tillbaka till sig själv`,
        unusable: ({ root }) => `SPF-posten för ${root} hänvisar till en trasig SPF-post`,
      },
      mend: {
        vanished: () => 'Ta bort delen som inte leder någonstans',
        loop: () => 'Ta bort delen som leder tillbaka',
        unusable: () => 'Se till att den trasiga SPF-posten rättas',
      },
      why: 'Mejl som ingen tidigare del släpper igenom ser ut att vara skickat utan tillstånd och hamnar i skräpposten eller avvisas. En mottagare som kommer till en del som inte går att läsa räknar hela SPF-posten som trasig.',
      fix: {
        vanished: ({ domain, term, via, root, place, own, alone, box }) =>
          place === 'foreign'
            ? foreign.sv(root)
            : own
              ? `${box ? 'Ändra posten till den nedan.' : `Ta bort ${alone ? term : 'de delar som nämns ovan'} ur SPF-posten för ${domain}.`} Använder du fortfarande en sådan tjänst, fråga den efter rätt namn.`
              : `Be tjänsten bakom ${domain} att rätta sin SPF-post, eller ta bort ${via} ur posten för ${root} om du inte längre använder den.`,
        loop: ({ domain, term, via, root, place, own, box }) =>
          place === 'foreign'
            ? foreign.sv(root)
            : own
              ? box
                ? 'Ändra posten till den nedan. En post får inte leda tillbaka till sig själv.'
                : `Ta bort ${term} ur SPF-posten för ${domain}. En post får inte leda tillbaka till sig själv.`
              : `Be tjänsten bakom ${domain} att rätta sin SPF-post, eller ta bort ${via} ur posten för ${root} om du inte längre använder den.`,
        unusable: ({ target, via, root, place, asks }) =>
          place === 'foreign'
            ? foreign.sv(root)
            : asks
              ? `Be tjänsten bakom ${target} att rätta sin SPF-post, eller ta bort ${via} ur posten för ${root} om du inte längre använder den.`
              : `Rätta SPF-posten för ${target}, eller ta bort ${via} ur posten för ${root}.`,
      },
      problems: {
        vanished: ({ domain, term, target }) =>
          `SPF-posten för ${domain} innehåller ${term}, men ${target} har ingen SPF-post.`,
        loop: ({ domain, term }) =>
          `SPF-posten för ${domain} innehåller ${term}, som leder tillbaka till en post som redan läses.`,
        unusable: ({ domain, term, target }) =>
          `SPF-posten för ${domain} innehåller ${term}, men SPF-posten för ${target} är felaktig.`,
      },
    },
  },
  examples: {
    good: [{}],
    bad: [
      {
        world: {
          zone: {
            'mejl.example.se': { TXT: ['v=spf1 include:n.example -all'] },
            'n.example': { TXT: ['v=spf1 include:gone.example -all'] },
          },
        },
        finds: 'vanished',
      },
      {
        world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 include:gone.example -all'] } } },
        finds: 'vanished',
      },
      {
        world: {
          zone: {
            'mejl.example.se': { TXT: ['v=spf1 include:one.example -all'] },
            'one.example': { TXT: ['v=spf1 include:mejl.example.se -all'] },
          },
        },
        finds: 'loop',
      },
      {
        world: {
          zone: {
            'mejl.example.se': { TXT: ['v=spf1 redirect=one.example'] },
            'one.example': { TXT: ['v=spf1 ip4:192.0.2 -all'] },
          },
        },
        finds: 'unusable',
      },
    ],
  },
});
