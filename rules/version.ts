/** Written by `npm run rule-set` after each change of rules, policy or client data. */
export const ruleSet = '916eee80849674e6939af162d9a4c00a9eaaddf463b57f9513e91b4f372de762';
