/** What the audits are told of the senders. */
import { standardOf } from '../campaigns/route.ts';
import type { TemplateRoute } from '../client/template.ts';
import type { TransportInfo } from '../ports.ts';
import type { Senders } from '../senders.ts';

/** Routes of a registered sender as an audit judges them and a campaign compares them, the primary first. */
export function routesOf(
  sending: () => {
    senders: Pick<Senders, 'routesOf'>;
    transports: readonly Pick<TransportInfo, 'id' | 'standardFor'>[];
  },
) {
  return async (organisation: string, domain: string, standard: boolean): Promise<TemplateRoute[]> => {
    const { senders, transports } = sending();
    if (standard) {
      for (const transport of transports) {
        const listed = standardOf(transport, organisation, domain);
        if (listed) return [routeOf({ transport: transport.id, ...listed })];
      }
      return [];
    }
    return (await senders.routesOf(organisation, domain)).map(routeOf);
  };
}

function routeOf(route: {
  transport: string;
  mailFrom: string;
  dkim: readonly { d: string; s: string }[];
}): TemplateRoute {
  const { transport, mailFrom, dkim } = route;
  return { transport, mail_from: mailFrom, dkim: dkim.map(({ d, s }) => ({ d, s })), signed_by: [] };
}
