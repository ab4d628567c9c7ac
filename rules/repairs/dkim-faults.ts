/** What is wrong with a DKIM key record, in words that follow “it does not work”. */
import type { Key } from './dkim-keys.ts';

export type Fault = NonNullable<Key['record']>['fault'] & string;

export const faults: Record<'en' | 'sv', Record<Fault, (value: string) => string>> = {
  en: {
    version: (value) => `it starts with ${value} instead of v=DKIM1`,
    first: () => 'v=DKIM1 does not stand first in it',
    stray: (value) => `this part of it cannot be read: ${value}`,
    repeated: (value) => `${value}= stands in it more than once`,
    bare: (value) => `it has the key alone (${value}), and v=DKIM1; k=rsa; p= must stand before it`,
    absent: () => 'the key itself (p=) is not in it',
    base64: () => 'the key in it (p=) has characters that do not belong there',
    key: () => 'the key in it (p=) is cut off or damaged',
    type: (value) => `it is of a kind that receivers do not know: ${value}`,
    hash: (value) => `it only allows a method that is no longer accepted: ${value}`,
    service: (value) => `it says that it is not for mail: ${value}`,
    quotes: () => 'quotation marks or backslashes, which belong in a zone file alone, have come into it',
    halves: () => 'the key is cut in two, and its other half stands in a TXT record of its own',
  },
  sv: {
    version: (value) => `den börjar med ${value} i stället för v=DKIM1`,
    first: () => 'v=DKIM1 står inte först i den',
    stray: (value) => `den här delen går inte att läsa: ${value}`,
    repeated: (value) => `${value}= står mer än en gång i den`,
    bare: (value) => `den har bara nyckeln (${value}), och före den ska det stå v=DKIM1; k=rsa; p=`,
    absent: () => 'själva nyckeln (p=) saknas i den',
    base64: () => 'nyckeln i den (p=) har tecken som inte hör hemma där',
    key: () => 'nyckeln i den (p=) är avklippt eller skadad',
    type: (value) => `den är av ett slag som mottagarna inte känner till: ${value}`,
    hash: (value) => `den tillåter bara en metod som inte längre godtas: ${value}`,
    service: (value) => `den säger att den inte är till för mejl: ${value}`,
    quotes: () => 'det har kommit in citattecken eller omvända snedstreck, som bara hör hemma i en zonfil',
    halves: () => 'nyckeln är delad i två, och den andra halvan står i en egen TXT-post',
  },
};
