/** Written by `npm run rule-set` after each change of rules, policy or client data. */
export const ruleSet = 'ac83e03f1fdd3d6c4919daa431a7c552f6e72b341d5858b4ea85f13c4a3c5020';
