import { defineRule, problem } from '#rule';
import { freeMailboxes } from '../providers/free-mailboxes.ts';
import { placeAt } from '../wordings/phrases.ts';

/** Words of an office in a sender’s name; none that a club has (styrelsen, kassör, ordförande). */
const offices =
  /(?<!\p{L})(?:account(?:s|ing)?|admin(?:istrator)?|attorney|avdelning\p{L}{0,3}|award|bank|barrister|billing|ceo|claims?|court|customs|department|director|embassy|finance|firm|helpdesk|hr|inkasso|invest(?:ment|or)s?|it[- ]support|kundtjänst|lawyer|loans?|lottery|ministry|myndighet\p{L}{0,3}|notification|office|payroll|pharmacy|refunds?|security|support|advokat\p{L}{0,6})(?!\p{L})/u;
const titles =
  /(?<!\p{L})(?:CEO|CFO|COO|Chief [A-Z]\p{L}{3,12} Officer|Managing Director|Executive Director|(?:Business Development|Marketing|Account|Sales|General|Bank|Finance) (?:Manager|Executive|Director)|(?:Claims|HR|Finance|Billing|Accounts?|Legal) [Dd]epartment|VD|Verkställande direktör|Advokat)(?!\p{L})/u;
/** Characters. */
const signature = 200;

export default defineRule({
  id: 'role-mailbox',
  severity: 'minor',
  reference: 'SpamAssassin 4.0, FREEMAIL_FROM with a role in the name; FBI IC3, “Business Email Compromise”',
  needs: ['message', 'wording'],
  points: 1.5,
  check({ message: { from }, wording: { passages } }) {
    if (!freeMailboxes.has(from.domain)) return [];
    const [office] = offices.exec(from.name.toLowerCase()) ?? [];
    if (office) return [problem('name', { name: from.name.slice(0, 80), domain: from.domain })];
    for (const passage of passages) {
      const { part, text } = passage;
      if (part === 'from' || part === 'subject') continue;
      const [title] = titles.exec(text.slice(-signature)) ?? [];
      if (!title) continue;
      const at = placeAt(passage, text.lastIndexOf(title));
      return [problem('title', { title, domain: from.domain }, { at })];
    }
    return [];
  },
  words: {
    en: {
      title: 'An office in a private mailbox',
      heading: {
        name: ({ domain }) => `The sender’s name is an office, the address a private one at ${domain}`,
        title: ({ domain }) => `The mail is signed with a title, but comes from ${domain}`,
      },
      mend: 'Send from your organisation’s domain',
      why: 'Fraudsters sign as a bank, an office or a manager and write from a mailbox that anyone gets, so filters and careful readers stop at it.',
      fix: 'Use an address in your organisation’s own domain as From.',
      problems: {
        name: ({ name, domain }) => `The sender is called “${name}” and writes from ${domain}.`,
        title: ({ title, domain }) => `The mail is signed “${title}” and comes from ${domain}.`,
      },
    },
    sv: {
      title: 'En avdelning i en privat brevlåda',
      heading: {
        name: ({ domain }) => `Avsändaren kallar sig en avdelning, men adressen är privat hos ${domain}`,
        title: ({ domain }) => `Mejlet är undertecknat med en titel, men kommer från ${domain}`,
      },
      mend: 'Skicka från organisationens domän',
      why: 'Bedragare undertecknar som bank, avdelning eller chef och skriver från en brevlåda som vem som helst får, så filter och försiktiga läsare stannar vid det.',
      fix: 'Använd en adress på organisationens egen domän som avsändare (From).',
      problems: {
        name: ({ name, domain }) => `Avsändaren heter ”${name}” och skriver från ${domain}.`,
        title: ({ title, domain }) => `Mejlet är undertecknat ”${title}” och kommer från ${domain}.`,
      },
    },
  },
  examples: {
    good: [
      { from: 'Byalaget i Hult <byalaget@gmail.com>', html: '<p>Hej!</p><p>Styrelsen</p>' },
      { from: 'Support <support@example.se>' },
    ],
    bad: [
      { world: { from: 'Loan Department <loans@outlook.com>' }, finds: 'name' },
      {
        world: { from: 'Anna Ek <anna@gmail.com>', html: '<p>Hej!</p><p>Anna Ek, CEO, Bolaget AB</p>' },
        finds: 'title',
      },
    ],
  },
});
