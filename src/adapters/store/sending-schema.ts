import type { Generated } from 'kysely';
import type {
  CampaignRow,
  CampaignState,
  DeliveryEvent,
  DeliveryState,
  RouteRole,
  SenderState,
  SuppressionReason,
  TallyRow,
} from '../../ports.ts';

/** The tables of sending as Kysely sees them. */
export interface SendingSchema {
  sender: {
    organisation: string;
    domain: string;
    token: string;
    state: Generated<SenderState>;
    created_at: string;
    proved_at: string | null;
    checked_at: string | null;
    warm_up_plan: string | null;
    warm_up_from: string | null;
    on_bounces: Generated<'switch' | 'pause'>;
  };
  route: {
    organisation: string;
    domain: string;
    transport: string;
    role: RouteRole;
    mail_from: string;
    dkim: string;
    created_at: string;
    rehearsal: string | null;
    unseen_by: string | null;
    unseen_at: string | null;
    returns_here: number | null;
    returns_at: string | null;
  };
  waiver: {
    organisation: string;
    id: string;
    digest: string;
    rule: string;
    person: string;
    reason: string;
    created_at: string;
    ends_at: string;
    revoked_at: string | null;
  };
  clearance: {
    organisation: string;
    id: string;
    audit: string;
    digest: string;
    rule_set: string;
    kid: string;
    issued_at: string;
    expires_at: string;
    waivers: string;
    granted_to: string;
    follows: string | null;
    revoked_at: string | null;
  };
  campaign: {
    organisation: string;
    id: string;
    audit: string;
    digest: string;
    message: number;
    class: CampaignRow['class'];
    domain: string;
    subject: string;
    clearance: string;
    state: Generated<CampaignState>;
    pause_reason: string | null;
    created_at: string;
    starts_at: string | null;
    started_at: string | null;
    finished_at: string | null;
    per_minute: number | null;
    standard: number;
    route: string | null;
    switched: string | null;
    checked_at: string | null;
    lines: Generated<number>;
    left_out: Generated<string>;
    list: string | null;
    wake_at: string | null;
    lease_token: string | null;
    lease_ends: string | null;
    forgotten_to: Generated<number>;
    forgotten: Generated<number>;
    readings: Generated<number>;
    still_since: string | null;
    dry_run: Generated<number>;
    leave_out_earlier: Generated<number>;
    earlier: Generated<number>;
    ordered_by: string | null;
    on_expiry: Generated<CampaignRow['onExpiry']>;
    next_audit: string | null;
    next_refused: string | null;
  };
  send_idempotency: {
    organisation: string;
    key: string;
    fingerprint: string;
    campaign: string;
    created_at: string;
  };
  delivery: {
    organisation: string;
    campaign: string;
    number: number;
    message: number | null;
    address: string | null;
    address_hash: string;
    fields: string | null;
    state: Generated<DeliveryState>;
    attempt: Generated<number>;
    lost_attempt: Generated<number>;
    route: string | null;
    due_at: string;
    attempted_at: string | null;
    settled_at: string | null;
    code: string | null;
    enhanced: string | null;
    response: string | null;
    provider_id: string | null;
    bounce_class: string | null;
    permanent: number | null;
  };
  delivery_count: { organisation: string; campaign: string; state: DeliveryState; deliveries: number };
  tally: TallyRow & { organisation: string; campaign: string };
  suppression: { organisation: string; address_hash: string; reason: SuppressionReason; at: string };
  list_blob: { organisation: string; key: string; begun_at: string };
  event: {
    organisation: string;
    id: string;
    campaign: string;
    number: number;
    attempt: number;
    kind: DeliveryEvent['kind'];
    at: string;
    token: string;
  };
  alert: {
    organisation: string;
    id: string;
    campaign: string | null;
    kind: string;
    data: string;
    at: string;
  };
}
