import { defineRule, notApplicable, problem } from '#rule';
import { attached, samples } from '../wordings/attached.ts';

/** One digit after the point, as each language writes it. */
function megabytes(bytes: number): { en: string; sv: string } {
  const text = (bytes / 1_000_000).toFixed(1).replace(/\.0$/, '');
  return { en: `${text} MB`, sv: `${text.replace('.', ',')} MB` };
}

export default defineRule({
  id: 'attachment-size',
  severity: 'minor',
  reference:
    'RFC 2045 section 6.8 (base64: four octets for three, in lines); Postfix, postconf(5), message_size_limit 10240000; Amazon SES Developer Guide, “Working with email attachments” (40 MB); read 2026-11',
  needs: ['attachments', 'mime', 'message'],
  check({ attachments: { files, sent }, mime, message }, { policy }) {
    if (files.length === 0) return notApplicable('nothing-attached');
    const { heavyBytes, refusedBytes } = policy.attachments;
    // Klarsignal writes it anew, each file in base64.
    const all = message.composed ? sent : Math.max(sent, mime?.octets ?? 0);
    const size = megabytes(all);
    if (all > refusedBytes) return [problem('refused', { ...size, most: megabytes(refusedBytes) })];
    return all > heavyBytes ? [problem('heavy', { ...size, all: megabytes(1000 * all) })] : [];
  },
  words: {
    en: {
      title: 'Weight of the attachments',
      heading: {
        refused: ({ en }) => `The mail weighs ${en}, more than many servers take`,
        heavy: ({ en }) => `The mail weighs ${en} with its attachments`,
      },
      mend: 'Link to large files',
      why: 'Large mail is turned away by some servers, fills mailboxes, and goes out slowly. Attached files grow by a third on the way, since they are sent as text.',
      fix: 'Put the files on your website and link to them. You also see then how many have read them. Pictures and PDF files can often be made far smaller.',
      problems: {
        refused: ({ en, most }) => `As it is sent the mail has ${en}. Many servers take ${most.en} at most.`,
        heavy: ({ en, all }) => `As it is sent the mail has ${en}. To a thousand readers that is ${all.en}.`,
      },
    },
    sv: {
      title: 'Bilagornas tyngd',
      heading: {
        refused: ({ sv }) => `Mejlet väger ${sv}, mer än många servrar tar emot`,
        heavy: ({ sv }) => `Mejlet väger ${sv} med sina bilagor`,
      },
      mend: 'Länka till stora filer',
      why: 'Stora mejl avvisas av en del servrar, fyller brevlådor och går ut långsamt. Bifogade filer växer med en tredjedel på vägen, eftersom de skickas som text.',
      fix: 'Lägg filerna på din webbplats och länka till dem. Då ser du också hur många som har läst dem. Bilder och PDF-filer går ofta att göra mycket mindre.',
      problems: {
        refused: ({ sv, most }) =>
          `Så som mejlet skickas väger det ${sv}. Många servrar tar emot högst ${most.sv}.`,
        heavy: ({ sv, all }) =>
          `Så som mejlet skickas väger det ${sv}. Till tusen läsare blir det ${all.sv}.`,
      },
    },
  },
  examples: {
    good: [{ eml: attached('program.pdf', 'application/pdf', samples.pdf) }],
    bad: [
      { world: { eml: attached('bok.txt', 'text/plain', 'SGVq'.repeat(900_000)) }, finds: 'heavy' },
      { world: { eml: attached('film.txt', 'text/plain', 'SGVq'.repeat(2_500_000)) }, finds: 'refused' },
    ],
  },
});
