import { defineStep, easyDkimRecord, type PlannedRecord } from '#rule';
import { isAbsent } from '../repairs/absent-domain.ts';
import { movedKey } from '../repairs/doubled-names.ts';
import { dkimRecords } from '../repairs/ses-identity.ts';
import { doubledWords } from '../repairs/spf-place.ts';

export default defineStep({
  id: 'dkim',
  needs: ['dkim', 'identity', 'author', 'zone', 'doubledNames'],
  byRoute: true,
  optional: false,
  after: ['register'],
  waitDays: 0,
  checks: [
    'dkim-key',
    'dkim-key-strength',
    'dkim-key-type',
    'dkim-key-neighbours',
    'dkim-key-limit',
    'dkim-testing',
  ],
  source: 'RFC 6376 section 3.6; Amazon SES developer guide, “Easy DKIM in Amazon SES”, as of 2026-11',
  read({ dkim: { keys }, identity: { server, identity }, author, zone, doubledNames }) {
    const { domain } = author;
    const ses = server !== null && server !== 'unknown' && server.kind === 'ses' ? server : null;
    const provider = server === null || server === 'unknown' ? '' : server.provider;
    const own = keys.filter(({ by }) => by !== 'signature');
    const data = { domain, provider, ses: ses !== null, count: 0, moved: false };
    // Nothing can be published yet, so it waits for the domain.
    if (isAbsent({ author, zone })) return { state: 'open', records: [], data };
    // Of three names of Easy DKIM one is at work at a time; what the others lead to is Amazon's.
    const stands = own.some(({ state }) => state === 'usable');
    const gone = own.some(({ state }) => (ses ? state === 'missing' : state !== 'usable'));
    if (stands && !gone) {
      return { state: 'done', records: [], data };
    }
    if (own.some(({ state }) => state === 'unanswered')) return { state: 'unknown', records: [], data };
    const lacking = own.filter(({ state }) => state === 'missing');
    const byName = ses
      ? lacking.flatMap(({ selector, domain: d }) => easyDkimRecord(selector, d, ses.place) ?? [])
      : [];
    const told =
      ses && byName.length === 0 && identity !== null && typeof identity !== 'string'
        ? dkimRecords(identity, ses.place)
        : [];
    const aliases = [...byName, ...told].map(
      ({ name, data: target }): PlannedRecord => ({ type: 'CNAME', name, old: null, new: target }),
    );
    const moved = lacking
      .flatMap(({ selector }) => movedKey(doubledNames, selector)?.record ?? [])
      .filter(({ name }) => !aliases.some((alias) => alias.name === name));
    const records = [...aliases, ...moved];
    // Nobody has named a key, so nobody has looked.
    const state = own.length > 0 || records.length > 0 ? 'open' : 'unknown';
    return { state, records, data: { ...data, count: records.length, moved: moved.length > 0 } };
  },
  words: {
    en: {
      name: 'DKIM',
      title: ({ domain, provider }) =>
        provider ? `Let ${provider} sign for ${domain} (DKIM)` : `Have the mail signed for ${domain} (DKIM)`,
      why: 'The signature proves that the mail is yours. Gmail, Yahoo and Outlook.com ask for it of everybody who sends much, GMX and WEB.DE of all.',
      how: ({ ses, count, provider, moved }) =>
        moved
          ? `Publish what stands below. A key of yours stands at its name with the domain twice, where nobody looks: ${doubledWords.en}`
          : Number(count) > 0
            ? 'Publish the CNAME records below, and leave them in place.'
            : ses
              ? 'Add the domain to Amazon SES (Identities, “Create identity”, Easy DKIM) and publish the three CNAME records that it shows. Then audit again with their selectors, and this step knows them.'
              : provider
                ? 'Publish the key that the page of this sender shows for the sending server.'
                : 'Open the page about DKIM in your sending service, publish the records that it shows, and audit again with their selector.',
      until: 'Wait until this step says done: most see the records within the hour.',
    },
    sv: {
      name: 'DKIM',
      title: ({ domain, provider }) =>
        provider ? `Låt ${provider} signera för ${domain} (DKIM)` : `Låt signera mejlet för ${domain} (DKIM)`,
      why: 'Signaturen visar att mejlet är ditt. Gmail, Yahoo och Outlook.com kräver den av alla som skickar mycket, GMX och WEB.DE av alla.',
      how: ({ ses, count, provider, moved }) =>
        moved
          ? `Publicera det som står nedan. En nyckel står på sitt namn med domänen två gånger, där ingen letar. ${doubledWords.sv}`
          : Number(count) > 0
            ? 'Publicera CNAME-posterna nedan och låt dem stå kvar.'
            : ses
              ? 'Lägg till domänen i Amazon SES (Identities, ”Create identity”, Easy DKIM) och publicera de tre CNAME-poster som visas. Granska sedan igen med deras selektorer, så känner steget dem.'
              : provider
                ? 'Publicera nyckeln som sidan för den här avsändaren visar för utskicksservern.'
                : 'Öppna sidan om DKIM i din utskickstjänst, publicera posterna som visas där och granska igen med deras selektor.',
      until: 'Vänta tills steget är klart: posterna syns oftast inom en timme.',
    },
  },
});
