import { defineStep, type PlannedRecord } from '#rule';
import { feedbackOf, feedbackRecord, isFeedbackHost, sesRecord, sesSpf } from '../providers/amazon-ses.ts';

const found = (status: string) => ['answered', 'nodata', 'nxdomain'].includes(status);

export default defineStep({
  id: 'envelope',
  needs: ['mailFrom', 'spf', 'author'],
  byRoute: true,
  optional: false,
  after: ['register'],
  waitDays: 0,
  checks: [
    'mail-from-subdomain',
    'mail-from-mx',
    'mail-from-exchanger',
    'mail-from-region',
    'mail-from-spf',
    'mail-from-returns',
    'mail-from-routes',
    'spf-sender',
    'spf-scope',
    'spf-include',
    'spf-lookup-limit',
    'spf-dead-end',
    'spf-ending',
    'spf-pointer',
    'spf-order',
    'spf-network',
    'spf-private-address',
    'spf-sending-address',
  ],
  source:
    'Amazon SES developer guide, “Using a custom MAIL FROM domain”, as of 2026-11; RFC 5321 section 3.6.3',
  read({ mailFrom, spf, author }) {
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
      mx: true,
    };
    const name = data.domain;
    const text = (value: string, old: string | null): PlannedRecord => ({
      type: 'TXT',
      name,
      old,
      new: value,
    });
    const exchanger = (value: string): PlannedRecord => ({ type: 'MX', name, old: null, new: value });
    if (domain === null || mx === null || spf.mailFrom === null) {
      // What another service wants only that service can say.
      const proposed = ses
        ? [exchanger(feedbackOf(known.place) ?? feedbackRecord), text(sesRecord, null)]
        : [];
      return { state: 'unknown', records: proposed, data };
    }
    if (!data.apart) return { state: 'open', records: [], data };
    const tree = spf.mailFrom.root;
    if (!found(mx.status) || tree.state === 'unanswered') return { state: 'unknown', records: [], data };
    const [first, ...more] = mx.exchangers;
    const wanted = ses ? (feedbackOf(known.place) ?? feedbackRecord) : null;
    const leads = first !== undefined && first.host !== '';
    // That others beside it are to go is told by its own check.
    const mxDone = wanted
      ? leads && wanted.endsWith(` ${first.host}`)
      : leads && (known === null || !isFeedbackHost(first.host));
    const allows = tree.state === 'found' && spf.mailFrom.passes !== false;
    const lets = spf.server?.lets ?? (ses ? spf.services[sesSpf] : true);
    const spfDone = allows && lets === true;
    // DNS has not said what the server of the route is.
    const spfOpen = allows && spf.server !== null && typeof spf.server.lets === 'string';
    const mechanism = known?.spf ?? null;
    const record = ses ? sesRecord : mechanism === null ? null : `v=spf1 ${mechanism} ~all`;
    const [old = null] = tree.records;
    const records = [
      ...(mxDone || wanted === null
        ? []
        : [{ ...exchanger(wanted), old: first ? `${first.preference} ${first.host || '.'}` : null }]),
      ...(spfDone || spfOpen || record === null ? [] : [text(record, old)]),
    ];
    const state = mxDone && spfDone ? 'done' : mxDone && spfOpen ? 'unknown' : 'open';
    const isCrowded = wanted !== null && mxDone && more.length > 0;
    return { state: isCrowded ? 'broken' : state, records, data: { ...data, mx: mxDone } };
  },
  words: {
    en: {
      name: 'The sending subdomain',
      title: ({ domain, provider, apart }) =>
        apart
          ? `Set up the sending subdomain ${domain}${provider ? ` for ${provider}` : ''}`
          : `Choose a subdomain for sending${provider ? ` for ${provider}` : ''}`,
      why: 'Bounces come back to it, and receivers check SPF there. It is for sending alone, so trouble with a mailing does not spread to your everyday mail. Each sending server needs one of its own.',
      how: ({ domain, author, ses, named, apart, mx, provider }) =>
        !apart
          ? `Choose a subdomain of ${author} that is used for nothing else and that no other sending server has, such as mejl.${author}, and set it as MAIL FROM.`
          : !named
            ? ses
              ? `Publish the records below, and set ${domain} as MAIL FROM in Amazon SES.`
              : `Tell ${provider || 'your sending service'} to use a subdomain such as ${domain} for bounces (it may call it MAIL FROM, Return-Path or bounce domain), and publish the records that it gives you. Then name it here.`
            : ses
              ? 'Publish the records below, and nothing else at this name.'
              : `Publish ${mx ? 'the SPF record' : 'the MX and SPF records'} that ${provider ? 'the page of this sender shows' : 'your sending service gives you'}; what is known already stands below. Bounces have to come back to whoever reads them.`,
      until: '',
    },
    sv: {
      name: 'Underdomänen för utskick',
      title: ({ domain, provider, apart }) =>
        apart
          ? `Ordna underdomänen för utskick, ${domain}${provider ? `, för ${provider}` : ''}`
          : `Välj en underdomän för utskick${provider ? ` för ${provider}` : ''}`,
      why: 'Studsar kommer tillbaka dit, och där kontrollerar mottagarna SPF. Den är bara till för utskick, så problem med ett utskick sprider sig inte till dina vanliga mejl. Varje utskicksserver behöver en egen.',
      how: ({ domain, author, ses, named, apart, mx, provider }) =>
        !apart
          ? `Välj en underdomän till ${author} som inte används till något annat och som ingen annan utskicksserver har, till exempel mejl.${author}, och ange den som MAIL FROM.`
          : !named
            ? ses
              ? `Publicera posterna nedan, och ange ${domain} som MAIL FROM i Amazon SES.`
              : `Låt ${provider || 'din utskickstjänst'} använda en underdomän som ${domain} för studsar (den kan kalla den MAIL FROM, Return-Path eller bounce domain), och publicera posterna som den ger dig. Ange den sedan här.`
            : ses
              ? 'Publicera posterna nedan, och inget annat vid det här namnet.'
              : `Publicera ${mx ? 'den SPF-post' : 'de MX- och SPF-poster'} som ${provider ? 'sidan för den här avsändaren visar' : 'din utskickstjänst ger dig'}. Det som redan är känt står nedan. Studsar måste komma tillbaka till den som läser dem.`,
      until: '',
    },
  },
});
