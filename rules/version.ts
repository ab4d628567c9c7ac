/** Written by `npm run rule-set` after each change of rules, policy or client data. */
export const ruleSet = '5f4622da9fb642237b0ce218616a087f35b04b92104418d5b936be7cc29f5ea6';
