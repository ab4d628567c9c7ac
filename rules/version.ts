/** Written by `npm run rule-set` after each change of rules, policy or client data. */
export const ruleSet = 'dc83a46cb326664dddfec843c3f6a67f703fbdc2eeae586e52e0572093da7cf5';
