/** Written by `npm run rule-set` after each change of rules, policy or client data. */
export const ruleSet = 'c72a32dcc3d9c0a83d9801568ac1d5a92b23554166f07d93edbf858c306e7c66';
