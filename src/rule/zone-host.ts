/** Who hosts a zone, as far as repairs need to know it. */
import type { Locale } from '../rule.ts';

/** Who hosts zones, known by its name servers. */
export interface ZoneHost {
  id: string;
  /** For people. */
  name: string;
  /** Every name server of the zone fits; name in lower case, no dot at the end. */
  servers: RegExp;
  /** The way to the DNS settings once signed in; null: we do not know it. */
  settings: Record<Locale, string> | null;
  /** Whose resources Terraform has for it; absent: none that we write. */
  terraform?: string;
  /** When it was last compared with the source. */
  date: string;
  source: string;
}

/** A zone, and who hosts it. */
export interface ZonePlace {
  /** Its topmost name. */
  apex: string;
  /** Its name servers; empty: DNS did not say. */
  servers: readonly string[];
  /** null: nobody that we know. */
  host: {
    id: string;
    name: string;
    settings: Record<Locale, string> | null;
    terraform: string | null;
  } | null;
}
