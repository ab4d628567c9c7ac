import { defineRule, notApplicable, problem, unknown } from '#rule';
import { audienceSource } from '../clients/audience.ts';
import { fixOf, type Loss, mendOf, nameOf, type VisibleFeature, visibleFeatures } from '../clients/losses.ts';
import { supportSource } from '../clients/support.ts';
import { lossesIn, lossInEnglish, lossInSwedish } from '../wordings/support.ts';

const atMost = 8;
const features = visibleFeatures.filter(
  (one): one is VisibleFeature & { loss: Looks } => one.loss !== 'content',
);
const english = (count: number) => `${count} things in the design are missing in some mail programs`;
const swedish = (count: number) => `${count} saker i formgivningen saknas i en del mejlprogram`;

type Looks = Exclude<Loss, 'content'>;
const mends: Record<'en' | 'sv', Record<Looks, string>> = {
  en: {
    layout: 'Build the layout with table cells',
    colours: 'Give a plain colour first',
    sizes: 'Give a fixed size in pixels first',
  },
  sv: {
    layout: 'Bygg layouten med tabellceller',
    colours: 'Ange en enkel färg först',
    sizes: 'Ange ett fast mått i pixlar först',
  },
};
const fixes: Record<'en' | 'sv', Record<Looks, string>> = {
  en: {
    layout:
      'Look at the previews. If the parts stand badly there, place them with the cells of a table instead, and keep the newer style for the programs that know it.',
    colours:
      'Write a plain colour before the newer value, such as background-color:#1a5276. A program that does not know the newer one keeps the plain one, and the text can be read.',
    sizes:
      'Write a size in pixels before the newer value, such as width:300px; width:calc(50% - 10px). A program that does not know the newer one keeps the pixels.',
  },
  sv: {
    layout:
      'Se på förhandsvisningarna. Hamnar delarna illa där, placera dem med cellerna i en tabell i stället, och behåll den nyare stilen för de program som kan den.',
    colours:
      'Skriv en enkel färg före det nyare värdet, till exempel background-color:#1a5276. Ett program som inte kan det nyare behåller den enkla färgen, och texten går att läsa.',
    sizes:
      'Skriv ett mått i pixlar före det nyare värdet, till exempel width:300px; width:calc(50% - 10px). Ett program som inte kan det nyare behåller pixlarna.',
  },
};

export default defineRule({
  id: 'css-support',
  severity: 'advice',
  reference: `${supportSource}; ${audienceSource}`,
  needs: ['css'],
  check({ css }, { policy: { audience } }) {
    if (!css) return notApplicable('no-html');
    const lost = lossesIn(css, features, audience).slice(0, atMost);
    if (lost.length === 0 && !css.complete) return unknown('too-much');
    return lost.map(({ data, loss, at }) => problem('lost', { ...data, loss }, { at }));
  },
  words: {
    en: {
      title: 'Styles that mail programs know',
      heading: {
        lost: ({ feature }, count) =>
          count > 1 ? english(count) : `${nameOf(feature, 'en')}: not in every mail program`,
      },
      mend: { lost: ({ feature, loss }) => mendOf(feature)?.en ?? mends.en[loss] },
      why: 'Some readers see the mail in another form than you made it: parts can end up below or on top of each other, and text can lose its colour or size. If it still reads well, nothing is wrong.',
      fix: { lost: ({ feature, loss }) => fixOf(feature)?.en ?? fixes.en[loss] },
      problems: { lost: (data) => lossInEnglish(data) },
    },
    sv: {
      title: 'Stilar som mejlprogrammen kan',
      heading: {
        lost: ({ feature }, count) =>
          count > 1 ? swedish(count) : `${nameOf(feature, 'sv')}: inte i alla mejlprogram`,
      },
      mend: { lost: ({ feature, loss }) => mendOf(feature)?.sv ?? mends.sv[loss] },
      why: 'En del läsare ser mejlet i en annan form än du gjorde det: delar kan hamna under eller över varandra, och text kan mista sin färg eller storlek. Går det att läsa bra ändå är inget fel.',
      fix: { lost: ({ feature, loss }) => fixOf(feature)?.sv ?? fixes.sv[loss] },
      problems: { lost: (data) => lossInSwedish(data) },
    },
  },
  examples: {
    good: [
      { html: '<p style="color:#123456;border-radius:4px">Hej!</p>' },
      { html: '<p style="background:#123456;background:rgba(1,2,3,.5)">Hej!</p>' },
      { html: '<div style="position:relative;float:none;transform:none">Hej!</div>' },
      { html: '<style>@media (min-width:600px){p{display:flex}} .unused{display:grid}</style><p>Hej!</p>' },
      { html: '<p style="color:rgb(1, 2, 3)">Hej!</p>' },
      { html: '<!--[if !mso]><!--><p style="display:flex">Hej!</p><!--<![endif]-->' },
      { html: '<table bgcolor="#123456" style="background-image:url(a.png)"><tr><td>Hej!</table>' },
    ],
    bad: [
      { world: { html: '<div style="display:flex"><p>Hej</p><p>du!</p></div>' }, finds: 'lost' },
      { world: { html: '<style>p{position:absolute}</style><p>Hej!</p>' }, finds: 'lost' },
      { world: { html: '<div style="margin-top:-20px">Hej!</div>' }, finds: 'lost' },
      {
        world: { html: '<p style="color:#123456;color:rgb(0 0 0 / 50%);padding:10px">Hej!</p>' },
        finds: 'lost',
      },
      { world: { html: '<p style="width:calc(100% - 20px)">Hej!</p>' }, finds: 'lost' },
      {
        world: { html: '<style>div{color:#123;p{color:#246}}</style><div><p>Hej!</p></div>' },
        finds: 'lost',
      },
    ],
  },
});
