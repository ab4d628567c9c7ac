/**
 * Greetings to somebody unknown. After SpamAssassin 4.0 (DEAR_FRIEND, DEAR_SOMETHING; Apache-2.0), in phrases of
 * our own.
 */
import { phrases } from '../phrases.ts';

export const strangers = phrases({
  sure: [
    'dear (?:friend(?!s)|sir|madam|beneficiary|winner|homeowner|home owner|consumer|e-?mail user|internet user|account (?:holder|user|owner)|webmaster|web ?site owner|prospective|fellow|candidate|entrepreneur|opportunity|future|lucky|potential|business|trusted|beloved|partner|one)~',
    'dear (?:your )?(?:e-?mail|[a-z0-9._-]{2,30}@[a-z0-9.-]{3,40})',
    'dearest (?:one|friend|beloved|in)~',
    'hello (?:dear|friend(?!s)|beloved|sir|my dear)',
    'hi (?:dear|friend)',
    'greetings (?:to you|of the day|in the name|dear)',
    'attention:? (?:dear|homeowner|sir|beneficiary|all|webmaster|ceo|friend|please)~',
    'attn:? ?(?:the )?(?:president|ceo|sir|beneficiary|managing|director|dear|homeowner)~',
    'compliments? of the (?:season|day)',
    'to whom (?:ever )?it may concern',
    'kära? vän',
    'kära (?:mottagare|förmånstagare|e-?post)~',
    'bäste (?:herre|vän)',
  ],
});
