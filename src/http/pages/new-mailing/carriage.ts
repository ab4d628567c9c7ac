/** By which way a mail that was audited would go from here, and what stands in it. */
import type { Audit } from '../../../audits.ts';
import type { SendErrorCode } from '../../../campaigns/campaign.ts';
import { standardOf } from '../../../campaigns/route.ts';
import type { TransportInfo } from '../../../ports.ts';
import type { Sender } from '../../../senders/sender.ts';
import { readMailbox } from '../../../submission/mailbox.ts';
import type { AppOptions } from '../../options.ts';

/** What stands in the way, by the codes of an order; `report`: what the report or the clearance says. */
export interface Hindrance {
  code: SendErrorCode | 'report';
  /** Instead of the code's own words. */
  text?: string;
  data?: Readonly<Record<string, string>>;
}

export interface Carriage {
  /** Of From; empty where there is none. */
  domain: string;
  /** Where it is registered and proved. */
  sender: Sender | undefined;
  /** A standard route that the person may choose, or has chosen. */
  standard: TransportInfo | undefined;
  /** Of the domain; an audit that goes another way is none of them. */
  hindrances: readonly Hindrance[];
  /** It was audited for routes of ours; else for a sending system of the sender's own. */
  here: boolean;
}

/** Whether an audit judged the mail for our own routes. */
export function isForHere({ routes, example }: Audit['request']): boolean {
  return example === undefined && (routes?.length ?? 0) > 0;
}

export function createCarriage({ senders, transports = [] }: Pick<AppOptions, 'senders' | 'transports'>) {
  return async (organisation: string, { request }: Pick<Audit, 'request'>): Promise<Carriage> => {
    const domain = domainOf(request);
    const here = isForHere(request);
    const listed = transports.find((one) => standardOf(one, organisation, domain) !== undefined);
    const nothing = (code: SendErrorCode): Carriage => ({
      domain,
      sender: undefined,
      standard: undefined,
      hindrances: [{ code, data: { domain } }],
      here,
    });
    const found = await senders?.senderOf(organisation, domain);
    if (found === 'taken') return nothing('sender-taken');
    if (found) {
      const sender = await senders?.find(organisation, found.domain);
      const hindrances: Hindrance[] = sender?.routes.some(({ role }) => role === 'primary')
        ? []
        : [{ code: 'route-missing', data: { domain: found.domain } }];
      return { domain, sender, standard: undefined, hindrances, here };
    }
    if (await senders?.find(organisation, domain)) return nothing('sender-unproved');
    if (!listed) return nothing('sender-unregistered');
    return { domain, sender: undefined, standard: listed, hindrances: [], here };
  };
}

function domainOf({ from }: Audit['request']): string {
  const read = readMailbox(from ?? '');
  return read.ok ? read.mailbox.domain : '';
}
