import { defineRule, notApplicable, problem, unknown } from '#rule';

/** A hostile page has hundreds. */
const problemsAtMost = 50;

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A circle of the least size around the middle of a small one touches no other target, nor another’s circle. */
function isApart(box: Box, other: Box, least: number): boolean {
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const across = Math.max(other.x - x, 0, x - other.x - other.width);
  const down = Math.max(other.y - y, 0, y - other.y - other.height);
  if (Math.hypot(across, down) < least / 2) return false;
  if (other.width >= least && other.height >= least) return true;
  return Math.hypot(other.x + other.width / 2 - x, other.y + other.height / 2 - y) >= least;
}

export default defineRule({
  id: 'touch-targets',
  severity: 'minor',
  reference:
    'WCAG 2.2, success criterion 2.5.8 (24 by 24 CSS pixels, with its exceptions); measured in the drawing',
  needs: ['html', 'rendering'],
  check({ html, rendering }, { policy, clients }) {
    if (!html) return notApplicable('no-html');
    const least = policy.legibility.leastTarget;
    const phones = new Set(clients.filter(({ device }) => device === 'phone').map(({ id }) => id));
    const view = rendering.views.find(({ client, scheme }) => phones.has(client) && scheme === 'light');
    const failed = rendering.failed.find(({ client }) => phones.has(client));
    if (!view) return failed ? unknown(failed.reason) : [];
    const { complete } = view.legibility;
    const targets = view.legibility.targets.filter(({ guessed }) => !guessed);
    const small = targets.filter(({ inline, width, height }) => !inline && (width < least || height < least));
    const crowded = small.filter((one) =>
      targets.some((other) => other !== one && !isApart(one, other, least)),
    );
    if (crowded.length === 0 && !complete) return unknown('too-much');
    return crowded
      .slice(0, problemsAtMost)
      .map(({ text, width, height, at }) =>
        problem('small', { text, width: Math.round(width), height: Math.round(height) }, { at }),
      );
  },
  words: {
    en: {
      title: 'Room for fingers',
      heading: {
        small: ({ text }, count) =>
          count > 1
            ? `${count} links on phones are small and too close to others`
            : `The link ${text ? `“${text.slice(0, 30)}”` : 'without text'} is small and too close to others`,
      },
      mend: 'Make the links larger or set them apart',
      why: 'On a phone readers hit the wrong link, most often those whose hands tremble or whose fingers are large.',
      fix: 'Give each link at least 24 by 24 pixels: larger pictures, or display:inline-block with padding. Or leave so much room around it.',
      problems: {
        small: ({ text, width, height }) =>
          `${text ? `“${text}”` : 'A linked picture'} is ${width} by ${height} pixels, with another link beside it.`,
      },
    },
    sv: {
      title: 'Plats för fingrar',
      heading: {
        small: ({ text }, count) =>
          count > 1
            ? `${count} länkar i telefoner är små och för nära andra`
            : `Länken ${text ? `”${text.slice(0, 30)}”` : 'utan text'} är liten och för nära andra`,
      },
      mend: 'Gör länkarna större eller skilj dem åt',
      why: 'I en telefon träffar läsaren fel länk, oftast den som har darriga händer eller stora fingrar.',
      fix: 'Ge varje länk minst 24 × 24 pixlar: större bilder, eller display:inline-block med padding. Eller lämna så mycket plats runt om.',
      problems: {
        small: ({ text, width, height }) =>
          `${text ? `”${text}”` : 'En länkad bild'} är ${width} × ${height} pixlar, med en annan länk intill.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<p>Läs mer om <a href="https://example.se/a">mötet</a> och <a href="https://example.se/b">fröbytet</a>.</p>',
      },
      {
        html: '<a href="https://example.se/a"><img src="a.png" alt="A" width="32" height="32"></a><a href="https://example.se/b"><img src="b.png" alt="B" width="32" height="32"></a>',
      },
      {
        html: '<p>Hej!</p><a href="https://example.se/a"><img src="a.png" alt="A" width="16" height="16"></a>',
      },
      {
        html: '<a href="https://example.se/a"><img src="a.png" alt="A" width="16" height="16" style="margin:8px"></a><a href="https://example.se/b"><img src="b.png" alt="B" width="16" height="16" style="margin:8px"></a>',
      },
      {
        // Nobody knows how large the pictures are: they were not there to be drawn.
        html: '<a href="https://example.se/a"><img src="a.png" alt="A"></a><br><a href="https://example.se/b"><img src="b.png" alt="B" width="40"></a>',
      },
    ],
    bad: [
      {
        world: {
          html: '<a href="https://example.se/a"><img src="a.png" alt="A" width="16" height="16"></a><a href="https://example.se/b"><img src="b.png" alt="B" width="16" height="16"></a>',
        },
        finds: 'small',
      },
      {
        world: {
          html: '<ul style="margin:0;line-height:1"><li><a href="https://example.se/a">Möten</a><li><a href="https://example.se/b">Avgifter</a></ul>',
        },
        finds: 'small',
      },
    ],
  },
});
