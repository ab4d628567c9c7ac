/** Written by `npm run rule-set` after each change of rules, policy or client data. */
export const ruleSet = '18c09c18e468da66442d274ed1b5ecd2050edc851460c05c5a787c05c14f4420';
