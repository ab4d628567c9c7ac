import { defineRule, notApplicable, problem, unanswered, unknown } from '#rule';
import { isAbsent } from '../repairs/absent-domain.ts';
import { type Fault, faults } from '../repairs/dkim-faults.ts';
import { hasGoodKey, type Key, origin, relevantKeys } from '../repairs/dkim-keys.ts';
import { type MovedData, movedKey, movedWords, unmoved } from '../repairs/doubled-names.ts';

interface Told extends Pick<Key, 'name' | 'domain' | 'own' | 'by' | 'selector'>, MovedData {
  fault: Fault;
  value: string;
  alias: string;
  /** A record that can be published in its place is shown. */
  shown: boolean;
}

/** The record to publish, where it was plainly meant; what an alias leads to is in another's hands. */
function changeOf({ record, own, alias, name }: Key) {
  const repair = own && alias === null ? record?.repair : null;
  return repair ? ({ kind: 'dns', type: 'TXT', name, ...repair } as const) : undefined;
}

const ed25519 = '1DDcS2Y3BitJRAFwBzOzaizZ86LT2YWhHjvWcs/WVXc=';
const published = (...records: string[]) => ({ 's1._domainkey.example.se': { TXT: records } });

export default defineRule({
  id: 'dkim-key',
  severity: 'major',
  reference:
    'RFC 6376 sections 3.6.1 and 6.1.2; RFC 8301 section 3.1; Gmail sender guidelines, as of 2026-11',
  needs: ['dkim', 'doubledNames', 'author', 'zone'],
  check({ dkim, doubledNames, author, zone }, { policy }) {
    if (hasGoodKey(dkim, policy.dkim.leastBits)) return [];
    const keys = relevantKeys(dkim);
    // Keys of a domain that does not exist: that is told by the check of the domain.
    if (keys.every(({ own, state }) => own && state === 'missing') && isAbsent({ author, zone }))
      return notApplicable('no-domain');
    // That guessed names are not there would say nothing.
    if (keys.length === 0) return unknown('not-given', 'dkim-selector');
    // Of several selectors, as Amazon SES has, one may be resting: nobody signs with a key that is withdrawn. And
    // one of a new kind may sign beside the old, as Ed25519 does (RFC 8463 section 5).
    const isCovered = keys.some(({ by, state }) => by !== 'signature' && state === 'usable');
    const found = keys.map((key) => {
      const { state, record, name, domain, own, by, selector, alias } = key;
      const { fault, value = '' } = record ?? {};
      const change = changeOf(key);
      const told = { name, domain, own, by, selector, value, alias: alias ?? '' };
      const data: Told = { ...told, ...unmoved, fault: fault ?? 'key', shown: change !== undefined };
      const moved = state === 'missing' && own && alias === null ? movedKey(doubledNames, selector) : null;
      if (moved) return problem('missing', { ...data, ...moved.data }, { change: moved.change });
      if (state === 'missing') return alias === null ? problem('missing', data) : problem('dangling', data);
      if (state === 'several') return problem('several', data);
      if (by !== 'signature' && isCovered && (state === 'revoked' || fault === 'type')) return null;
      if (state === 'revoked') return problem('revoked', data);
      return state === 'faulty' ? problem('faulty', data, { change }) : null;
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
        dangling: () => 'The alias of the DKIM key leads nowhere',
        several: () => 'Several DKIM keys stand under one name',
        revoked: () => 'The DKIM key has been withdrawn',
        faulty: () => 'The DKIM key in DNS cannot be used',
      },
      mend: {
        missing: () => 'Publish the DKIM key',
        dangling: () => 'Let the DKIM alias lead to a key',
        several: () => 'Leave one DKIM key under the name',
        revoked: () => 'Sign with a DKIM key that is in use',
        faulty: () => 'Correct the DKIM key',
      },
      why: 'Without a key that receivers can read, nothing proves that the mail is yours, and more of it goes to spam. Gmail, Yahoo and Outlook.com turn away or junk mailings without DKIM from those who send much. DKIM is a signature in each mail; the key to check it with stands in DNS.',
      fix: {
        missing: (data) =>
          data.at
            ? `Publish the record below.${movedWords.en(data)}`
            : data.by === 'signature'
              ? `${origin.en(data)} Is the message old? The service may have changed keys since: hand in a newer one.`
              : data.by === 'route'
                ? origin.en(data)
                : `${origin.en(data)} Does the service show another selector? Then start again with that one. Did you take it from a DKIM-Signature where d= is the service’s domain? Then turn on DKIM for your own domain there.`,
        dangling: (data) =>
          data.own
            ? `Compare the CNAME at ${data.name} with the one that your sending service shows, letter by letter. Is it the same? Then DKIM is turned off there, or the account is closed: turn it on, or take the CNAME away if you no longer use the service.`
            : origin.en(data),
        several: (data) =>
          data.own
            ? `Take away all records at ${data.name} but the one that your sending service shows now.`
            : origin.en(data),
        revoked: (data) =>
          data.by === 'signature'
            ? `${origin.en(data)} Is the message old? The service may have changed keys since: hand in a newer one.`
            : `See in your sending service which selector it signs with now, and start again with that one. Is it ${data.selector}? ${origin.en(data)}`,
        faulty: (data) =>
          data.shown
            ? `Publish the record below in its place${data.fault === 'halves' ? ', and take the other half away' : ''}. It is your own key with nothing changed but what was wrong; still, compare it with what your sending service shows.`
            : origin.en(data),
      },
      problems: {
        missing: ({ name }) => `There is no DKIM key at ${name}.`,
        dangling: ({ name, alias }) =>
          `${name} is an alias (CNAME) for ${alias}, and there is no DKIM key there.`,
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
        dangling: () => 'DKIM-nyckelns alias leder ingenstans',
        several: () => 'Flera DKIM-nycklar står under samma namn',
        revoked: () => 'DKIM-nyckeln är återkallad',
        faulty: () => 'DKIM-nyckeln i DNS går inte att använda',
      },
      mend: {
        missing: () => 'Publicera DKIM-nyckeln',
        dangling: () => 'Låt DKIM-aliaset leda till en nyckel',
        several: () => 'Låt en enda DKIM-nyckel stå kvar',
        revoked: () => 'Signera med en DKIM-nyckel som används',
        faulty: () => 'Rätta DKIM-nyckeln',
      },
      why: 'Utan en nyckel som mottagarna kan läsa visar inget att mejlet är ditt, och mer hamnar i skräpposten. Gmail, Yahoo och Outlook.com avvisar eller sorterar bort utskick utan DKIM från den som skickar mycket. DKIM är en signatur i varje mejl, och nyckeln som den kontrolleras med står i DNS.',
      fix: {
        missing: (data) =>
          data.at
            ? `Publicera posten nedan.${movedWords.sv(data)}`
            : data.by === 'signature'
              ? `${origin.sv(data)} Är mejlet gammalt? Då kan tjänsten ha bytt nyckel sedan dess: lämna in ett nyare.`
              : data.by === 'route'
                ? origin.sv(data)
                : `${origin.sv(data)} Visar tjänsten en annan selektor? Börja då om med den. Tog du den från en DKIM-Signature där d= är tjänstens domän? Slå då på DKIM för din egen domän där.`,
        dangling: (data) =>
          data.own
            ? `Jämför CNAME-posten på ${data.name} med den som din utskickstjänst visar, bokstav för bokstav. Är de lika? Då är DKIM avslaget där, eller kontot avslutat: slå på det, eller ta bort CNAME-posten om du inte längre använder tjänsten.`
            : origin.sv(data),
        several: (data) =>
          data.own
            ? `Ta bort alla poster på ${data.name} utom den som din utskickstjänst visar nu.`
            : origin.sv(data),
        revoked: (data) =>
          data.by === 'signature'
            ? `${origin.sv(data)} Är mejlet gammalt? Då kan tjänsten ha bytt nyckel sedan dess: lämna in ett nyare.`
            : `Se efter i din utskickstjänst vilken selektor den signerar med nu, och börja om med den. Är det ${data.selector}? ${origin.sv(data)}`,
        faulty: (data) =>
          data.shown
            ? `Publicera posten nedan i stället${data.fault === 'halves' ? ', och ta bort den andra halvan' : ''}. Det är din egen nyckel, och bara det som var fel har ändrats. Jämför den ändå med det som din utskickstjänst visar.`
            : origin.sv(data),
      },
      problems: {
        missing: ({ name }) => `Det finns ingen DKIM-nyckel på ${name}.`,
        dangling: ({ name, alias }) =>
          `${name} är ett alias (CNAME) för ${alias}, och där finns ingen DKIM-nyckel.`,
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
      {
        dkimSelectors: null,
        routes: [{ transport: 'ses', mailFrom: 'mejl.example.se' }],
        identities: { ses: { selectors: ['s1'] } },
      },
    ],
    bad: [
      { world: { dkimSelectors: ['s2'] }, finds: 'missing' },
      { world: { dkimSelectors: ['s2', 's3'] }, finds: 'missing' },
      {
        world: { zone: { 's1._domainkey.example.se': { CNAME: ['s1.dkim.service.example'] } } },
        finds: 'dangling',
      },
      {
        world: {
          dkimSelectors: null,
          routes: [{ transport: 'ses', mailFrom: 'mejl.example.se' }],
          identities: { ses: { selectors: ['a1', 'b2'] } },
          zone: { 'a1._domainkey.example.se': { TXT: [`v=DKIM1; k=ed25519; p=${ed25519}`] } },
        },
        finds: 'missing',
      },
      { world: { zone: published('v=DKIM1; p=AA==', 'v=DKIM1; p=AB==') }, finds: 'several' },
      { world: { zone: published('v=DKIM1; p=') }, finds: 'revoked' },
      { world: { zone: published(ed25519) }, finds: 'faulty' },
      { world: { zone: published(`v=DKIM1\\; k=ed25519\\; p=${ed25519}`) }, finds: 'faulty' },
      {
        world: { zone: published(`v=DKIM1; k=ed25519; p=${ed25519.slice(0, 20)}`, ed25519.slice(20)) },
        finds: 'faulty',
      },
      { world: { zone: published('k=rsa; v=DKIM1; p=AA==') }, finds: 'faulty' },
      { world: { zone: published('v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GN') }, finds: 'faulty' },
    ],
  },
});
