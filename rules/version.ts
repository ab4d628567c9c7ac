/** Written by `npm run rule-set` after each change of rules, policy or client data. */
export const ruleSet = '30623860cdf5ac0e0ca971a5a3804c50769cd554fc65800bce802eb97753e096';
