/** Thrown by what stands at the edge to somebody else's program: a stable code, and which field it is about. */
export class ClearanceRefused extends Error {
  readonly code: string;
  /** Merge field, or part of the order; empty: the whole. */
  readonly field: string;
  constructor(code: string, field = '') {
    super(field === '' ? `not sent: ${code}` : `not sent: ${code} (${field})`);
    this.name = 'ClearanceRefused';
    this.code = code;
    this.field = field;
  }
}
