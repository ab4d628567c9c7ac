/** Written by `npm run rule-set` after each change of rules, policy or client data. */
export const ruleSet = '5370ecfec749406f5271d143b130ae561e49b04d0b7f62b80f67ffd3b31f0386';
