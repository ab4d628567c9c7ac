/** What a report asks for, and what its little forms hand in. */
import { expect, test } from 'vitest';
import { readAnswer } from '../../src/http/pages/answer.ts';
import { askForm, askMend, asks } from '../../src/http/pages/ask.ts';
import { locales } from '../../src/rule.ts';
import { sharedWords } from '../../src/words.ts';

const answers: Record<string, Record<string, string>> = {
  'mail-from': { mailFrom: 'mejl.example.se' },
  'dkim-selector': { dkimSelectors: 's1' },
  'sending-address': { sendingAddresses: '192.0.2.10 2001:db8::1' },
  subject: { subject: 'Hej' },
};

test.each(asks)('%s is asked in words of its own, and its form has one field', async (ask) => {
  const said = locales.map((locale) => askMend(ask, false, locale));
  expect(new Set(said.flatMap(({ mend, text }) => [mend, text])).size).toBe(4);
  expect(said.map(({ text }) => text)).toEqual(locales.map((locale) => sharedWords[locale].asks[ask]));
  // No field there takes a mail.
  for (const locale of locales) {
    const other = sharedWords[locale].domainAsks[ask];
    expect(askMend(ask, true, locale).text).toBe(other ?? sharedWords[locale].asks[ask]);
    expect(other ?? '').not.toMatch(/hand that in|lämna in/i);
  }
  const form = `${await askForm('a1', ask, undefined, 'sv')}`;
  const names = [...form.matchAll(/name="(\w+)"/g)].map(([, name]) => name);
  const [field] = Object.keys(answers[ask] ?? { file: '' });
  expect(names).toEqual(['ask', field]);
});

test.each(Object.entries(answers))(
  '%s: its answer is a change, and an empty one is told',
  async (ask, fields) => {
    const [[field, value] = ['', '']] = Object.entries(fields);
    const read = await readAnswer({ ask, ...fields }, 'sv');
    const lists = ['dkimSelectors', 'sendingAddresses'];
    const changes = { [field]: lists.includes(field) ? value.split(' ') : value };
    expect(read).toMatchObject({ ok: true, ask, changes });
    expect(await readAnswer({ ask, [field]: '' }, 'sv')).toMatchObject({ ok: false, faulty: { ask } });
  },
);
