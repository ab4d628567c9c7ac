/** Checks (rule ids) of the SPF record that the mail uses. */
export const spfChecks = [
  'mail-from-spf',
  'spf-sender',
  'spf-scope',
  'spf-include',
  'spf-lookup-limit',
  'spf-dead-end',
  'spf-ending',
  'spf-pointer',
  'spf-order',
  'spf-network',
  'spf-private-address',
  'spf-sending-address',
] as const;
