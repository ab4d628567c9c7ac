/** Written by `npm run rule-set` after each change of rules, policy or client data. */
export const ruleSet = 'ddcee2a7a0f999546cb0953ce353e42df85d008b22201ad8ceb22e0738a1cf4e';
