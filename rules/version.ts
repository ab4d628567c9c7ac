/** Written by `npm run rule-set` after each change of rules, policy or client data. */
export const ruleSet = '6ab639eb9f1b2c7db276cd99dcbe9fb175f6c52f25efa863e8cbd24d3a15448c';
