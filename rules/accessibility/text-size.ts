import { defineRule, notApplicable, problem, unknown } from '#rule';
import { decimals } from '../wordings/contrast.ts';
import { shortened } from '../wordings/shortening.ts';

export default defineRule({
  id: 'text-size',
  severity: 'minor',
  reference:
    'knowledge.acellemail.com, Mobile-First Email Principles (14 px at least); stylecampaign.com, Small text and accessibility in email, 2018-08 (small print mostly has 12 px); read 2026-11-23; measured in the drawing',
  needs: ['html', 'rendering'],
  check({ html, rendering }, { policy, clients }) {
    if (!html) return notApplicable('no-html');
    const { leastText, bodyText } = policy.legibility;
    const phones = new Set(clients.filter(({ device }) => device === 'phone').map(({ id }) => id));
    const view = rendering.views.find(({ client, scheme }) => phones.has(client) && scheme === 'light');
    const failed = rendering.failed.find(({ client }) => phones.has(client));
    if (!view) return failed ? unknown(failed.reason) : [];
    const { texts, complete } = view.legibility;
    const all = texts.reduce((sum, { length }) => sum + length, 0);
    const below = (size: number) => texts.filter((look) => look.size < size);
    const lengthOf = (looks: typeof texts) => looks.reduce((sum, { length }) => sum + length, 0);
    // A few letters are a mark or a footnote sign.
    const small = below(leastText).filter(({ length, count }) => length >= 12 * Math.min(count, 2));
    const [least] = [...small].sort((one, other) => one.size - other.size);
    const first = least?.samples[0];
    const told = small.reduce((sum, { count }) => sum + count, 0);
    const smallOnes = least
      ? [
          problem(
            'small',
            { size: least.size, text: shortened(first?.text ?? '', 60), count: told },
            { at: first?.at },
          ),
        ]
      : [];
    const body = below(bodyText).filter((look) => !small.includes(look));
    const [most] = [...body].sort((one, other) => other.length - one.length);
    const bodyOnes =
      most && lengthOf(body) > all / 2
        ? [
            problem(
              'body',
              { size: most.size, text: shortened(most.samples[0]?.text ?? '', 60) },
              { at: most.samples[0]?.at },
            ),
          ]
        : [];
    if (smallOnes.length + bodyOnes.length === 0 && !complete) return unknown('too-much');
    return [...smallOnes, ...bodyOnes];
  },
  words: {
    en: {
      title: 'Size of letters on phones',
      heading: {
        small: ({ size }) => `Some text is only ${size} pixels on phones`,
        body: ({ size }) => `Most of the text is only ${size} pixels on phones`,
      },
      mend: 'Make small letters larger',
      why: 'On a phone many people, most over forty, cannot read letters so small without glasses or zooming.',
      fix: 'Give running text at least 14 pixels, better 16, and small print at least 12. Write it on the text itself (font-size), or in a media query for narrow screens.',
      problems: {
        small: ({ size, text, count }) =>
          `“${text}” is ${size} pixels.${count > 1 ? ` ${count} pieces of text are below 12.` : ''}`,
        body: ({ size, text }) => `Running text such as “${text}” is ${size} pixels. At least 14 is advised.`,
      },
    },
    sv: {
      title: 'Bokstävernas storlek i telefoner',
      heading: {
        small: ({ size }) => `En del text är bara ${decimals(size)} pixlar i telefoner`,
        body: ({ size }) => `Det mesta av texten är bara ${decimals(size)} pixlar i telefoner`,
      },
      mend: 'Gör små bokstäver större',
      why: 'I en telefon kan många, de flesta över fyrtio, inte läsa så små bokstäver utan glasögon eller zoom.',
      fix: 'Ge löpande text minst 14 pixlar, hellre 16, och det finstilta minst 12. Skriv det på själva texten (font-size), eller i en media query för smala skärmar.',
      problems: {
        small: ({ size, text, count }) =>
          `”${text}” är ${decimals(size)} pixlar.${count > 1 ? ` ${count} textstycken är under 12.` : ''}`,
        body: ({ size, text }) =>
          `Löpande text som ”${text}” är ${decimals(size)} pixlar. Minst 14 rekommenderas.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<p style="font-size:16px">Hej på er alla, nu är det höst!</p><sup style="font-size:9px">1</sup>',
      },
      {
        html: `<p style="font-size:16px">${'Hej på er alla! '.repeat(9)}</p><p style="font-size:12px">Du får mejlet som medlem.</p>`,
      },
      {
        html: '<style>@media (max-width:480px){.a{font-size:16px !important}}</style><p class="a" style="font-size:11px">Hej på er alla, nu är det höst!</p>',
      },
    ],
    bad: [
      {
        world: { html: '<p style="font-size:10px">Du får mejlet som medlem i föreningen.</p>' },
        finds: 'small',
      },
      { world: { html: '<p style="font-size:13px">Hej på er alla, nu är det höst!</p>' }, finds: 'body' },
    ],
  },
});
