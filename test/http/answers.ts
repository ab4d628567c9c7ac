/** Answers of the API, proved to be what openapi.json says and nothing more. */
import { expect } from 'vitest';
import {
  auditListSchema,
  auditSchema,
  auditStateSchema,
  problemSchema,
  reportSchema,
} from '../../src/http/schemas.ts';
import { faults, resolve } from './json-schema.ts';
import type { Service } from './service.ts';

/** As much of a zod schema as is used. */
interface Schema<T> {
  parse(value: unknown): T;
}

export async function readAnswers(service: Service) {
  const openapi = (await (await service.app.request('/openapi.json')).json()) as Record<string, unknown>;

  function fitting<T>(name: string, schema: Schema<T>, body: unknown): T {
    expect(faults(openapi, resolve(openapi, `#/components/schemas/${name}`), body)).toEqual([]);
    // Parsing drops what the schema does not name.
    expect(schema.parse(body)).toStrictEqual(body);
    return schema.parse(body);
  }

  return {
    openapi,
    audit: (body: unknown) => fitting('Audit', auditSchema, body),
    auditIn: async (response: Response) => fitting('Audit', auditSchema, await response.json()),
    stateIn: async (response: Response) => fitting('AuditState', auditStateSchema, await response.json()),
    listIn: async (response: Response) => fitting('AuditList', auditListSchema, await response.json()),
    reportIn: async (response: Response) => fitting('Report', reportSchema, await response.json()),
    async problemIn(response: Response) {
      expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      const problem = fitting('Problem', problemSchema, await response.json());
      expect(problem).toMatchObject({
        status: response.status,
        type: `urn:klarsignal:problem:${problem.code}`,
      });
      return problem;
    },
  };
}

export type Answers = Awaited<ReturnType<typeof readAnswers>>;
