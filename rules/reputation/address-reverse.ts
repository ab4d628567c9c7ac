import { defineRule, type Facts, type Locale, notApplicable, problem, unanswered } from '#rule';

type HostName = Facts['addresses']['addresses'][number]['names'][number];
type Bar = 'none' | 'foreign' | 'mail' | 'alias' | 'unsure';

/** Why the address may not be added to the name that it has now. */
function barOf(own: HostName | undefined, takesMail: boolean, mayTakeMail: boolean): Bar {
  if (!own) return 'foreign';
  if (takesMail) return 'mail';
  if (own.isAlias) return 'alias';
  return mayTakeMail ? 'unsure' : 'none';
}

const barred: Record<Locale, Record<Bar, (host: string) => string>> = {
  en: {
    none: () => '',
    foreign: (host) => ` ${host} is not yours to change.`,
    mail: (host) =>
      ` Do not add the address to ${host}: mail to you goes there, and senders would then try to deliver it to the sending server.`,
    alias: (host) => ` ${host} is an alias (CNAME), and no address may stand beside one.`,
    unsure: (host) =>
      ` Whether mail to you goes to ${host} could not be seen; if it does, leave that name as it is.`,
  },
  sv: {
    none: () => '',
    foreign: (host) => ` ${host} kan du inte ändra själv.`,
    mail: (host) =>
      ` Lägg inte till adressen på ${host}. Dit går mejlen till dig, och då skulle avsändare försöka lämna dem på utskicksservern.`,
    alias: (host) => ` ${host} är ett alias (CNAME), och bredvid ett sådant får ingen adress stå.`,
    unsure: (host) =>
      ` Det gick inte att se om mejlen till dig går till ${host}. Gör de det, låt det namnet vara.`,
  },
};

export default defineRule({
  id: 'address-reverse',
  severity: 'major',
  reference:
    'Gmail, Email sender guidelines (error 5.7.25); GMX and WEB.DE, Orange and laposte.net sender pages, all as of 2026-11; RFC 1912 section 2.1; RFC 5321 section 5.1 (each address of an MX name is tried)',
  needs: ['addresses', 'mailFrom'],
  check({ addresses: { addresses, takingMail, mayTakeMail }, mailFrom: { organisation } }) {
    const seen = addresses.filter(({ state }) => state !== 'local');
    if (seen.length === 0) return notApplicable(addresses.length === 0 ? 'no-addresses' : 'faulty-record');
    const nameless = seen
      .filter(({ state }) => state === 'nameless')
      .map(({ ip, name }) => {
        // A name that takes mail must not get the address of a server that sends it.
        const isFree = (one: string) => !takingMail.includes(one);
        const named = ['mail', 'send', 'outgoing'].map((label) => `${label}.${organisation}`);
        const host = organisation === null || mayTakeMail ? null : (named.find(isFree) ?? null);
        const change = host && ({ kind: 'dns', type: 'PTR', name, old: null, new: host } as const);
        return problem('nameless', { ip, host }, change ? { change } : {});
      });
    const elsewhere = seen
      .filter(({ state }) => state === 'unconfirmed')
      .map(({ ip, names }) => {
        const own = names.find((one) => organisation !== null && one.name.endsWith(`.${organisation}`));
        const host = (own ?? names[0])?.name ?? '';
        const type = ip.includes(':') ? 'AAAA' : 'A';
        const bar = barOf(own, takingMail.includes(host), mayTakeMail);
        const box = bar === 'none';
        const change = { kind: 'dns', type, name: host, old: null, new: ip } as const;
        const data = { ip, host, type, bar, box };
        return problem('elsewhere', data, box ? { change } : {});
      });
    const found = [...nameless, ...elsewhere];
    const silent = seen.flatMap((one) => (one.state === 'unanswered' ? one.silent : []));
    return found.length === 0 && silent.length > 0 ? unanswered(silent) : found;
  },
  words: {
    en: {
      title: 'Names of the sending servers (reverse DNS)',
      heading: {
        nameless: ({ ip }) => `The sending address ${ip} has no name`,
        elsewhere: ({ ip }) => `The name of the address ${ip} does not lead back to it`,
      },
      mend: {
        nameless: () => 'Give the address a name (PTR)',
        elsewhere: () => 'Let the name lead back to the address',
      },
      why: 'Gmail turns away mail from a server without a name that leads back to its address (error 5.7.25), and so do other large receivers. The name stands in a PTR record, which belongs to whoever gave you the address.',
      fix: {
        nameless: ({ host }) =>
          `Ask whoever rents you the server or the address to set its PTR record to the name of the server${host === null ? '' : `, such as ${host}`}. That name needs an A record (AAAA for IPv6) with this address. With a sending service, tell the service.`,
        elsewhere: ({ ip, host, type, bar, box }) =>
          box
            ? `Publish the ${type} record below, if ${host} is the name of the sending server and of nothing else: it must have the address ${ip}. Otherwise have the PTR record changed to a name of its own that has it.`
            : `Ask whoever rents you the server to set the PTR record to a name ${bar === 'foreign' ? '' : 'of its own under your domain '}that has the address ${ip}.${barred.en[bar](host)}`,
      },
      problems: {
        nameless: ({ ip }) => `${ip} has no PTR record.`,
        elsewhere: ({ ip, host, type }) =>
          `The PTR record of ${ip} names ${host}, which has no ${type} record with that address.`,
      },
    },
    sv: {
      title: 'Utskicksservrarnas namn (omvänd DNS)',
      heading: {
        nameless: ({ ip }) => `Utskicksadressen ${ip} har inget namn`,
        elsewhere: ({ ip }) => `Namnet på adressen ${ip} leder inte tillbaka till den`,
      },
      mend: {
        nameless: () => 'Ge adressen ett namn (PTR)',
        elsewhere: () => 'Låt namnet leda tillbaka till adressen',
      },
      why: 'Gmail avvisar mejl från en server som saknar ett namn som leder tillbaka till adressen (fel 5.7.25), och det gör andra stora mottagare också. Namnet står i en PTR-post, som hör till den som har gett dig adressen.',
      fix: {
        nameless: ({ host }) =>
          `Be den som du hyr servern eller adressen av att ange serverns namn i PTR-posten${host === null ? '' : `, till exempel ${host}`}. Namnet behöver en A-post (AAAA för IPv6) med den här adressen. Har du en utskickstjänst, säg till den.`,
        elsewhere: ({ ip, host, type, bar, box }) =>
          box
            ? `Publicera ${type}-posten nedan om ${host} är namnet på utskicksservern och inget annat, för namnet ska ha adressen ${ip}. Låt annars ändra PTR-posten till ett eget namn som har den.`
            : `Be den som du hyr servern av att ändra PTR-posten till ett ${bar === 'foreign' ? 'namn' : 'eget namn under din domän'} som har adressen ${ip}.${barred.sv[bar](host)}`,
      },
      problems: {
        nameless: ({ ip }) => `${ip} har ingen PTR-post.`,
        elsewhere: ({ ip, host, type }) =>
          `PTR-posten för ${ip} anger ${host}, som inte har någon ${type}-post med den adressen.`,
      },
    },
  },
  examples: {
    good: [
      {
        sendingAddresses: ['199.255.192.10', '2a00:1450:4010::10'],
        zone: {
          '10.192.255.199.in-addr.arpa': { PTR: ['mail.example.se'] },
          '0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.4.0.5.4.1.0.0.a.2.ip6.arpa': {
            PTR: ['mail.example.se'],
          },
          'mail.example.se': { A: ['199.255.192.10'], AAAA: ['2a00:1450:4010::10'] },
        },
      },
    ],
    bad: [
      { world: { sendingAddresses: ['199.255.192.10'] }, finds: 'nameless' },
      {
        world: {
          sendingAddresses: ['199.255.192.10'],
          zone: {
            '10.192.255.199.in-addr.arpa': { PTR: ['mail.example.se'] },
            'mail.example.se': { A: ['199.255.192.11'] },
          },
        },
        finds: 'elsewhere',
      },
      {
        world: {
          sendingAddresses: ['199.255.192.10'],
          zone: { '10.192.255.199.in-addr.arpa': { PTR: ['gone.example.net'] } },
        },
        finds: 'elsewhere',
      },
      {
        // Where mail comes in: the address of a server that only sends must not stand there.
        world: {
          sendingAddresses: ['199.255.192.10'],
          zone: { '10.192.255.199.in-addr.arpa': { PTR: ['in.example.se'] } },
        },
        finds: 'elsewhere',
      },
    ],
  },
});
