import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'text-encoding',
  severity: 'advice',
  reference: 'SpamAssassin 4.0, MIME_BASE64_TEXT; RFC 2045 section 6 (base64 is for what is no text)',
  needs: ['message', 'wording'],
  points: 0.5,
  check({ message, wording: { textParts, passages } }) {
    if (!message.hasHeader || textParts === null) return notApplicable('template');
    const packed = textParts.some(({ encoding }) => encoding === 'base64');
    const plain = passages.every(
      ({ part, text }) => /^(?:from|subject)$/.test(part) || /^[\n\t -~]*$/.test(text),
    );
    return packed && plain ? [problem('base64', {})] : [];
  },
  words: {
    en: {
      title: 'Encoding of the text',
      heading: { base64: () => 'Plain text is packed as base64' },
      mend: 'Send the text as quoted-printable',
      why: 'Spammers pack text as base64 so that simple filters cannot read it, so others count it where the text has no need of it.',
      fix: 'Choose “quoted-printable” or “7bit” as encoding in your sending tool.',
      problems: { base64: () => 'The text has plain letters alone, and its part is encoded as base64.' },
    },
    sv: {
      title: 'Textens kodning',
      heading: { base64: () => 'Enkel text är packad som base64' },
      mend: 'Skicka texten som quoted-printable',
      why: 'Skräppostare packar text som base64 så att enkla filter inte kan läsa den, så andra filter räknar det när texten inte behöver det.',
      fix: 'Välj ”quoted-printable” eller ”7bit” som kodning i utskicksverktyget.',
      problems: { base64: () => 'Texten har bara enkla bokstäver, och delen är kodad som base64.' },
    },
  },
  examples: {
    good: [
      {
        eml: 'From: a@example.se\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nSMO2c3Rtw7Z0ZQ==\r\n',
      },
      { eml: 'From: a@example.se\r\nContent-Type: text/plain\r\n\r\nHello you\r\n' },
    ],
    bad: [
      {
        world: {
          eml: 'From: a@example.se\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nSGVsbG8geW91\r\n',
        },
        finds: 'base64',
      },
    ],
  },
});
