/** Written by `npm run rule-set` after each change of rules, policy or client data. */
export const ruleSet = 'f090f60372bccb291a8a751b752a5882dd8aeb2954fce6b0bc83d4749e1720c5';
