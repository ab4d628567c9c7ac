import { defineRule, notApplicable, problem } from '#rule';

const mjml = (inside: string) => `<mjml><mj-body>${inside}</mj-body></mjml>`;

export default defineRule({
  id: 'mjml-nesting',
  severity: 'minor',
  reference:
    'The validator of MJML 5.4.1; documentation.mjml.io: mj-body holds sections, they columns, they content',
  needs: ['markup'],
  check({ markup }) {
    if (!markup) return notApplicable('no-html');
    const misplaced = markup.mjml.flatMap((fault) => {
      if (fault.kind !== 'place') return [];
      const { tag, parent, at } = fault;
      const allowed = fault.allowed.filter((one) => one !== 'mj-attributes').join(', ');
      return [problem('place', { tag, parent, allowed }, { at })];
    });
    const unclosed = markup.mjml.flatMap((fault) =>
      fault.kind === 'unclosed' && !fault.content
        ? [problem('unclosed', { tag: fault.tag }, { at: fault.at })]
        : [],
    );
    return [...misplaced, ...unclosed];
  },
  words: {
    en: {
      title: 'Order of MJML components',
      heading: {
        place: ({ tag, parent }, count) =>
          count > 1
            ? `${count} MJML components are where they may not be`
            : `A <${tag}> may not be in <${parent}>`,
        unclosed: ({ tag }, count) =>
          count > 1 ? `${count} MJML components are not closed` : `A <${tag}> is not closed`,
      },
      mend: {
        place: ({ allowed }) => `Move it into ${allowed.split(', ', 2).join(' or ')}`,
        unclosed: ({ tag }) => `Write </${tag}> where it ends`,
      },
      why: 'The compiler guesses, and the layout comes out differently: columns too narrow, parts below each other, Outlook without its table.',
      fix: {
        place: ({ tag, allowed }) => `Put <${tag}> inside one of these: ${allowed}.`,
        unclosed: ({ tag }) =>
          `Write </${tag}> where the component ends, before the next one of the same kind begins.`,
      },
      problems: {
        place: ({ tag, parent, allowed }) => `<${tag}> is in <${parent}>; it belongs in ${allowed}.`,
        unclosed: ({ tag }) => `<${tag}> has no end tag, so all that follows is put inside it.`,
      },
    },
    sv: {
      title: 'MJML-komponenternas ordning',
      heading: {
        place: ({ tag, parent }, count) =>
          count > 1
            ? `${count} MJML-komponenter står där de inte får stå`
            : `En <${tag}> får inte stå i <${parent}>`,
        unclosed: ({ tag }, count) =>
          count > 1 ? `${count} MJML-komponenter är inte stängda` : `En <${tag}> är inte stängd`,
      },
      mend: {
        place: ({ allowed }) => `Flytta den till ${allowed.split(', ', 2).join(' eller ')}`,
        unclosed: ({ tag }) => `Skriv </${tag}> där den slutar`,
      },
      why: 'Kompilatorn gissar, och layouten blir en annan: för smala spalter, delar under varandra, Outlook utan sin tabell.',
      fix: {
        place: ({ tag, allowed }) => `Lägg <${tag}> i någon av dessa: ${allowed}.`,
        unclosed: ({ tag }) => `Skriv </${tag}> där komponenten slutar, innan nästa av samma sort börjar.`,
      },
      problems: {
        place: ({ tag, parent, allowed }) => `<${tag}> står i <${parent}>; den hör hemma i ${allowed}.`,
        unclosed: ({ tag }) => `<${tag}> saknar sluttagg, så allt som följer hamnar i den.`,
      },
    },
  },
  examples: {
    good: [
      { mjml: mjml('<mj-section><mj-column><mj-text>Hej!</mj-text></mj-column></mj-section>') },
      {
        mjml: mjml(
          '<mj-wrapper><mj-section><mj-column><mj-image src="https://example.se/a.png" alt="En katt" /></mj-column></mj-section></mj-wrapper>',
        ),
      },
    ],
    bad: [
      { world: { mjml: mjml('<mj-section><mj-text>Hej!</mj-text></mj-section>') }, finds: 'place' },
      {
        world: { mjml: mjml('<mj-section><mj-column><mj-text>Hej!</mj-text></mj-section>') },
        finds: 'unclosed',
      },
    ],
  },
});
