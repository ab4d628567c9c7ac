import { defineRule, notApplicable, problem } from '#rule';
import { attached, samples } from '../wordings/attached.ts';

/** One digit after the point, as each language writes it. */
function weight(bytes: number): { en: string; sv: string } {
  const [size, unit] = bytes < 1_000_000_000 ? [bytes / 1_000_000, 'MB'] : [bytes / 1_000_000_000, 'GB'];
  const text = size.toFixed(1).replace(/\.0$/, '');
  return { en: `${text} ${unit}`, sv: `${text.replace('.', ',')} ${unit}` };
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
    const size = weight(all);
    if (all > refusedBytes) return [problem('refused', { ...size, most: weight(refusedBytes) })];
    return all > heavyBytes ? [problem('heavy', { ...size, all: weight(1000 * all) })] : [];
  },
  words: {
    en: {
      title: 'Size of the attachments',
      heading: {
        refused: () => 'The mail is larger than many servers take',
        heavy: () => 'The attachments make the mail large',
      },
      mend: 'Link to large files',
      why: 'Large mail is turned away by many servers, fills mailboxes, and takes long to send. Attached files grow by a third on the way, since they are sent as text.',
      fix: 'Put the files on your website and link to them. Images and PDF files can often be made far smaller.',
      problems: {
        refused: ({ en, most }) => `As it is sent, the mail is ${en}. Many servers take ${most.en} at most.`,
        heavy: ({ en, all }) => `As it is sent, the mail is ${en}. To 1,000 readers that is ${all.en}.`,
      },
    },
    sv: {
      title: 'Bilagornas storlek',
      heading: {
        refused: () => 'Mejlet är större än många servrar tar emot',
        heavy: () => 'Bilagorna gör mejlet stort',
      },
      mend: 'Länka till stora filer',
      why: 'Stora mejl avvisas av många servrar, fyller brevlådor och tar lång tid att skicka. Bifogade filer växer med en tredjedel på vägen, eftersom de skickas som text.',
      fix: 'Lägg filerna på din webbplats och länka till dem. Bilder och PDF-filer går ofta att göra mycket mindre.',
      problems: {
        refused: ({ sv, most }) =>
          `När mejlet skickas är det ${sv}. Många servrar tar emot högst ${most.sv}.`,
        heavy: ({ sv, all }) => `När mejlet skickas är det ${sv}. Till 1 000 läsare blir det ${all.sv}.`,
      },
    },
  },
  examples: {
    good: [{ eml: attached('program.pdf', 'application/pdf', samples.pdf) }],
    bad: [
      // Tests alone read them, and together they are 14 MB: no service is to write them when it starts.
      {
        world: {
          get eml() {
            return attached('bok.txt', 'text/plain', 'SGVq'.repeat(900_000));
          },
        },
        finds: 'heavy',
      },
      {
        world: {
          get eml() {
            return attached('film.txt', 'text/plain', 'SGVq'.repeat(2_500_000));
          },
        },
        finds: 'refused',
      },
    ],
  },
});
