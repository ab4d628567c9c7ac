/** Written by `npm run rule-set` after each change of rules, policy or client data. */
export const ruleSet = 'f0a142a14acc1cddbc5589d2545e8f2d8103d6dd5bd151e9a40d2bada081e0cf';
