import { defineRule, notApplicable, problem, unknown } from '#rule';

/** A hostile record has terms of 64 KB. */
const short = (text: string) => text.slice(0, 120);

export default defineRule({
  id: 'spf-include',
  severity: 'blocker',
  reference: 'RFC 7208 sections 4.6.4, 5.2 and 6.1',
  needs: ['spf'],
  check({ spf }) {
    if (spf.mailFrom === null) return notApplicable('no-mail-from');
    const { root, breaks, unanswered, unread } = spf.mailFrom;
    if (root.state === 'none' || root.state === 'several') return notApplicable('no-record');
    const broken = breaks
      .filter(({ cause }) => cause !== 'crowded')
      .map(({ cause, ...more }) => {
        const data = { domain: more.domain, term: short(more.term), target: short(more.target) };
        if (cause === 'vanished') return problem('vanished', data);
        return cause === 'loop' ? problem('loop', data) : problem('unusable', data);
      });
    if (broken.length > 0) return broken;
    if (unanswered.length > 0) return unknown('unanswered');
    // An include by a macro answers per message, as its service means it to; a redirect is the record itself.
    const open = unread.some(({ kind, state }) => kind === 'redirect' || state === 'cut');
    return open ? unknown('not-given', 'sent-message') : [];
  },
  words: {
    en: {
      title: 'What the SPF record includes',
      heading: {
        vanished: ({ domain }) => `The SPF record of ${domain} leads to a name without one`,
        loop: ({ domain }) => `The SPF record of ${domain} leads back to itself`,
        unusable: ({ domain }) => `The SPF record of ${domain} leads to a broken one`,
      },
      mend: {
        vanished: () => 'Remove the part that leads nowhere',
        loop: () => 'Remove the part that leads back',
        unusable: () => 'Have the broken SPF record corrected',
      },
      why: 'The mail counts as sent without permission, and goes to spam or is turned away: one part that cannot be read makes receivers treat the whole SPF record as broken.',
      fix: {
        vanished: ({ domain, term }) =>
          `Take ${term} out of the SPF record of ${domain}. If you still use that service, ask it for the right name.`,
        loop: ({ domain, term }) =>
          `Take ${term} out of the SPF record of ${domain}: a record must not lead back to itself.`,
        unusable: ({ domain, term, target }) =>
          `Ask the service behind ${target} to correct its SPF record, or take ${term} out of that of ${domain}.`,
      },
      problems: {
        vanished: ({ domain, term, target }) =>
          `The SPF record of ${domain} has ${term}, but ${target} has no SPF record.`,
        loop: ({ domain, term }) =>
          `The SPF record of ${domain} leads back to itself (${term}), so no receiver can read it to the end.`,
        unusable: ({ domain, term, target }) =>
          `The SPF record of ${domain} has ${term}, but the SPF record of ${target} is faulty.`,
      },
    },
    sv: {
      title: 'Det som SPF-posten hänvisar till',
      heading: {
        vanished: ({ domain }) => `SPF-posten för ${domain} leder till ett namn utan SPF-post`,
        loop: ({ domain }) => `SPF-posten för ${domain} leder tillbaka till sig själv`,
        unusable: ({ domain }) => `SPF-posten för ${domain} leder till en som är trasig`,
      },
      mend: {
        vanished: () => 'Ta bort delen som inte leder någonstans',
        loop: () => 'Ta bort delen som leder tillbaka',
        unusable: () => 'Se till att den trasiga SPF-posten rättas',
      },
      why: 'Mejlet ser ut att vara skickat utan tillstånd och hamnar i skräpposten, eller avvisas: en enda del som inte går att läsa gör att mottagarna räknar hela SPF-posten som trasig.',
      fix: {
        vanished: ({ domain, term }) =>
          `Ta bort ${term} ur SPF-posten för ${domain}. Använder du fortfarande tjänsten, fråga den efter rätt namn.`,
        loop: ({ domain, term }) =>
          `Ta bort ${term} ur SPF-posten för ${domain}. En post får inte leda tillbaka till sig själv.`,
        unusable: ({ domain, term, target }) =>
          `Be tjänsten bakom ${target} att rätta sin SPF-post, eller ta bort ${term} ur posten för ${domain}.`,
      },
      problems: {
        vanished: ({ domain, term, target }) =>
          `SPF-posten för ${domain} innehåller ${term}, men ${target} har ingen SPF-post.`,
        loop: ({ domain, term }) =>
          `SPF-posten för ${domain} leder tillbaka till sig själv (${term}), så ingen mottagare kan läsa den till slut.`,
        unusable: ({ domain, term, target }) =>
          `SPF-posten för ${domain} innehåller ${term}, men SPF-posten för ${target} är felaktig.`,
      },
    },
  },
  examples: {
    good: [{}],
    bad: [
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
