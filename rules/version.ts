/** Written by `npm run rule-set` after each change of rules, policy or client data. */
export const ruleSet = 'eeb94fe866f992d22e795e869491b8c72db305e79477f1236b7358fa69aa8a57';
