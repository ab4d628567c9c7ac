import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'style-size',
  severity: 'minor',
  reference:
    'Gmail reads 16 KB of style elements: github.com/hteumeuleu/email-bugs, issue 90, read 2026-11-22',
  needs: ['css'],
  check({ css }, { clients }) {
    if (!css) return notApplicable('no-html');
    const size = css.styleCharacters;
    return clients.flatMap(({ name, reading: { styles } }) =>
      styles.characters !== null && size > styles.characters
        ? [
            problem('dropped', {
              client: name,
              size: Math.ceil(size / 1024),
              limit: Math.floor(styles.characters / 1024),
            }),
          ]
        : [],
    );
  },
  words: {
    en: {
      title: 'Size of the styles',
      heading: { dropped: ({ client }) => `There are more styles than ${client} reads` },
      mend: 'Shorten the styles in the head of the mail',
      why: 'The styles past the limit have no effect, so colours, sizes and the form for phones can be missing there.',
      fix: 'Remove rules in <style> that nothing uses, and comments. Let your tool write styles into the elements (inlining), so that only media queries are left in <style>.',
      problems: {
        dropped: ({ client, size, limit }) =>
          `The style elements hold about ${size} KB. ${client} reads the first ${limit} KB and drops the rest.`,
      },
    },
    sv: {
      title: 'Stilarnas storlek',
      heading: { dropped: ({ client }) => `Det finns fler stilar än ${client} läser` },
      mend: 'Korta stilarna i mejlets huvud',
      why: 'Stilarna bortom gränsen får ingen verkan, så färger, mått och mobilanpassningen kan saknas där.',
      fix: 'Ta bort regler i <style> som inget använder, och kommentarer. Låt ditt verktyg skriva in stilarna i elementen (inlining), så att bara media queries är kvar i <style>.',
      problems: {
        dropped: ({ client, size, limit }) =>
          `Style-elementen rymmer ungefär ${size} kB. ${client} läser de första ${limit} kB och släpper resten.`,
      },
    },
  },
  examples: {
    good: [{ html: `<style>${'p{color:#123456}\n'.repeat(900)}</style><p>Hej!</p>` }],
    bad: [
      { world: { html: `<style>${'p{color:#123456}\n'.repeat(1000)}</style><p>Hej!</p>` }, finds: 'dropped' },
    ],
  },
});
