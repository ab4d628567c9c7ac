import { defineRule, problem, unanswered } from '#rule';

export default defineRule({
  id: 'dangling-alias',
  severity: 'minor',
  reference: 'RFC 1034 section 3.6.2; RFC 5321 section 5.1; RFC 8020; as of 2026-11',
  needs: ['dangling'],
  check({ dangling: { names, silent } }) {
    const told = names.map(({ registered, holding, ...one }) => ({
      ...one,
      free: holding === 'free' ? registered : null,
    }));
    const gone = told
      .filter(({ kind, use, free }) => kind === 'alias' && (use === 'other' || free === null))
      .map(({ name, target, free }) => {
        const change = { kind: 'dns', type: 'CNAME', name, old: target, new: null } as const;
        return problem('gone', { name, target, free }, { change });
      });
    // A server that is gone is the matter of other checks; one that anybody can set up again is told of here.
    const servers = told.flatMap(({ kind, name, target, free }) =>
      kind === 'exchanger' && free !== null ? [problem('exchanger', { name, target, free })] : [],
    );
    const found = [...gone, ...servers];
    if (found.length > 0) return found;
    const all = [...silent.sending, ...silent.other];
    return all.length > 0 ? unanswered(all) : [];
  },
  words: {
    en: {
      title: 'Names that lead nowhere',
      heading: {
        gone: ({ name }) => `The alias ${name} leads nowhere`,
        exchanger: ({ name }) => `Mail to ${name} goes to a domain that nobody holds`,
      },
      mend: {
        gone: () => 'Take the alias away, or mend it',
        exchanger: () => 'Take the lost mail server out of MX',
      },
      why: 'What was meant to stand there does not: most often a service that you have left. Whoever comes to hold the name it leads to gets what is meant for you.',
      fix: {
        gone: ({ name, free }) =>
          `Take the CNAME record of ${name} away, or ask the service for the right name.${free === null ? '' : ` Do it today: anybody may register ${free}.`}`,
        exchanger: ({ name, target, free }) =>
          `Take ${target} out of the MX records of ${name} today: whoever registers ${free} gets mail that is meant for you.`,
      },
      problems: {
        gone: ({ name, target }) => `${name} is an alias (CNAME) for ${target}, which does not exist.`,
        exchanger: ({ name, target, free }) =>
          `An MX record of ${name} names ${target}, but the domain ${free} does not exist.`,
      },
    },
    sv: {
      title: 'Namn som inte leder någonstans',
      heading: {
        gone: ({ name }) => `Aliaset ${name} leder ingenstans`,
        exchanger: ({ name }) => `Mejl till ${name} går till en domän som ingen har`,
      },
      mend: {
        gone: () => 'Ta bort aliaset, eller rätta det',
        exchanger: () => 'Ta bort den förlorade mejlservern ur MX',
      },
      why: 'Det som skulle stå där finns inte: oftast en tjänst som du har lämnat. Den som får tag i namnet som det leder till får det som är avsett för dig.',
      fix: {
        gone: ({ name, free }) =>
          `Ta bort CNAME-posten för ${name}, eller fråga tjänsten efter rätt namn.${free === null ? '' : ` Gör det redan i dag: vem som helst kan registrera ${free}.`}`,
        exchanger: ({ name, target, free }) =>
          `Ta bort ${target} ur MX-posterna för ${name} redan i dag: den som registrerar ${free} får mejl som är avsedda för dig.`,
      },
      problems: {
        gone: ({ name, target }) => `${name} är ett alias (CNAME) för ${target}, som inte finns.`,
        exchanger: ({ name, target, free }) =>
          `En MX-post för ${name} anger ${target}, men domänen ${free} finns inte.`,
      },
    },
  },
  examples: {
    good: [{}],
    bad: [
      {
        world: {
          zone: {
            'mta-sts.example.se': { CNAME: ['policy.example.net'] },
            'example.net': { NS: ['ns.example.net'] },
          },
        },
        finds: 'gone',
      },
      { world: { zone: { 'default._bimi.example.se': { CNAME: ['bimi.example.net'] } } }, finds: 'gone' },
      {
        world: { zone: { 'example.se': { MX: ['10 in.example.se', '20 old.example.net'] } } },
        finds: 'exchanger',
      },
    ],
  },
});
