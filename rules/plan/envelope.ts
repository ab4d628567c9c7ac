import { defineStep, type PlannedRecord } from '#rule';
import { feedbackOf, feedbackRecord, isFeedbackHost, sesRecord, sesSpf } from '../providers/amazon-ses.ts';
import { bounceService } from '../providers/bounce-hosts.ts';
import { isAbsent } from '../repairs/absent-domain.ts';
import { movedRecord } from '../repairs/doubled-names.ts';
import { spfChecks } from '../repairs/spf-checks.ts';
import { offeredSpf } from '../repairs/spf-first.ts';
import { senderOf } from '../repairs/spf-record.ts';

const found = (status: string) => ['answered', 'nodata', 'nxdomain'].includes(status);

/** What is missing at the name: `mx`, `spf` or both; and how many of those records stand below. */
interface Missing {
  domain: unknown;
  provider: unknown;
  lacks: string;
  boxes: number;
}

const kinds = { mx: 'MX', spf: 'SPF' };
const missing = (lacks: string) =>
  lacks.split(' ').flatMap((kind) => (kind in kinds ? [kinds[kind as keyof typeof kinds]] : []));

const publish = {
  en({ domain, provider, lacks, boxes }: Missing): string {
    const names = missing(lacks);
    if (names.length === 0) return `The records of ${domain} stand; audit again when DNS answers.`;
    const several = names.length > 1;
    if (boxes === names.length)
      return several
        ? 'Publish the records below, and nothing else at this name.'
        : `Publish the ${names[0]} record below. The rest stands already.`;
    const whose = provider ? 'the page of this sender shows' : 'your sending service gives you';
    const below = boxes > 0 ? ' What is known already stands below.' : '';
    const bounces = names.includes('MX') ? ' Bounces have to come back to whoever reads them.' : '';
    return `At ${domain}, publish the ${names.join(' and ')} ${several ? 'records' : 'record'} that ${whose}.${below}${bounces}`;
  },
  sv({ domain, provider, lacks, boxes }: Missing): string {
    const names = missing(lacks);
    if (names.length === 0) return `Posterna för ${domain} finns. Granska igen när DNS svarar.`;
    const several = names.length > 1;
    if (boxes === names.length)
      return several
        ? 'Publicera posterna nedan, och inget annat vid det här namnet.'
        : `Publicera ${names[0]}-posten nedan. Resten finns redan.`;
    const what = several ? `de ${names.join('- och ')}-poster` : `den ${names[0]}-post`;
    const whose = provider ? 'sidan för den här avsändaren visar' : 'din utskickstjänst ger dig';
    const below = boxes > 0 ? ' Det som redan är känt står nedan.' : '';
    const bounces = names.includes('MX') ? ' Studsar måste komma tillbaka till den som läser dem.' : '';
    return `Publicera ${what} på ${domain} som ${whose}.${below}${bounces}`;
  },
};

const own = {
  en: ({ domain, service }: { domain: unknown; service: unknown }) =>
    `${domain} belongs to ${service}, which publishes SPF and MX there and lets nobody choose another for newsletters. What makes the mail yours is the DKIM signature for your own domain: with it the mail passes DMARC.`,
  sv: ({ domain, service }: { domain: unknown; service: unknown }) =>
    `${domain} hör till ${service}, som publicerar SPF och MX där och inte låter någon välja en annan för nyhetsbrev. Det som gör mejlet till ditt är DKIM-signaturen för din egen domän: med den klarar mejlet DMARC.`,
};

export default defineStep({
  id: 'envelope',
  needs: ['mailFrom', 'spf', 'author', 'zone', 'doubledNames'],
  byRoute: true,
  optional: false,
  after: ['register'],
  waitDays: 0,
  checks: [
    'mail-from-subdomain',
    'mail-from-mx',
    'mail-from-exchanger',
    'mail-from-region',
    'mail-from-returns',
    'mail-from-routes',
    ...spfChecks,
  ],
  source:
    'Amazon SES developer guide, “Using a custom MAIL FROM domain”, as of 2026-11; RFC 5321 section 3.6.3',
  read({ mailFrom, spf, author, zone, doubledNames }, { policy }) {
    const { domain, mx, place, server, sharedWith } = mailFrom;
    const known = server === null || server === 'unknown' ? null : server;
    const ses = known?.kind === 'ses';
    const data = {
      author: author.domain,
      domain: domain ?? `mejl.${author.domain}`,
      provider: known?.provider ?? '',
      ses,
      named: domain !== null,
      apart: domain === null || (place === 'apart' && sharedWith.length === 0),
      service: (known === null && domain !== null && place === 'foreign' && bounceService(domain)) || '',
      lacks: '',
      boxes: 0,
    };
    const name = data.domain;
    const text = (value: string, old: string | null): PlannedRecord => ({
      type: 'TXT',
      name,
      old,
      new: value,
    });
    const exchanger = (value: string): PlannedRecord => ({ type: 'MX', name, old: null, new: value });
    // Nothing can be published yet, so it waits for the domain.
    if (isAbsent({ author, zone })) return { state: 'open', records: [], data };
    if (domain === null || mx === null || spf.mailFrom === null) {
      // What another service wants only that service can say.
      const proposed = ses
        ? [exchanger(feedbackOf(known.place) ?? feedbackRecord), text(sesRecord, null)]
        : [];
      return { state: 'unknown', records: proposed, data };
    }
    // Its bounces are the service's own business, and nobody else can publish there.
    if (data.service) return { state: 'done', records: [], data, checks: [] };
    if (!data.apart) return { state: 'open', records: [], data };
    const { root: tree, breaks, everyone, lookups, voids } = spf.mailFrom;
    if (!found(mx.status) || tree.state === 'unanswered') return { state: 'unknown', records: [], data };
    const [first, ...more] = mx.exchangers;
    const sender = known ? (ses ? 'ses' : 'other') : senderOf({ spf, mailFrom });
    const ours = ses ? feedbackOf(known.place) : null;
    const moved = ours === null ? movedRecord(doubledNames, 'mx', domain)?.record.new : undefined;
    const wanted = ours ?? moved ?? (sender === 'ses' ? feedbackRecord : null);
    const leads = first !== undefined && first.host !== '';
    // That others beside it are to go is told by its own check.
    const mxDone = ses
      ? leads && wanted?.endsWith(` ${first.host}`) === true
      : leads && (known === null || !isFeedbackHost(first.host));
    const isLong = lookups > policy.spf.lookups || voids > policy.spf.voids;
    // It stands, or was meant to, and no receiver can use it as it is.
    const isFaulty =
      tree.state === 'several' ||
      [tree.faults, breaks].some(({ length }) => length > 0) ||
      everyone !== null ||
      tree.misspelt !== null ||
      spf.mailFrom.misplaced !== null;
    const allows = tree.state === 'found' && spf.mailFrom.passes !== false;
    const lets = spf.server?.lets ?? (ses ? spf.services[sesSpf] : true);
    const spfDone = allows && lets === true && !isFaulty && !isLong;
    // DNS has not said what the server of the route is.
    const spfOpen = allows && !isFaulty && spf.server !== null && typeof spf.server.lets === 'string';
    // Of what sends nothing is known, so that a record of Amazon's would be a guess.
    const isGuess = known === null && sender === 'open' && tree.state === 'none' && !isFaulty;
    const offered = spfDone || spfOpen || isGuess || isLong ? null : offeredSpf({ spf, mailFrom }, policy);
    const records = [
      ...(mxDone || wanted === null
        ? []
        : [{ ...exchanger(wanted), old: first ? `${first.preference} ${first.host || '.'}` : null }]),
      ...(offered ? [text(offered.text, offered.old)] : []),
    ];
    const lacks = [...(mxDone ? [] : ['mx']), ...(spfDone || spfOpen ? [] : ['spf'])].join(' ');
    const isCrowded = ses && mxDone && more.length > 0;
    const isBroken = isFaulty || isLong || isCrowded || (tree.state === 'found' && !spfDone && !spfOpen);
    const state = isBroken ? 'broken' : lacks ? 'open' : spfOpen ? 'unknown' : 'done';
    return { state, records, data: { ...data, lacks, boxes: records.length } };
  },
  words: {
    en: {
      name: 'The sending subdomain',
      title: ({ domain, provider, apart, service }) =>
        service
          ? `${service} looks after the bounces, at ${domain}`
          : apart
            ? `Set up the sending subdomain ${domain}${provider ? ` for ${provider}` : ''}`
            : `Choose a subdomain for sending${provider ? ` for ${provider}` : ''}`,
      why: 'Bounces come back to it, and receivers check SPF there. It is for sending alone, so trouble with a mailing does not spread to your everyday mail. Each sending server needs one of its own.',
      how: ({ domain, author, ses, named, apart, provider, service, lacks, boxes }) =>
        service
          ? own.en({ domain, service })
          : !apart
            ? `Choose a subdomain of ${author} that is used for nothing else and that no other sending server has, such as mejl.${author}, and set it as MAIL FROM.`
            : !named
              ? ses
                ? `Publish the records below, and set ${domain} as MAIL FROM in Amazon SES.`
                : `Tell ${provider || 'your sending service'} to use a subdomain such as ${domain} for bounces (it may call it MAIL FROM, Return-Path or bounce domain), and publish the records that it gives you. Then audit again with that name.`
              : publish.en({ domain, provider, lacks: `${lacks}`, boxes: Number(boxes) }),
      until: '',
    },
    sv: {
      name: 'Underdomänen för utskick',
      title: ({ domain, provider, apart, service }) =>
        service
          ? `${service} tar hand om studsarna, på ${domain}`
          : apart
            ? `Ordna underdomänen för utskick, ${domain}${provider ? `, för ${provider}` : ''}`
            : `Välj en underdomän för utskick${provider ? ` för ${provider}` : ''}`,
      why: 'Studsar kommer tillbaka dit, och där kontrollerar mottagarna SPF. Den är bara till för utskick, så problem med ett utskick sprider sig inte till dina vanliga mejl. Varje utskicksserver behöver en egen.',
      how: ({ domain, author, ses, named, apart, provider, service, lacks, boxes }) =>
        service
          ? own.sv({ domain, service })
          : !apart
            ? `Välj en underdomän till ${author} som inte används till något annat och som ingen annan utskicksserver har, till exempel mejl.${author}, och ange den som MAIL FROM.`
            : !named
              ? ses
                ? `Publicera posterna nedan, och ange ${domain} som MAIL FROM i Amazon SES.`
                : `Låt ${provider || 'din utskickstjänst'} använda en underdomän som ${domain} för studsar (den kan kalla den MAIL FROM, Return-Path eller bounce domain), och publicera posterna som den ger dig. Granska sedan igen med det namnet.`
              : publish.sv({ domain, provider, lacks: `${lacks}`, boxes: Number(boxes) }),
      until: '',
    },
  },
});
