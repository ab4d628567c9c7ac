/** Written by `npm run rule-set` after each change of rules, policy or client data. */
export const ruleSet = 'b7c62038e3c213bda222e1fbf43198fa32d0cd4e8a8ff0020e2d92dff65af42c';
