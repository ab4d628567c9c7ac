/** Written by `npm run rule-set` after each change of rules, policy or client data. */
export const ruleSet = '48e0977f145a3d1e5491f26815cb9d17d28dc766a064b991190a960557b0b1d0';
