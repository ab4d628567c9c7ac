/** Written by `npm run rule-set` after each change of rules, policy or client data. */
export const ruleSet = '48fa1df0b5710a0d6afa696e6acd582156d45d09e4e8bec810cea7ef90c7a46a';
