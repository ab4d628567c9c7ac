/** The calls under /v1/senders, as openapi.json describes them. */
import { createRoute } from '@hono/zod-openapi';
import { everywhere, inLocale, problemContent } from '../audits/described.ts';
import {
  changesJson,
  checkedSchema,
  ofRoute,
  ofSender,
  rehearsedSchema,
  routeJson,
  senderJson,
  senderListSchema,
  senderSchema,
} from './described.ts';

const senderContent = (description: string) => ({
  description,
  content: { 'application/json': { schema: senderSchema } },
});
const senderMissing = problemContent('There is no such sender');
const routeMissing = problemContent('There is no such sender, or it does not go by that server');
const body = <S>(schema: S) => ({ required: true, content: { 'application/json': { schema } } });
const malformed = problemContent('The request is not well formed');
const notJson = problemContent('The body is not JSON');
const refusedOrder = problemContent('What was asked for cannot be; `errors` says which field and why');

export const listSenders = createRoute({
  method: 'get',
  path: '/v1/senders',
  summary: 'Your senders',
  request: { query: inLocale },
  responses: {
    200: { description: 'The senders', content: { 'application/json': { schema: senderListSchema } } },
    ...everywhere,
  },
});

export const postSender = createRoute({
  method: 'post',
  path: '/v1/senders',
  summary: 'Register a domain as a sender',
  request: { query: inLocale, body: body(senderJson) },
  responses: {
    200: senderContent('It was registered already'),
    201: senderContent('Registered; publish `proof`, then check'),
    400: malformed,
    415: notJson,
    422: refusedOrder,
    ...everywhere,
  },
});

export const getSender = createRoute({
  method: 'get',
  path: '/v1/senders/{domain}',
  summary: 'One sender, with the records to publish',
  request: { params: ofSender, query: inLocale },
  responses: { 200: senderContent('The sender'), 404: senderMissing, ...everywhere },
});

export const patchSender = createRoute({
  method: 'patch',
  path: '/v1/senders/{domain}',
  summary: 'Choose a warm-up, or what too many bounces do',
  request: { params: ofSender, query: inLocale, body: body(changesJson) },
  responses: {
    200: senderContent('The sender'),
    400: malformed,
    415: notJson,
    404: senderMissing,
    422: refusedOrder,
    ...everywhere,
  },
});

export const deleteSender = createRoute({
  method: 'delete',
  path: '/v1/senders/{domain}',
  summary: 'Remove a sender',
  request: { params: ofSender, query: inLocale },
  responses: {
    204: { description: 'Removed' },
    404: senderMissing,
    409: problemContent('A mailing is still to go from it'),
    ...everywhere,
  },
});

export const postCheck = createRoute({
  method: 'post',
  path: '/v1/senders/{domain}/check',
  summary: 'Look for the TXT record of a sender now',
  request: { params: ofSender, query: inLocale },
  responses: {
    200: {
      description: 'What was found',
      content: { 'application/json': { schema: checkedSchema } },
    },
    404: senderMissing,
    ...everywhere,
  },
});

export const putRoute = createRoute({
  method: 'put',
  path: '/v1/senders/{domain}/routes/{transport}',
  summary: 'Let a sender’s mail go by a sending server',
  request: { params: ofRoute, query: inLocale, body: body(routeJson) },
  responses: {
    200: senderContent('The sender, with the records to publish for the route'),
    400: malformed,
    415: notJson,
    404: senderMissing,
    422: refusedOrder,
    ...everywhere,
  },
});

export const deleteRoute = createRoute({
  method: 'delete',
  path: '/v1/senders/{domain}/routes/{transport}',
  summary: 'Let a sender’s mail go by a sending server no more',
  request: { params: ofRoute, query: inLocale },
  responses: {
    200: senderContent('The sender'),
    404: routeMissing,
    ...everywhere,
  },
});

/** Of bounces that do not come to us: given and taken back alike. */
const acceptance = {
  path: '/v1/senders/{domain}/routes/{transport}/unseen-bounces',
  request: { params: ofRoute, query: inLocale },
  responses: {
    200: senderContent('The sender'),
    404: routeMissing,
    422: problemContent('Only an owner who is signed in may, and only what a rehearsal has shown'),
    ...everywhere,
  },
} as const;

export const putUnseenBounces = createRoute({
  method: 'put',
  summary: 'Accept that bounces by a route do not come to us',
  ...acceptance,
});

export const deleteUnseenBounces = createRoute({
  method: 'delete',
  summary: 'Accept it no longer',
  ...acceptance,
});

export const postRehearsal = createRoute({
  method: 'post',
  path: '/v1/senders/{domain}/routes/{transport}/rehearsal',
  summary: 'Send a rehearsal by a route, and judge what arrives',
  request: { params: ofRoute, query: inLocale },
  responses: {
    200: {
      description: 'It arrived; `armed` says whether the route stands ready',
      content: { 'application/json': { schema: rehearsedSchema } },
    },
    404: routeMissing,
    409: problemContent('It was not sent: the domain is not active, or nothing here can receive it'),
    502: problemContent('The sending server refused it; `detail` holds its answer'),
    504: problemContent('It was sent and has not arrived'),
    ...everywhere,
  },
});
