/** The value of a record, taken apart as far as its type asks for. */

interface Owned {
  type: string;
  name: string;
}

export type RecordValue = Owned &
  (
    | { kind: 'text'; text: string }
    | { kind: 'exchange'; preference: number; host: string }
    /** CNAME, NS, PTR. */
    | { kind: 'host'; host: string }
    | { kind: 'address'; address: string }
    /** Words that mean the same in a zone file, such as TLSA and CAA. */
    | { kind: 'words'; words: string }
  );

/** Types whose value is words; each word is checked, since it stands without quotes. */
const wordy: Readonly<Record<string, RegExp>> = {
  TLSA: /^\d{1,3} \d{1,3} \d{1,3} [0-9a-f]+$/i,
  DS: /^\d{1,5} \d{1,3} \d{1,3} [0-9a-f]+$/i,
  CAA: /^\d{1,3} [a-z0-9]+ "[\x20\x21\x23-\x5b\x5d-\x7e]*"$/i,
};

/** null: its form is not known, so nothing can be written for certain. */
export function readRecord(type: string, name: string, value: string): RecordValue | null {
  const owner = { type, name };
  switch (type) {
    case 'TXT':
      return { ...owner, kind: 'text', text: value.toWellFormed() };
    case 'MX': {
      const [, preference, host] = /^(\d{1,5}) ([^\s]+)$/.exec(value) ?? [];
      return preference === undefined || host === undefined || Number(preference) > 65_535
        ? null
        : { ...owner, kind: 'exchange', preference: Number(preference), host: undotted(host) };
    }
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return value === '' ? null : { ...owner, kind: 'host', host: undotted(value) };
    case 'A':
    case 'AAAA':
      return /^[0-9a-f.:]+$/i.test(value) ? { ...owner, kind: 'address', address: value } : null;
    default:
      return wordy[type]?.test(value) ? { ...owner, kind: 'words', words: value } : null;
  }
}

function undotted(host: string): string {
  return host.replace(/\.$/, '');
}
