/** Written by `npm run rule-set` after each change of rules, policy or client data. */
export const ruleSet = '21616ad3e3c884e16c419e5e252342227011a8259792775905e3844a83315f48';
