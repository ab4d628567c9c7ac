import { defineRule } from '#rule';
import { judged, sentence, wordsOf } from '../repairs/spam-engines.ts';

/** GTUBE, which every spam filter takes for spam. */
const gtube = 'XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X';

const words = wordsOf('SpamAssassin');

/**
 * It gates: whoever runs the service has set the filter up so that nothing goes which it takes for spam. Of
 * newsletters that people had asked for it takes 4 to 7 in a thousand for that; an owner may except a mail.
 */
export default defineRule({
  id: 'spamassassin',
  severity: 'major',
  reference:
    'SpamAssassin 4.0, spamd/PROTOCOL (REPORT); threshold: its own setting required_score, 5 unless changed (Mail::SpamAssassin::Conf), read 2026-11-23',
  needs: ['spamEngines'],
  check: ({ spamEngines }) => judged(spamEngines, 'spamassassin'),
  words: {
    en: { ...words.en, problems: { spam: (data) => sentence(data, 'en') } },
    sv: { ...words.sv, problems: { spam: (data) => sentence(data, 'sv') } },
  },
  examples: {
    good: [{ html: '<p>Hej! Välkommen till höstmötet.</p>', spamEngines: { spamassassin: 'listens' } }],
    bad: [
      {
        world: { html: `<p>Hej!\n${gtube}\n</p>`, spamEngines: { spamassassin: 'listens' } },
        finds: 'spam',
      },
      {
        world: { subject: gtube, spamEngines: { spamassassin: 'listens', rspamd: 'silent' } },
        finds: 'spam',
      },
    ],
  },
});
