/** Written by `npm run rule-set` after each change of rules, policy or client data. */
export const ruleSet = '10741cf24302f4224989c161bb979e71f77df130b9cf772fd2fd70bf018582c8';
