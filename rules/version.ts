/** Written by `npm run rule-set` after each change of rules, policy or client data. */
export const ruleSet = '7df6fff4b52ad9aeab0c41ace30631b1d617b22e9415e236d2282273c7b52fa3';
