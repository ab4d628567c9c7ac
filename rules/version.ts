/** Written by `npm run rule-set` after each change of rules, policy or client data. */
export const ruleSet = '88268d71cc26d8af0afd57562db1aa2ec8aa51f44f5b3c71c527dac7e6b8e26f';
