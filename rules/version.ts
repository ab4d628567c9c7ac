/** Written by `npm run rule-set` after each change of rules, policy or client data. */
export const ruleSet = 'a35fe6c419d93dd04f2ed95e39c51e7e5b10f82908f1c6c0b6942b36270732f4';
