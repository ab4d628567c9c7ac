/** What `klarsignal key` may be told; help reads it without the store. */
export const keyFlags = {
  scope: { type: 'string', multiple: true },
  name: { type: 'string' },
  days: { type: 'string' },
} as const;
