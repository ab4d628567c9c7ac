/** One SPF record in place of several, which receivers take as a permanent error (RFC 7208 section 4.5). */

const all = /^[+\-~?]?all$/i;
const hard = /^-all$/i;
/** Parts that mean the same in any order: they let servers in, and do not hang on the mail. */
const plain =
  /^\+?(?:include:[^\s%]+|(?:a|mx)(?:[:/][^\s%]*)?|ip4:[0-9.]+(?:\/\d+)?|ip6:[0-9a-f:.]+(?:\/\d+)?)$/i;
/** Characters of a record that anybody should publish: over this DNS answers are cut. */
const longest = 450;

/**
 * All that each of them lets in, once. It refuses the rest (`-all`) only where each of them does: where one is not so
 * sure, none of the sender’s own mail is lost by joining them, and DMARC makes no difference between the two.
 * @returns null where they have parts whose order counts, or that cannot be read.
 */
export function joinedSpf(records: readonly string[]): string | null {
  if (records.reduce((sum, { length }) => sum + length, 0) > 4 * longest) return null;
  const lists = records.map((record) => record.split(' ').filter(Boolean).slice(1));
  if (lists.some((words) => words.slice(0, -1).some((word) => all.test(word)))) return null;
  const words = lists.flat().filter((word) => !all.test(word));
  if (!words.every((word) => plain.test(word))) return null;
  const bare = (word: string) => word.replace(/^\+/, '').toLowerCase();
  const once = words.filter((word, i) => words.findIndex((one) => bare(one) === bare(word)) === i);
  const isHard = lists.every((list) => hard.test(list.at(-1) ?? ''));
  const joined = ['v=spf1', ...once, isHard ? '-all' : '~all'].join(' ');
  return joined.length > longest ? null : joined;
}

interface Joined {
  domain: string;
  count: number;
  /** How the one record ends; empty: none can be offered. */
  end: string;
}

/** How to join them, where the record stands below. */
export const joinedWords = {
  en: ({ domain, count, end }: Joined) =>
    `Change one of the records at ${domain} to the one below, and take the ${count === 2 ? 'other' : 'others'} away. It lets in all that they let in together, and ends with ${end}${end === '~all' ? ', so that nothing you have forgotten is refused outright' : ', as they all do'}. Leave out services that you no longer use.`,
  sv: ({ domain, count, end }: Joined) =>
    `Ändra den ena SPF-posten för ${domain} till den nedan, och ta bort ${count === 2 ? 'den andra' : 'de andra'}. Den släpper in allt som de släpper in tillsammans och slutar med ${end}${end === '~all' ? ', så att inget som du har glömt avvisas direkt' : ', som de alla gör'}. Utelämna tjänster som du inte längre använder.`,
};

/** Of `Joined`. */
export function endOf(record: string | null): string {
  return record?.split(' ').at(-1) ?? '';
}
