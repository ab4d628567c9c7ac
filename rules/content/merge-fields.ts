import { defineRule, notApplicable, type Place, problem } from '#rule';

const many = {
  en: (count: number) => `${count} merge fields are not filled in`,
  sv: (count: number) => `${count} kopplingsfält är inte ifyllda`,
};
const parts = {
  en: {
    from: 'the sender’s name',
    to: 'the To header',
    replyTo: 'the Reply-To header',
    listUnsubscribe: 'the List-Unsubscribe header',
    subject: 'the subject',
    text: 'the text part',
    html: 'the mail',
    hidden: 'the preview text or other hidden text',
  },
  sv: {
    from: 'avsändarens namn',
    to: 'huvudet To',
    replyTo: 'huvudet Reply-To',
    listUnsubscribe: 'huvudet List-Unsubscribe',
    subject: 'ämnesraden',
    text: 'textdelen',
    html: 'mejlet',
    hidden: 'förhandstexten eller annan dold text',
  },
};

export default defineRule({
  id: 'merge-fields',
  severity: 'major',
  reference:
    'Each tool’s own documentation of merge fields, read 2026-11: the forms stand in src/facts/message/merge-fields.ts',
  needs: ['message', 'html'],
  check({ message, html }) {
    // Of a template that another tool fills in.
    if (!message.hasHeader && !message.filled) return notApplicable('template');
    const all: { field: string; part: keyof typeof parts.en; at?: Place | undefined }[] = [
      ...message.mergeFields.filter(({ part }) => part !== 'text'),
      ...(html?.mergeFields ?? []).map(({ field, part, at }) => {
        return { field, part: part === 'hidden' ? part : ('html' as const), at };
      }),
      ...message.mergeFields.filter(({ part, field }) => part === 'text' && !html?.fieldsInCode.has(field)),
    ];
    // The same field comes back in the text part, and under each link.
    const first = new Map([...all].reverse().map((one) => [one.field, one]));
    return [...first.values()]
      .reverse()
      .map(({ field, part, at }) => problem('unfilled', { field: field.slice(0, 40), part }, { at }));
  },
  words: {
    en: {
      title: 'Merge fields',
      heading: {
        unfilled: ({ field }, count) =>
          count > 1 ? many.en(count) : `The merge field ${field} is not filled in`,
      },
      mend: 'Fill in the merge fields, or remove them',
      why: 'Readers see the code in place of their name, or tap a link that leads nowhere. It tells everyone that the mail was sent by mistake.',
      fix: 'See to it that your sending tool knows the field, spelt in the same way, and has a value for every reader or one to fall back on. Then send yourself a test and hand that in.',
      problems: { unfilled: ({ field, part }) => `In ${parts.en[part]}, ${field} stands as it is written.` },
    },
    sv: {
      title: 'Kopplingsfält',
      heading: {
        unfilled: ({ field }, count) =>
          count > 1 ? many.sv(count) : `Kopplingsfältet ${field} är inte ifyllt`,
      },
      mend: 'Fyll i kopplingsfälten eller ta bort dem',
      why: 'Läsarna ser koden i stället för sitt namn, eller trycker på en länk som inte leder någonstans. Alla förstår att mejlet skickades av misstag.',
      fix: 'Kontrollera att utskicksverktyget känner till fältet, stavat på samma sätt, och har ett värde för varje läsare eller ett att ta till när värdet saknas. Skicka sedan ett prov till dig själv och lämna in det.',
      problems: {
        unfilled: ({ field, part }) => `I ${parts.sv[part]} står ${field} precis som det är skrivet.`,
      },
    },
  },
  examples: {
    good: [
      {
        eml: 'From: a@example.se\r\nSubject: 100 % av 50 %\r\n\r\nHej Anna! {Rabatt} [1] 20 % och 30 %.\r\n',
      },
      {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: what a shell reads
        eml: 'From: a@example.se\r\n\r\nSätt ${HOME} i skalet, se [[SE_NEDAN]] och https://example.se/?q=%DEAD%BEEF\r\n',
      },
      {
        eml: 'From: a@example.se\r\nContent-Type: text/html\r\n\r\n<style>p{color:red}</style><p>Skriv <code>{{namn}}</code> i mallen. <a href="https://example.se/?q=%C3%A5%20%E2%82%AC">Läs</a>\r\n',
      },
    ],
    bad: [
      {
        world: {
          eml: 'From: a@example.se\r\nContent-Type: text/html\r\n\r\n<div style="display:none">Hej *|FNAME|*</div><p>Hej!</p>\r\n',
        },
        finds: 'unfilled',
      },
      {
        world: {
          eml: 'From: a@example.se\r\nTo: "{{name}}" <b@example.se>\r\n\r\nHej!\r\n',
        },
        finds: 'unfilled',
      },
      { world: { eml: 'From: a@example.se\r\nSubject: Hej *|FNAME|*\r\n\r\nHej!\r\n' }, finds: 'unfilled' },
      {
        world: {
          eml: 'From: a@example.se\r\nContent-Type: text/html\r\n\r\n<p>Hej {{ first_name | default: "du" }}!</p>\r\n',
        },
        finds: 'unfilled',
      },
      {
        world: {
          eml: 'From: a@example.se\r\nContent-Type: text/html\r\n\r\n<p>Hej! <a href="%7B%7Bunsubscribe%7D%7D">Avregistrera</a></p>\r\n',
        },
        finds: 'unfilled',
      },
    ],
  },
});
