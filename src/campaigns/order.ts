/** A send order is taken in: everything that can be known at once is checked before anything is kept. */
import { newId } from '../audits/audit.ts';
import { isPublicUrl } from '../client/merge.ts';
import { digestOf } from '../digest.ts';
import type { CampaignRow, NewCampaign } from '../ports.ts';
import type { SendError, SendErrorCode, SendOrder } from './campaign.ts';
import type { Lists } from './list.ts';
import { composeSample, type Messages } from './message.ts';
import type { CampaignsOptions } from './options.ts';
import { createJudge } from './rates.ts';
import { sendingAs } from './route.ts';
import { mayClear } from './successor.ts';

export type Ordered =
  | { kind: 'added' | 'repeated'; row: CampaignRow }
  | { kind: 'conflict' }
  | { kind: 'invalid'; errors: readonly SendError[] };

export interface Orders {
  /** `by`: id of the person or key. */
  create(organisation: string, by: string, order: SendOrder, idempotencyKey: string): Promise<Ordered>;
  /** Whether this clearance lets this campaign go on. */
  renews(organisation: string, row: CampaignRow, clearance: string): Promise<{ id: string } | SendError>;
}

const perMinuteAtMost = 100_000;
/** A plan for longer than a year ahead is a mistake. */
const aheadAtMost = 366 * 24 * 3_600_000;

export function createOrders(options: CampaignsOptions, messages: Messages, lists: Lists): Orders {
  const { store, clearances, clock, policy, url } = options;
  const judge = createJudge(options);

  async function create(
    organisation: string,
    by: string,
    order: SendOrder,
    idempotencyKey: string,
  ): Promise<Ordered> {
    const errors = faultsOf(order);
    const verified = await clearances.verify(organisation, order.clearance);
    if (!verified.valid) {
      return invalid([{ code: clearanceCode(verified.code), field: 'clearance', data: {} }, ...errors]);
    }
    const { audit, digest, id: clearance } = verified.row;
    const message = await messages.find(organisation, audit, digest);
    if (!message) return invalid([{ code: 'audit-missing', field: 'clearance', data: {} }, ...errors]);
    const { submission, template } = message;
    const audited = template.routes;
    const { domain } = submission.from;
    const standard = order.standard ?? false;
    const as = await sendingAs(options, organisation, { domain, standard, audited });
    if ('refused' in as) errors.push({ code: as.refused, field: 'clearance', data: { domain } });
    if (submission.class === 'marketing' && !isPublic(url)) {
      errors.push({ code: 'service-address-missing', field: 'clearance', data: {} });
    }
    // Of what nobody can fill in an exception may have been granted; no mail can be made of it all the same.
    const sample = composeSample(message, 'https://klarsignal.example/u/sample', clock.now());
    if ('refused' in sample) {
      errors.push({
        code: 'not-composed',
        field: 'clearance',
        data: { part: sample.field || sample.refused },
      });
    }
    const onExpiry = order.onExpiry ?? 'pause';
    if (onExpiry === 'audit-again' && !(await mayClear(options, organisation, by))) {
      errors.push({ code: 'on-expiry-forbidden', field: 'onExpiry', data: {} });
    }
    const { expiresAt } = verified.row;
    const starts = Date.parse(order.startsAt ?? '');
    // It would pause at its start, when nobody is looking any more.
    const isTime = !errors.some(({ code }) => code === 'starts-at-invalid');
    if (isTime && onExpiry === 'pause' && starts >= Date.parse(expiresAt)) {
      errors.push({ code: 'starts-after-clearance', field: 'startsAt', data: { at: expiresAt } });
    }
    if (errors.length > 0 || 'refused' in as) return invalid(errors);
    const carries = as.routes[0].transport.id;
    const about = { organisation, domain: as.sender?.domain ?? domain };
    const unseen = as.routes.filter((one) => one.unseen).map(({ transport }) => transport.id);
    const over = await judge(about, { primary: carries, carries, unseen });
    if (over?.judged.kind === 'stop') {
      return invalid([{ code: over.judged.reason, field: 'clearance', data: over.data }]);
    }

    const plain = JSON.parse(JSON.stringify(order)) as unknown;
    const campaign: NewCampaign = {
      // The schema's form: `cmp_` and 16 hex digits.
      id: newId('cmp').slice(0, 'cmp_'.length + 16),
      audit,
      digest,
      class: submission.class,
      domain: as.sender?.domain ?? domain,
      // With the names of merge fields, not with the samples that it was judged by.
      subject: template.headers.subject ?? '',
      clearance,
      createdAt: clock.now().toISOString(),
      startsAt: order.startsAt === undefined ? null : new Date(order.startsAt).toISOString(),
      perMinute: order.perMinute ?? null,
      standard,
      route: as.routes[0].transport.id,
      orderedBy: by,
      onExpiry,
      // From the first: a process that dies after this must not leave a mailing that nobody holds.
      pauseReason: order.hold || order.dryRun ? 'to-confirm' : null,
      dryRun: order.dryRun ?? false,
      leaveOutEarlier: order.leaveOutEarlier ?? false,
      idempotency: { key: idempotencyKey, fingerprint: await digestOf(plain) },
    };
    const { ledger } = store.organisation(organisation);
    const added = await ledger.add(campaign);
    if (added.kind === 'conflict') return added;
    const { row } = added;
    if (added.kind === 'added') await ledger.noteAct(row.id, { act: 'ordered', by, at: row.createdAt });
    // A repeat finishes what a crash has cut short: the list comes last, and nothing is read in before it is there.
    if (row.state === 'preparing' && row.list === null && row.lines === 0 && order.recipients)
      await lists.keepRecipients(organisation, row.id, order.recipients);
    return { kind: added.kind, row: (await ledger.find(row.id)) ?? row };
  }

  function faultsOf({ startsAt, perMinute, recipients }: SendOrder): SendError[] {
    const errors: SendError[] = [];
    if (startsAt !== undefined) {
      const at = Date.parse(startsAt);
      const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/.test(startsAt);
      if (!form || !(at <= clock.now().getTime() + aheadAtMost)) {
        errors.push({ code: 'starts-at-invalid', field: 'startsAt', data: {} });
      }
    }
    const whole = perMinute === undefined || Number.isInteger(perMinute);
    if (!whole || (perMinute !== undefined && (perMinute < 1 || perMinute > perMinuteAtMost))) {
      errors.push({ code: 'per-minute-invalid', field: 'perMinute', data: {} });
    }
    if (recipients?.length === 0) errors.push({ code: 'recipients-missing', field: 'recipients', data: {} });
    if (recipients && recipients.length > policy.sending.recipients) {
      const data = { limit: policy.sending.recipients };
      errors.push({ code: 'recipients-too-many', field: 'recipients', data });
    }
    return errors;
  }

  return {
    create,
    async renews(organisation, row, clearance) {
      const field = 'clearance';
      const verified = await clearances.verify(organisation, clearance);
      if (!verified.valid) return { code: clearanceCode(verified.code), field, data: {} };
      if (verified.row.digest !== row.digest) return { code: 'clearance-other-message', field, data: {} };
      return { id: verified.row.id };
    },
  };
}

function invalid(errors: readonly SendError[]): Ordered {
  return { kind: 'invalid', errors };
}

/** Whether readers' mail programs can post to it from wherever they are (RFC 8058 section 3.1). */
export function isPublic(url: string | undefined): url is string {
  return url !== undefined && isPublicUrl(url);
}

function clearanceCode(code: string): SendErrorCode {
  switch (code) {
    case 'expired':
      return 'clearance-expired';
    case 'revoked':
      return 'clearance-revoked';
    case 'other-organisation':
      return 'clearance-other-organisation';
    default:
      return 'clearance-invalid';
  }
}
