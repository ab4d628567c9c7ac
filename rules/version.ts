/** Written by `npm run rule-set` after each change of rules, policy or client data. */
export const ruleSet = '0836b8b3339427a63137b82060bce3f34f82131e90f5979490c2875aaa967eac';
