/** Words of the drawn SPF tree. */
import type { Locale } from '../../../rule.ts';

const en = {
  title: 'How the SPF record is read',
  parts: 'Part by part',
  titleBy: (route: string) => `How the SPF record is read, for mail sent by ${route}`,
  what: 'SPF is the list of the servers that may send for a domain. A receiver reads it from the top until a part fits the server that the mail comes from.',
  of: {
    mailFrom: 'This is the record of the sending subdomain. It is the one that receivers read.',
    from: 'This is the record of the From domain. Receivers read that of the sending subdomain instead, but we do not know which that is.',
  },
  lookups: 'DNS look-ups',
  voids: 'of them find nothing',
  boxes: (used: number, limit: number) => `${used} of at most ${limit} look-ups used`,
  boxesLeast: (used: number, limit: number) => `At least ${used} of at most ${limit} look-ups used`,
  voidBoxes: (used: number, limit: number) => `${used} of at most ${limit} look-ups that find nothing`,
  uses: (used: number, limit: number) =>
    `A receiver gives up after ${limit} DNS look-ups. This record uses ${used}.`,
  least: (used: number, limit: number) =>
    `A receiver gives up after ${limit} DNS look-ups. This record uses at least ${used}: a part of it could not be read.`,
  over: (used: number, limit: number) =>
    `A receiver gives up after ${limit} DNS look-ups. This record uses ${used}, so the check breaks off before its end.`,
  overLeast: (used: number, limit: number) =>
    `A receiver gives up after ${limit} DNS look-ups. This record uses at least ${used}, so the check breaks off before its end.`,
  overVoids: (used: number, limit: number) =>
    `${used} of them find nothing, and many receivers give up after ${limit} such.`,
  legend:
    'The number before a part is the look-up that it costs. Addresses cost none, and neither does “all”.',
  lookup: 'Look-up',
  cost: (count: number, least: boolean) => `${least ? 'at least ' : ''}${count} look-ups in all`,
  overLimit: 'over the limit: receivers have given up by now',
  empty: 'finds nothing',
  fault: 'cannot be read, so receivers stop here',
  states: {
    found: '',
    none: 'no SPF record there, so a receiver that gets this far stops',
    several: 'several SPF records there, so a receiver that gets this far stops',
    unanswered: 'no answer',
    loop: 'leads back to itself',
    cut: 'not followed further',
    macro: 'depends on the mail',
  },
  more: (count: number) => `… and ${count} more`,
  inside: 'Show what is in it',
  over1: 'over the limit',
  tree: 'The SPF record, part by part',
  addresses: (count: number) => `${count} addresses and ranges`,
  means: {
    include: (domain: string) => `whoever ${domain} lets in`,
    redirect: (domain: string) => `the record of ${domain} decides the rest`,
    a: (domain: string) => `the server at ${domain}`,
    mx: (domain: string) => `the servers that receive mail for ${domain}`,
    address: () => 'this address',
    range: () => 'this range of addresses',
    exists: () => 'asks DNS about each sender',
    ptr: () => 'asks for the sender’s name: outdated, and best taken away',
    note: () => 'a note that lets nobody in',
  },
  fits: { '-': 'turned away', '~': 'suspicious', '?': 'no opinion', '+': '' },
  all: {
    '-': 'everyone else: turned away',
    '~': 'everyone else: suspicious',
    '?': 'everyone else: no opinion',
    '+': 'everyone is let in',
  },
  innerAll: 'nobody else by this part',
};

const sv: typeof en = {
  title: 'Så läses SPF-posten',
  parts: 'Del för del',
  titleBy: (route) => `Så läses SPF-posten för mejl som skickas via ${route}`,
  what: 'SPF är listan över de servrar som får skicka för en domän. En mottagare läser den uppifrån tills en del stämmer med servern som mejlet kommer från.',
  of: {
    mailFrom: 'Det här är posten för underdomänen för utskick. Det är den som mottagarna läser.',
    from: 'Det här är avsändardomänens post. Mottagarna läser i stället den för underdomänen för utskick, men vi vet inte vilken den är.',
  },
  lookups: 'DNS-uppslag',
  voids: 'av dem hittar inget',
  boxes: (used, limit) => `${used} av högst ${limit} uppslag används`,
  boxesLeast: (used, limit) => `Minst ${used} av högst ${limit} uppslag används`,
  voidBoxes: (used, limit) => `${used} av högst ${limit} uppslag som inte hittar något`,
  uses: (used, limit) => `En mottagare ger upp efter ${limit} DNS-uppslag. Den här posten använder ${used}.`,
  least: (used, limit) =>
    `En mottagare ger upp efter ${limit} DNS-uppslag. Den här posten använder minst ${used}: en del av den gick inte att läsa.`,
  over: (used, limit) =>
    `En mottagare ger upp efter ${limit} DNS-uppslag. Den här posten använder ${used}, så kontrollen avbryts i förtid.`,
  overLeast: (used, limit) =>
    `En mottagare ger upp efter ${limit} DNS-uppslag. Den här posten använder minst ${used}, så kontrollen avbryts i förtid.`,
  overVoids: (used, limit) =>
    `${used} av dem hittar inget, och många mottagare ger upp efter ${limit} sådana.`,
  legend: 'Siffran framför en del är uppslaget som den kostar. Adresser kostar inget, och inte ”all” heller.',
  lookup: 'Uppslag',
  cost: (count, least) => `${least ? 'minst ' : ''}${count} uppslag sammanlagt`,
  overLimit: 'över gränsen: här har mottagarna redan gett upp',
  empty: 'hittar inget',
  fault: 'går inte att läsa, så mottagarna stannar här',
  states: {
    found: '',
    none: 'ingen SPF-post där, så en mottagare som kommer hit stannar',
    several: 'flera SPF-poster där, så en mottagare som kommer hit stannar',
    unanswered: 'inget svar',
    loop: 'leder tillbaka till sig själv',
    cut: 'följs inte vidare',
    macro: 'beror på mejlet',
  },
  more: (count) => `… och ${count} till`,
  inside: 'Visa vad som finns i den',
  over1: 'över gränsen',
  tree: 'SPF-posten, del för del',
  addresses: (count) => `${count} adresser och adressområden`,
  means: {
    include: (domain) => `alla som ${domain} släpper in`,
    redirect: (domain) => `posten för ${domain} avgör resten`,
    a: (domain) => `servern på ${domain}`,
    mx: (domain) => `servrarna som tar emot mejl för ${domain}`,
    address: () => 'den här adressen',
    range: () => 'det här adressområdet',
    exists: () => 'frågar DNS om varje avsändare',
    ptr: () => 'frågar efter avsändarens namn: föråldrat, och bäst att ta bort',
    note: () => 'en anteckning som inte släpper in någon',
  },
  fits: { '-': 'avvisas', '~': 'misstänkta', '?': 'ingen åsikt', '+': '' },
  all: {
    '-': 'alla andra: avvisas',
    '~': 'alla andra: misstänkta',
    '?': 'alla andra: ingen åsikt',
    '+': 'alla släpps in',
  },
  innerAll: 'ingen annan genom den här delen',
};

export const words: Record<Locale, typeof en> = { en, sv };
