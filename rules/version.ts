/** Written by `npm run rule-set` after each change of rules, policy or client data. */
export const ruleSet = '4703c60b5aacf1991512efc82eae6d37940b2a742a32b0a88d3b81c140b84e82';
