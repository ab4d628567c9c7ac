import { sql } from 'kysely';
import type { DeliveryRow } from '../../../ports.ts';

/** A delivery as its row has it. */
export interface StoredDelivery extends Omit<DeliveryRow, 'fields'> {
  fields: string | null;
}

export const deliveryColumns = sql.raw(`campaign, number, address, address_hash as addressHash, fields,
  delivery.state, attempt, lost_attempt as lostAttempt, delivery.route, due_at as dueAt, attempted_at as attemptedAt,
  settled_at as settledAt, code, enhanced, response, provider_id as providerId, bounce_class as bounceClass`);

export function deliveryRow<Row extends StoredDelivery>({ fields, ...row }: Row) {
  const values: DeliveryRow['fields'] = fields === null ? null : JSON.parse(fields);
  return { ...row, fields: values };
}
