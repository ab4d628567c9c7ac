/** The HTTP application over a world, on a real socket, as a program with a key calls it. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { onTestFinished } from 'vitest';
import { clients } from '../../rules/clients/index.ts';
import { rules } from '../../rules/index.ts';
import { ruleSet } from '../../rules/version.ts';
import { createAccess } from '../../src/access.ts';
import { createAudits, createDomainAudits } from '../../src/audits.ts';
import type { Campaigns } from '../../src/campaigns.ts';
import { createApp } from '../../src/http/app.ts';
import type { FaultWorld } from './world.ts';

export interface Answered {
  status: number;
  body: {
    id?: string;
    code?: string;
    state?: string;
    leftOut?: Record<string, number>;
    errors?: { code: string; text: string }[];
  };
}

export async function serviceOf(world: FaultWorld, changes: Partial<Campaigns> = {}) {
  const { store, blobs, preflight, clearances, senders, clock, policy, organisation } = world;
  const log = () => {};
  const access = createAccess({ store, clock });
  const queue = { wake: () => {} };
  const app = createApp({
    audits: createAudits({ store, blobs, queue, preflight, clock, policy, log }),
    domains: createDomainAudits({ preflight, clock }),
    access,
    clearances,
    senders,
    campaigns: { ...world.campaigns, ...changes },
    wayIn: 'command-line',
    rules,
    policy,
    clients,
    version: '0.0.0',
    ruleSet,
    hostnames: [],
    assets: new Map(),
    ready: {},
    log,
  });
  const made = await access.createKey(organisation, { name: 'test', scopes: ['sends:read', 'sends:write'] });
  if (made.kind !== 'made') throw new Error('no key');
  const server: ServerType = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await once(server, 'listening');
  onTestFinished(async () => {
    if ('closeAllConnections' in server) server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  const { port } = server.address() as AddressInfo;

  return {
    async post(
      order: unknown,
      key: string,
      given: { signal?: AbortSignal; locale?: string } = {},
    ): Promise<Answered> {
      const response = await fetch(`http://127.0.0.1:${port}/v1/sends`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${made.token}`,
          'content-type': 'application/json',
          'idempotency-key': key,
          'accept-language': given.locale ?? 'en',
        },
        body: JSON.stringify(order),
        ...(given.signal ? { signal: given.signal } : {}),
      });
      return { status: response.status, body: (await response.json()) as Answered['body'] };
    },
  };
}
