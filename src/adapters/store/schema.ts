import type { Generated } from 'kysely';
import type { AuditState } from '../../ports.ts';

/** The tables as Kysely sees them; `migrations/*.sql` is what makes them. */
export interface Schema {
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
}
