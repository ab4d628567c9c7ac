import { defineRule, notApplicable, problem, unanswered } from '#rule';
import { listed, ownSpf, saysWhose } from '../repairs/spf-own.ts';

const rule = defineRule({
  id: 'spf-dead-end',
  severity: 'minor',
  reference: 'RFC 7208 section 4.6.4',
  needs: ['spf', 'mailFrom'],
  check(facts, { policy }) {
    const own = ownSpf(facts, policy);
    if ('none' in own) return own.none;
    const { tree, domain, more, box } = own;
    // Too many of them break the record, and an include that is gone breaks it by itself.
    if (tree.voids > policy.spf.voids) return notApplicable('faulty-record');
    const dead = tree.root.branches.filter(({ isVoid, node }) => isVoid && !node);
    if (dead.length === 0) return tree.unanswered.length > 0 ? unanswered(tree.unanswered) : [];
    const left = policy.spf.voids - tree.voids;
    return [problem('dead', { domain, terms: listed(dead.map(({ text }) => text)), left, box }, more)];
  },
  words: {
    en: {
      title: 'Names in SPF that lead nowhere',
      heading: { dead: ({ domain }) => `The SPF record of ${domain} names what does not exist` },
      mend: 'Take out what leads nowhere',
      why: 'The mail passes as it is. But after the third part that finds nothing, receivers treat the record as broken. And if the name is in a domain that anybody can buy, the buyer may send in your name.',
      fix: {
        dead: ({ terms, box }) =>
          box
            ? `Change the record to the one below, which leaves ${terms} out.`
            : `Take ${terms} out of the record.`,
      },
      problems: {
        dead: ({ domain, terms, left }) =>
          `The SPF record of ${domain} has ${terms}, and DNS has nothing there. ${left === 0 ? 'One more, and the record is broken.' : 'Two more, and the record is broken.'}`,
      },
    },
    sv: {
      title: 'Namn i SPF som inte leder någonstans',
      heading: { dead: ({ domain }) => `SPF-posten för ${domain} nämner något som inte finns` },
      mend: 'Ta bort det som inte leder någonstans',
      why: 'Mejlet godkänns ändå. Men efter den tredje delen som inte hittar något räknar mottagarna posten som trasig. Och ligger namnet i en domän som vem som helst kan köpa, får köparen skicka i ditt namn.',
      fix: {
        dead: ({ terms, box }) =>
          box ? `Ändra posten till den nedan, där ${terms} är borttagen.` : `Ta bort ${terms} ur posten.`,
      },
      problems: {
        dead: ({ domain, terms, left }) =>
          `SPF-posten för ${domain} innehåller ${terms}, och DNS har ingenting där. ${left === 0 ? 'En till, och posten är trasig.' : 'Två till, och posten är trasig.'}`,
      },
    },
  },
  examples: {
    good: [{}],
    bad: [
      {
        world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 a:gone.example ip4:192.0.2.1 -all'] } } },
        finds: 'dead',
      },
      {
        world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 a mx:gone.example ip4:192.0.2.1 -all'] } } },
        finds: 'dead',
      },
    ],
  },
});

export default saysWhose(rule);
