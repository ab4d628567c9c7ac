/** What `klarsignal domain` says beside the report. */
import type { Locale } from '../../rule.ts';

interface DomainWords {
  usage: string;
  noDomain: string;
  tooMany: string;
}

const flags = `domain DOMAIN [--mail-from SUBDOMAIN] [--dkim-selector NAME]... [--ip ADDRESS]...
      [--resolver IP:PORT|https://… | --zone ZONE.json]
      [--records plain|bind|terraform] [--format text|json] [--locale en|sv]`;

export const domainWords: Record<Locale, DomainWords> = {
  en: {
    usage: `klarsignal ${flags}

  Checks a sender domain by itself, without a mail: what receivers look up about it, and the
  exact records to publish. It never gives a clearance. Exits as audit does. The options mean
  what they mean there.

  DOMAIN           what stands after @ in the address that readers see.
`,
    noDomain: 'Say which domain to check.',
    tooMany: 'One domain at a time.',
  },
  sv: {
    usage: `klarsignal ${flags}

  Granskar en avsändardomän för sig, utan mejl: det som mottagare slår upp om den, och exakt
  vilka poster du ska publicera. Det ger aldrig klarsignal. Slutkoderna är desamma som för
  audit, och flaggorna betyder samma sak som där.

  DOMAIN           det som står efter @ i adressen som läsarna ser.
`,
    noDomain: 'Ange vilken domän som ska granskas.',
    tooMany: 'En domän i taget.',
  },
};
