import { defineRule } from '#rule';
import { judged, sentence, wordsOf } from '../repairs/spam-engines.ts';

/** GTUBE, which every spam filter takes for spam. */
const gtube = 'XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X';

const words = wordsOf('rspamd');

/**
 * It gates: whoever runs the service has set the filter up so that nothing goes which it takes for spam. Of
 * newsletters that people had asked for it takes 4 to 20 in a thousand for that; an owner may except a mail.
 */
export default defineRule({
  id: 'rspamd',
  severity: 'major',
  reference:
    'rspamd.com/doc/developers/protocol.html (POST /checkv2) and /doc/configuration/metrics.html (actions), read 2026-11-23',
  needs: ['spamEngines'],
  check: ({ spamEngines }) => judged(spamEngines, 'rspamd'),
  words: {
    en: { ...words.en, problems: { spam: (data) => sentence(data, 'en') } },
    sv: { ...words.sv, problems: { spam: (data) => sentence(data, 'sv') } },
  },
  examples: {
    good: [{ html: '<p>Hej! Välkommen till höstmötet.</p>', spamEngines: { rspamd: 'listens' } }],
    bad: [
      {
        world: { html: `<p>Hej!\n${gtube}\n</p>`, spamEngines: { rspamd: 'listens' } },
        finds: 'spam',
      },
      {
        world: { subject: gtube, spamEngines: { spamassassin: 'silent', rspamd: 'listens' } },
        finds: 'spam',
      },
    ],
  },
});
