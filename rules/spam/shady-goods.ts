import { defineRule } from '#rule';
import { offerOf } from '../wordings/spam/families.ts';
import { quoted, said } from '../wordings/spam/said.ts';
import { shadyGoods } from '../wordings/spam/shady-goods.ts';

export default defineRule({
  id: 'shady-goods',
  severity: 'advice',
  reference:
    'SpamAssassin 4.0, phrases on copies, diplomas and spying (REPLICA_WATCH, UNIVERSITY_DIPLOMAS, CABLE_CONVERTER)',
  needs: ['wording'],
  points: 1,
  check: ({ wording: { passages } }) => quoted(offerOf(passages, shadyGoods)),
  words: {
    en: {
      title: 'Goods of mass mail',
      heading: { said: () => 'The mail names goods that mass mail sells' },
      mend: 'Choose other words for the goods',
      why: 'Filters know copies of watches, bought diplomas, cartridges and the like from mass mail, and count the words against a mail.',
      fix: 'Leave the goods below out where you can do without them, or name them by a plainer word. If they are what you sell, let the mail say who you are and how readers came to your list.',
      problems: { said: (mention) => said.en(mention) },
    },
    sv: {
      title: 'Varor ur massutskick',
      heading: { said: () => 'Mejlet nämner varor som säljs i massutskick' },
      mend: 'Välj andra ord för varorna',
      why: 'Filter känner igen kopior av klockor, köpta examensbevis, bläckpatroner och liknande från massutskick och räknar orden mejlet till last.',
      fix: 'Stryk varorna nedan där du klarar dig utan dem, eller kalla dem något enklare. Är de vad du säljer, låt mejlet säga vem du är och hur läsarna kom med på listan.',
      problems: { said: (mention) => said.sv(mention) },
    },
  },
  examples: {
    good: [{ html: '<p>Välkommen på öppet hus.</p>' }],
    bad: [
      { world: { html: '<p>Replica watches and toner at low prices.</p>' }, finds: 'said' },
      { world: { html: '<p>Piratkopierade filmer säljs.</p>' }, finds: 'said' },
    ],
  },
});
