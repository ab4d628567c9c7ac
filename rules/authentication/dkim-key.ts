import { defineRule, problem, unanswered, unknown } from '#rule';
import { hasGoodKey, type Key, origin, relevantKeys } from '../repairs/dkim-keys.ts';

type Fault = NonNullable<Key['record']>['fault'] & string;
interface Told extends Pick<Key, 'name' | 'domain' | 'own' | 'by' | 'selector'> {
  fault: Fault;
  value: string;
}

const faults: Record<'en' | 'sv', Record<Fault, (value: string) => string>> = {
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
  },
};

const ed25519 = '1DDcS2Y3BitJRAFwBzOzaizZ86LT2YWhHjvWcs/WVXc=';
const published = (...records: string[]) => ({ 's1._domainkey.example.se': { TXT: records } });

export default defineRule({
  id: 'dkim-key',
  severity: 'major',
  reference:
    'RFC 6376 sections 3.6.1 and 6.1.2; RFC 8301 section 3.1; Gmail sender guidelines, as of 2026-11',
  needs: ['dkim'],
  check({ dkim }, { policy }) {
    if (hasGoodKey(dkim, policy.dkim.leastBits)) return [];
    const keys = relevantKeys(dkim);
    // That guessed names are not there would say nothing.
    if (keys.length === 0) return unknown('not-given', 'dkim-selector');
    // Of several selectors, as Amazon SES has, one may be resting: nobody signs with a key that is withdrawn. And
    // one of a new kind may sign beside the old, as Ed25519 does (RFC 8463 section 5).
    const isCovered = keys.some(({ by, state }) => by === 'person' && state === 'usable');
    const found = keys.map(({ state, record, name, domain, own, by, selector }) => {
      const { fault, value = '' } = record ?? {};
      const data: Told = { name, domain, own, by, selector, fault: fault ?? 'key', value };
      if (state === 'missing') return problem('missing', data);
      if (state === 'several') return problem('several', data);
      if (by === 'person' && isCovered && (state === 'revoked' || fault === 'type')) return null;
      if (state === 'revoked') return problem('revoked', data);
      return state === 'faulty' ? problem('faulty', data) : null;
    });
    const problems = found.filter((one) => one !== null);
    // One of the signatures that nobody has looked at may hold.
    if (problems.length > 0 && dkim.omitted > 0) return unknown('needs-dkim', 'sent-message');
    const silent = keys.filter(({ state }) => state === 'unanswered').flatMap((key) => key.silent);
    return problems.length === 0 && silent.length > 0
      ? unanswered(silent.map((name) => `${name} TXT`))
      : problems;
  },
  words: {
    en: {
      title: 'DKIM key',
      heading: {
        missing: (_, count) =>
          count === 1 ? 'The DKIM key is not in DNS' : `${count} DKIM keys are not in DNS`,
        several: () => 'Several DKIM keys stand under one name',
        revoked: () => 'The DKIM key has been withdrawn',
        faulty: () => 'The DKIM key in DNS cannot be used',
      },
      mend: {
        missing: () => 'Publish the DKIM key',
        several: () => 'Leave one DKIM key under the name',
        revoked: () => 'Sign with a DKIM key that is in use',
        faulty: () => 'Correct the DKIM key',
      },
      why: 'Without a key that receivers can read, nothing proves that the mail is yours, and more of it goes to spam. Gmail, Yahoo and Outlook.com turn away or junk mailings without DKIM from those who send much. DKIM is a signature in each mail; the key to check it with stands in DNS.',
      fix: {
        missing: (data) =>
          data.by === 'signature'
            ? `${origin.en(data)} Is the message old? The service may have changed keys since: hand in a newer one.`
            : `${origin.en(data)} Does the service show another selector? Then start again with that one. Did you take it from a DKIM-Signature where d= is the service’s domain? Then turn on DKIM for your own domain there.`,
        several: (data) =>
          data.own
            ? `Take away all records at ${data.name} but the one that your sending service shows now.`
            : origin.en(data),
        revoked: (data) =>
          data.by === 'signature'
            ? `${origin.en(data)} Is the message old? The service may have changed keys since: hand in a newer one.`
            : `See in your sending service which selector it signs with now, and start again with that one. Is it ${data.selector}? ${origin.en(data)}`,
        faulty: (data) => origin.en(data),
      },
      problems: {
        missing: ({ name }) => `There is no DKIM key at ${name}.`,
        several: ({ name }) =>
          `There is more than one key at ${name}. Receivers cannot tell which one counts.`,
        revoked: ({ name }) =>
          `The record at ${name} has an empty p=. That says: mail signed with this key is not ours.`,
        faulty: ({ name, fault, value }) =>
          `The record at ${name} does not work: ${faults.en[fault](value)}.`,
      },
    },
    sv: {
      title: 'DKIM-nyckel',
      heading: {
        missing: (_, count) =>
          count === 1 ? 'DKIM-nyckeln finns inte i DNS' : `${count} DKIM-nycklar finns inte i DNS`,
        several: () => 'Flera DKIM-nycklar står under samma namn',
        revoked: () => 'DKIM-nyckeln är återkallad',
        faulty: () => 'DKIM-nyckeln i DNS går inte att använda',
      },
      mend: {
        missing: () => 'Publicera DKIM-nyckeln',
        several: () => 'Låt en enda DKIM-nyckel stå kvar',
        revoked: () => 'Signera med en DKIM-nyckel som används',
        faulty: () => 'Rätta DKIM-nyckeln',
      },
      why: 'Utan en nyckel som mottagarna kan läsa visar inget att mejlet är ditt, och mer hamnar i skräpposten. Gmail, Yahoo och Outlook.com avvisar eller sorterar bort utskick utan DKIM från den som skickar mycket. DKIM är en signatur i varje mejl, och nyckeln som den kontrolleras med står i DNS.',
      fix: {
        missing: (data) =>
          data.by === 'signature'
            ? `${origin.sv(data)} Är mejlet gammalt? Då kan tjänsten ha bytt nyckel sedan dess: lämna in ett nyare.`
            : `${origin.sv(data)} Visar tjänsten en annan selektor? Börja då om med den. Tog du den från en DKIM-Signature där d= är tjänstens domän? Slå då på DKIM för din egen domän där.`,
        several: (data) =>
          data.own
            ? `Ta bort alla poster på ${data.name} utom den som din utskickstjänst visar nu.`
            : origin.sv(data),
        revoked: (data) =>
          data.by === 'signature'
            ? `${origin.sv(data)} Är mejlet gammalt? Då kan tjänsten ha bytt nyckel sedan dess: lämna in ett nyare.`
            : `Se efter i din utskickstjänst vilken selektor den signerar med nu, och börja om med den. Är det ${data.selector}? ${origin.sv(data)}`,
        faulty: (data) => origin.sv(data),
      },
      problems: {
        missing: ({ name }) => `Det finns ingen DKIM-nyckel på ${name}.`,
        several: ({ name }) =>
          `Det finns mer än en nyckel på ${name}. Mottagarna kan inte veta vilken som gäller.`,
        revoked: ({ name }) =>
          `Posten på ${name} har ett tomt p=. Det betyder: mejl som är signerade med den nyckeln är inte våra.`,
        faulty: ({ name, fault, value }) => `Posten på ${name} fungerar inte: ${faults.sv[fault](value)}.`,
      },
    },
  },
  examples: {
    good: [
      {},
      {
        zone: {
          's1._domainkey.example.se': { CNAME: ['s1.dkim.service.example'] },
          's1.dkim.service.example': { TXT: [`v=DKIM1; k=ed25519; p=${ed25519}`] },
        },
      },
      {
        dkimSelectors: ['m1'],
        zone: { 'm1._domainkey.mejl.example.se': { TXT: [`k=ed25519;p=${ed25519};`] } },
      },
    ],
    bad: [
      { world: { dkimSelectors: ['s2'] }, finds: 'missing' },
      { world: { dkimSelectors: ['s2', 's3'] }, finds: 'missing' },
      { world: { zone: published('v=DKIM1; p=AA==', 'v=DKIM1; p=AB==') }, finds: 'several' },
      { world: { zone: published('v=DKIM1; p=') }, finds: 'revoked' },
      { world: { zone: published(ed25519) }, finds: 'faulty' },
      { world: { zone: published('k=rsa; v=DKIM1; p=AA==') }, finds: 'faulty' },
      { world: { zone: published('v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GN') }, finds: 'faulty' },
    ],
  },
});
