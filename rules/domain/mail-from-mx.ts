import { defineRule, notApplicable, problem, unanswered } from '#rule';
import { feedbackOf, feedbackRecord, isFeedbackHost } from '../providers/amazon-ses.ts';
import { bounceService } from '../providers/bounce-hosts.ts';
import { isAbsent } from '../repairs/absent-domain.ts';
import { movedRecord, movedWords, unmoved } from '../repairs/doubled-names.ts';
import { foreign } from '../repairs/foreign.ts';
import { senderOf } from '../repairs/spf-record.ts';

export default defineRule({
  id: 'mail-from-mx',
  severity: 'major',
  reference:
    'Amazon SES developer guide, “Custom MAIL FROM domain”, as of 2026-11; RFC 5321 section 5.1; RFC 7505',
  needs: ['mailFrom', 'spf', 'doubledNames', 'author', 'zone'],
  check({ mailFrom, spf, doubledNames, author, zone }) {
    const { domain, place, mx, hasAddress, server } = mailFrom;
    if (domain === null || mx === null) return notApplicable('no-mail-from');
    // Where the route is known, so is who sends by it, and from which region.
    const known = server !== null && server !== 'unknown' ? server : null;
    const ours = known?.kind === 'ses' ? feedbackOf(known.place) : null;
    const sender = known ? (known.kind === 'ses' ? 'ses' : 'other') : senderOf({ spf, mailFrom });
    // A domain that takes other mail too must keep its own servers, and so must one that sends with another service.
    const box = place === 'apart' && sender === 'ses';
    const publish = (old: string | null) =>
      box
        ? { change: { kind: 'dns', type: 'MX', name: domain, old, new: ours ?? feedbackRecord } as const }
        : {};
    const { status, exchangers } = mx;
    if (status === 'nodata' || status === 'nxdomain') {
      if (place !== 'foreign' && isAbsent({ author, zone })) return notApplicable('no-domain');
      if (place === 'foreign' && server === null && bounceService(domain))
        return notApplicable('service-bounces');
      const implicit = hasAddress === true;
      const moved = movedRecord(doubledNames, 'mx', domain);
      // Of a route that is known, the right server is known too.
      const put = moved && ours === null ? { change: moved.change } : publish(null);
      return [
        problem(
          'missing',
          { domain, place, box, implicit, ...(moved?.data ?? unmoved), ours: ours !== null },
          put,
        ),
      ];
    }
    if (status !== 'answered') return unanswered([`${domain} MX`]);
    const refusing = exchangers.find(({ host }) => host === '');
    if (refusing) {
      return [problem('refusing', { domain, place, box }, publish(`${refusing.preference} .`))];
    }
    // By a route of another service Amazon's server is the wrong one, which is another check's matter.
    const several =
      sender === 'ses' && exchangers.length > 1 && exchangers.some(({ host }) => isFeedbackHost(host));
    return several ? [problem('several', { domain, place, count: exchangers.length })] : [];
  },
  words: {
    en: {
      title: 'Mail server for bounces',
      heading: {
        missing: ({ domain }) => `The domain ${domain} has no server for bounces`,
        refusing: ({ domain }) => `The domain ${domain} takes no bounces`,
        several: ({ domain, count }) => `The domain ${domain} has ${count} MX records instead of one`,
      },
      mend: {
        missing: () => 'Publish an MX record for bounces',
        refusing: () => 'Let the domain take bounces',
        several: () => 'Keep only one MX record',
      },
      why: 'Bounces, the replies that say a mail could not be delivered, are lost. You never learn which addresses are dead, and some receivers refuse mail that no bounce can answer. An MX record names the server that takes a domain’s mail.',
      fix: {
        missing: ({ domain, place, box, at, label, zone, ours }) => {
          if (at && !ours) return `Publish the record below.${movedWords.en({ at, label, zone })}`;
          if (place === 'foreign') return foreign.en(domain);
          if (place === 'alias') {
            return `${domain} is an alias (CNAME), and no other record can stand beside one. Choose another subdomain for sending, or take the CNAME away first.`;
          }
          if (place === 'shared') {
            return 'Choose a subdomain of your From domain for sending, and publish the MX record that your sending service gives you there. If bounces are to come to this domain, point an MX record to the server that takes its mail.';
          }
          return box
            ? 'Publish the MX record below (change the region if yours is another). Until then Amazon SES does not use the subdomain.'
            : 'Ask your sending service which server takes the bounces, and publish an MX record that names it.';
        },
        refusing: ({ domain, place, box }) => {
          if (place === 'foreign') return foreign.en(domain);
          if (place === 'alias') {
            return `The null MX stands at the name that ${domain} is an alias (CNAME) of. Choose another subdomain for sending, or take the CNAME away and publish an MX record in its place.`;
          }
          if (place === 'shared') {
            return 'Use a subdomain for sending, or point the MX record to the server that takes your bounces.';
          }
          return box
            ? 'Replace the “null MX” with the record below (change the region if yours is another).'
            : 'Replace the “null MX” with a record that points to the server that takes your bounces.';
        },
        several: ({ domain, place }) =>
          place === 'foreign'
            ? foreign.en(domain)
            : 'Keep only the MX record for the Amazon SES region you send from. With more than one, SES does not use the subdomain.',
      },
      problems: {
        missing: ({ domain, implicit }) =>
          implicit
            ? `${domain} has no MX record, so bounces go to the server at its A or AAAA address, which is seldom a mail server.`
            : `${domain} has no MX record, so nothing says which server takes the bounces.`,
        refusing: ({ domain }) =>
          `${domain} says that it takes no mail at all (null MX), so bounces are lost and some receivers refuse the mail.`,
        several: ({ domain, count }) => `${domain} has ${count} MX records. Amazon SES wants exactly one.`,
      },
    },
    sv: {
      title: 'Mejlserver för studsar',
      heading: {
        missing: ({ domain }) => `Domänen ${domain} har ingen server för studsar`,
        refusing: ({ domain }) => `Domänen ${domain} tar inte emot studsar`,
        several: ({ domain, count }) => `Domänen ${domain} har ${count} MX-poster i stället för en`,
      },
      mend: {
        missing: () => 'Publicera en MX-post för studsar',
        refusing: () => 'Låt domänen ta emot studsar',
        several: () => 'Behåll bara en MX-post',
      },
      why: 'Studsar, alltså beskeden om att ett mejl inte kunde levereras, går förlorade. Du får aldrig veta vilka adresser som är döda, och en del mottagare avvisar mejl som inte går att skicka en studs till. En MX-post anger vilken server som tar emot en domäns mejl.',
      fix: {
        missing: ({ domain, place, box, at, label, zone, ours }) => {
          if (at && !ours) return `Publicera posten nedan.${movedWords.sv({ at, label, zone })}`;
          if (place === 'foreign') return foreign.sv(domain);
          if (place === 'alias') {
            return `${domain} är ett alias (CNAME), och där kan ingen annan post finnas. Välj en annan underdomän för utskick, eller ta bort CNAME-posten först.`;
          }
          if (place === 'shared') {
            return 'Välj en underdomän till domänen i From för utskick, och publicera den MX-post som din utskickstjänst anger där. Ska studsarna komma till den här domänen, låt en MX-post peka på servern som tar emot dess mejl.';
          }
          return box
            ? 'Publicera MX-posten nedan (byt region om du använder en annan). Innan dess använder Amazon SES inte underdomänen.'
            : 'Fråga din utskickstjänst vilken server som tar emot studsar, och publicera en MX-post som anger den.';
        },
        refusing: ({ domain, place, box }) => {
          if (place === 'foreign') return foreign.sv(domain);
          if (place === 'alias') {
            return `Posten står vid namnet som ${domain} är ett alias (CNAME) för. Välj en annan underdomän för utskick, eller ta bort CNAME-posten och publicera en MX-post i stället.`;
          }
          if (place === 'shared') {
            return 'Använd en underdomän för utskick, eller låt MX-posten peka på servern som tar emot studsar.';
          }
          return box
            ? 'Byt ut ”null MX” mot posten nedan (byt region om du använder en annan).'
            : 'Byt ut ”null MX” mot en post som pekar på servern som tar emot studsar.';
        },
        several: ({ domain, place }) =>
          place === 'foreign'
            ? foreign.sv(domain)
            : 'Behåll bara MX-posten för den region i Amazon SES som du skickar från. Finns det fler använder SES inte underdomänen.',
      },
      problems: {
        missing: ({ domain, implicit }) =>
          implicit
            ? `${domain} har ingen MX-post, så studsarna går till servern på adressen i A- eller AAAA-posten, och den är sällan en mejlserver.`
            : `${domain} har ingen MX-post, så inget säger vilken server som tar emot studsar.`,
        refusing: ({ domain }) =>
          `${domain} säger att den inte tar emot mejl alls (null MX), så studsarna går förlorade och en del mottagare avvisar mejlet.`,
        several: ({ domain, count }) => `${domain} har ${count} MX-poster. Amazon SES vill ha exakt en.`,
      },
    },
  },
  examples: {
    good: [
      {},
      { zone: { 'mejl.example.se': { MX: ['10 in.example.se', '20 in2.example.se'] } } },
      // The mail goes by another service: what its bounces meet there is told by mail-from-returns.
      {
        routes: [{ transport: 'authsmtp', mailFrom: 'mejl.example.se' }],
        zone: { 'mejl.example.se': { MX: [feedbackRecord, '20 in.example.se'] } },
      },
    ],
    bad: [
      { world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 -all'] } } }, finds: 'missing' },
      { world: { zone: { 'mejl.example.se': { A: ['192.0.2.1'] } } }, finds: 'missing' },
      { world: { zone: { 'mejl.example.se': { CNAME: ['elsewhere.example'] } } }, finds: 'missing' },
      { world: { mailFrom: 'example.se', zone: { 'example.se': { A: ['192.0.2.1'] } } }, finds: 'missing' },
      { world: { zone: { 'mejl.example.se': { MX: ['0 .'] } } }, finds: 'refusing' },
      {
        world: {
          zone: { 'mejl.example.se': { CNAME: ['elsewhere.example'] }, 'elsewhere.example': { MX: ['0 .'] } },
        },
        finds: 'refusing',
      },
      {
        world: { zone: { 'mejl.example.se': { MX: [feedbackRecord, '20 in.example.se'] } } },
        finds: 'several',
      },
    ],
  },
});
