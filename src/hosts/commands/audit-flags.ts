/** What `klarsignal audit` may be told; help reads it without the audit itself. */
export const auditFlags = {
  from: { type: 'string' },
  'mail-from': { type: 'string' },
  'reply-to': { type: 'string' },
  subject: { type: 'string' },
  class: { type: 'string' },
  'dkim-selector': { type: 'string', multiple: true },
  ip: { type: 'string', multiple: true },
  'sample-data': { type: 'string' },
  'require-field': { type: 'string', multiple: true },
  audience: { type: 'string' },
  resolver: { type: 'string' },
  zone: { type: 'string' },
  records: { type: 'string' },
  offline: { type: 'boolean' },
  'no-previews': { type: 'boolean' },
  previews: { type: 'string' },
} as const;

/** Likewise of `klarsignal domain`. */
export const domainFlags = {
  'mail-from': { type: 'string' },
  'dkim-selector': { type: 'string', multiple: true },
  ip: { type: 'string', multiple: true },
  resolver: { type: 'string' },
  zone: { type: 'string' },
  records: { type: 'string' },
} as const;

/** And of `klarsignal replay`. */
export const replayFlags = {
  'no-previews': { type: 'boolean' },
  records: { type: 'string' },
} as const;
