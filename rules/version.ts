/** Written by `npm run rule-set` after each change of rules, policy or client data. */
export const ruleSet = '640ca7413a32a5e8ffbdbb14cfaa198bbf5c0066d83f87e6dabd267bc261c562';
