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
    outlook: 'the part that only Outlook for Windows reads',
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
    outlook: 'den del som bara Outlook för Windows läser',
  },
};

interface Standing {
  field: string;
  part: keyof typeof parts.en;
  settled?: boolean;
  at?: Place | undefined;
}

/** As Klarsignal reads them; a name has 40 characters at most. */
const ours = /^\{\{[a-z][a-z0-9_]{0,39}\}\}$/;
const shownLength = 44;

export default defineRule({
  id: 'merge-fields',
  severity: 'major',
  reference:
    'Each tool’s own documentation of merge fields, read 2026-11: the forms stand in src/submission/merge-forms.ts',
  needs: ['message', 'html'],
  check({ message, html }) {
    const { filled, sampled } = message;
    // Of a template that another tool fills in, with nothing to say what it has.
    if (!message.hasHeader && !filled && !sampled) return notApplicable('template');
    const all: Standing[] = [
      ...message.mergeFields.filter(({ part }) => part !== 'text'),
      ...(html?.mergeFields ?? []).map(({ part, ...field }) => {
        return { ...field, part: part === 'hidden' || part === 'outlook' ? part : ('html' as const) };
      }),
      ...message.mergeFields.filter(({ part, field }) => part === 'text' && !html?.fieldsInCode.has(field)),
      // Those in examples of code and in comments as well: the mail is not composed with them.
      ...message.undeclared,
    ];
    // The same field comes back in the text part, and under each link.
    const standing = sampled ? all.filter(({ settled }) => !settled) : all;
    const first = new Map<string, Standing>();
    for (const one of standing) if (!first.has(one.field)) first.set(one.field, one);
    return [...first.values()].map(({ field, part, at }) => {
      // Of a mail that Klarsignal fills in, nobody has said yet where the value comes from.
      const key = sampled ? 'unsampled' : !filled ? 'unfilled' : ours.test(field) ? 'undeclared' : 'foreign';
      return problem(key, { field: field.slice(0, shownLength), part }, { at });
    });
  },
  words: {
    en: {
      title: 'Merge fields',
      heading: {
        unfilled: ({ field }, count) =>
          count > 1 ? many.en(count) : `The merge field ${field} is not filled in`,
        undeclared: ({ field }, count) =>
          count > 1 ? many.en(count) : `Nobody has said where ${field} gets its value`,
        foreign: ({ field }, count) =>
          count > 1 ? many.en(count) : `Klarsignal cannot fill in ${field} as it is written`,
        unsampled: ({ field }, count) =>
          count > 1
            ? `${count} merge fields have no value in the sample data`
            : `The sample data has no value for ${field}`,
      },
      mend: {
        unfilled: () => 'Fill in the merge fields, or remove them',
        undeclared: () => 'Say which merge fields come from your list',
        foreign: () => 'Write the merge fields as Klarsignal reads them',
        unsampled: () => 'Give each merge field a value, or correct its spelling',
      },
      why: 'Readers see the code in place of their name, or tap a link that leads nowhere. It tells everyone that the mail was sent by mistake.',
      fix: {
        unfilled: () =>
          'See to it that your sending tool knows the field, spelt in the same way, and has a value for every reader or one to fall back on. Then send yourself a test and hand that in.',
        undeclared: () =>
          'Say that its value comes from your list, with a sample to audit the mail by. The list then needs a column of the same name. Klarsignal itself fills in {{unsubscribe_url}} and {{recipient_address}}: use those for the link to unsubscribe and the reader’s own address.',
        foreign: () =>
          'Klarsignal fills in what is written as {{first_name}}: double braces, small letters a–z, digits and _, no spaces. Write it so in the template, or take it out, and hand in the corrected version.',
        unsampled: () =>
          'Compare how it is spelt in the mail with the names in your list: capital letters count. Correct the one that is wrong. If your sending tool fills it in by itself, give it a value in the sample data, and audit again.',
      },
      problems: {
        unfilled: ({ field, part }) => `In ${parts.en[part]}, ${field} stands as it is written.`,
        undeclared: ({ field, part }) => `In ${parts.en[part]}, ${field} stands as it is written.`,
        foreign: ({ field, part }) => `In ${parts.en[part]}, ${field} stands as it is written.`,
        unsampled: ({ field, part }) => `In ${parts.en[part]}, ${field} stands as it is written.`,
      },
    },
    sv: {
      title: 'Kopplingsfält',
      heading: {
        unfilled: ({ field }, count) =>
          count > 1 ? many.sv(count) : `Kopplingsfältet ${field} är inte ifyllt`,
        undeclared: ({ field }, count) =>
          count > 1 ? many.sv(count) : `Ingen har sagt varifrån ${field} får sitt värde`,
        foreign: ({ field }, count) =>
          count > 1 ? many.sv(count) : `Klarsignal kan inte fylla i ${field} så som det är skrivet`,
        unsampled: ({ field }, count) =>
          count > 1
            ? `${count} kopplingsfält saknar värde i dina exempeldata`
            : `Det finns inget värde för ${field} i dina exempeldata`,
      },
      mend: {
        unfilled: () => 'Fyll i kopplingsfälten eller ta bort dem',
        undeclared: () => 'Ange vilka kopplingsfält som kommer från din lista',
        foreign: () => 'Skriv kopplingsfälten så som Klarsignal läser dem',
        unsampled: () => 'Ge varje kopplingsfält ett värde, eller rätta stavningen',
      },
      why: 'Läsarna ser koden i stället för sitt namn, eller trycker på en länk som inte leder någonstans. Alla förstår att mejlet skickades av misstag.',
      fix: {
        unfilled: () =>
          'Kontrollera att utskicksverktyget känner till fältet, stavat på samma sätt, och har ett värde för varje läsare eller ett att ta till när värdet saknas. Skicka sedan ett prov till dig själv och lämna in det.',
        undeclared: () =>
          'Ange att värdet kommer från din lista, med ett exempel som mejlet granskas med. Listan ska sedan ha en kolumn med samma namn. Klarsignal fyller själv i {{unsubscribe_url}} och {{recipient_address}}: använd dem för avregistreringslänken och läsarens egen adress.',
        foreign: () =>
          'Klarsignal fyller i det som är skrivet som {{first_name}}: dubbla klammerparenteser, små bokstäver a–z, siffror och _, inga mellanslag. Skriv det så i mallen, eller ta bort det, och lämna in den rättade versionen.',
        unsampled: () =>
          'Jämför stavningen i mejlet med namnen i din lista: stora och små bokstäver räknas. Rätta den som är fel. Om utskicksverktyget fyller i fältet själv, ge det ett värde i exempeldata och granska igen.',
      },
      problems: {
        unfilled: ({ field, part }) => `I ${parts.sv[part]} står ${field} precis som det är skrivet.`,
        undeclared: ({ field, part }) => `I ${parts.sv[part]} står ${field} precis som det är skrivet.`,
        foreign: ({ field, part }) => `I ${parts.sv[part]} står ${field} precis som det är skrivet.`,
        unsampled: ({ field, part }) => `I ${parts.sv[part]} står ${field} precis som det är skrivet.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<p>Hej {{ person.first_name | default: "du" }} *|LNAME|*, {% if vip %}%TITEL%{% endif %} {plats}! <a href="*|UNSUB|*">Avregistrera</a></p>',
        sampleData: 'LNAME;TITEL;plats\nBerg;Ordförande;Åre',
      },
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
      {
        world: {
          html: '<p>Hej {{first_name}} {{last_name}}!</p>',
          mergeFields: [{ name: 'first_name', type: 'text', sample: 'Åsa' }],
        },
        finds: 'undeclared',
      },
      {
        world: {
          html: '<p>Hej {{first_name}} {{ last_name }}!</p>',
          mergeFields: [{ name: 'first_name', type: 'text', sample: 'Åsa' }],
        },
        finds: 'foreign',
      },
      {
        world: {
          html: '<p>Hej {{first_name}}! Skriv <code>{{namn}}</code> i mallen.</p>',
          mergeFields: [{ name: 'first_name', type: 'text', sample: 'Åsa' }],
        },
        finds: 'undeclared',
      },
      {
        world: {
          html: '<p>Hej {{ first_name }} *|LNAME|*!</p>',
          sampleData: { first_name: 'Åsa', lname: 'Berg' },
        },
        finds: 'unsampled',
      },
    ],
  },
});
