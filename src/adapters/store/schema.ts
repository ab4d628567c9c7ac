import type { Generated } from 'kysely';
import type { AuditState, Role } from '../../ports.ts';
import type { SendingSchema } from './sending-schema.ts';

/** The tables as Kysely sees them; `migrations/*.sql` is what makes them. */
export interface Schema extends SendingSchema {
  organisation: { id: string; name: string; created_at: string };
  audit: {
    organisation: string;
    id: string;
    state: AuditState;
    created_at: string;
    started_at: string | null;
    finished_at: string | null;
    attempts: Generated<number>;
    request: string;
    upload: string;
    digest: string;
    verdict: string | null;
    summary: string | null;
    failure: string | null;
    lease_token: string | null;
    lease_ends: string | null;
  };
  idempotency: {
    organisation: string;
    key: string;
    fingerprint: string;
    audit: string;
    created_at: string;
  };
  person: {
    organisation: string;
    id: string;
    role: Role;
    name: string | null;
    created_at: string;
    signed_in_at: string | null;
    ended_at: string | null;
  };
  login_link: {
    organisation: string;
    hash: string;
    person: string;
    created_at: string;
    ends_at: string;
    used_at: string | null;
    session: string | null;
  };
  session: { organisation: string; hash: string; person: string; created_at: string; ends_at: string };
  api_key: {
    organisation: string;
    id: string;
    hash: string;
    name: string;
    scopes: string;
    last_four: string;
    created_at: string;
    used_at: string | null;
    ends_at: string | null;
    revoked_at: string | null;
  };
}
