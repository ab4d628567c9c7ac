/** Written by `npm run rule-set` after each change of rules, policy or client data. */
export const ruleSet = '5a190bbda19a98e94dc3ff2e9f4bcac61ff8e403d7bdbcb8e2358a13faef0442';
