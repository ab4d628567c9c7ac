/** What somebody asks of a new API key, checked: the same for the page and the command line. */
import { type Scope, scopes } from './caller.ts';
import { isName } from './own-name.ts';

export interface KeyOrder {
  name: string;
  scopes: readonly string[];
  /** Days that it lasts, as written; empty or left out: it does not end. */
  days?: string | undefined;
}

export const keyErrorCodes = [
  'key-name-missing',
  'key-name-invalid',
  'key-scope-missing',
  'key-scope-unknown',
  'key-days-invalid',
] as const;

export interface KeyError {
  code: (typeof keyErrorCodes)[number];
  field: keyof KeyOrder;
}

const mostDays = 3650;

export type ReadOrder =
  | { ok: true; name: string; scopes: Scope[]; days: number | null }
  | { ok: false; errors: KeyError[] };

export function readOrder(order: KeyOrder): ReadOrder {
  const errors: KeyError[] = [];
  const name = order.name.trim();
  if (name === '') errors.push({ code: 'key-name-missing', field: 'name' });
  else if (!isName(name)) errors.push({ code: 'key-name-invalid', field: 'name' });
  const known = scopes.filter((scope) => order.scopes.includes(scope));
  if (order.scopes.some((scope) => !scopes.some((one) => one === scope)))
    errors.push({ code: 'key-scope-unknown', field: 'scopes' });
  else if (known.length === 0) errors.push({ code: 'key-scope-missing', field: 'scopes' });
  const written = order.days?.trim() ?? '';
  const days = written === '' ? null : Number(written);
  if (days !== null && !(/^\d{1,4}$/.test(written) && days >= 1 && days <= mostDays))
    errors.push({ code: 'key-days-invalid', field: 'days' });
  return errors.length > 0 ? { ok: false, errors } : { ok: true, name, scopes: known, days };
}
