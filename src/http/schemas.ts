/** The shapes of the API, from which openapi.json is made. */
export * from './schemas/audit.ts';
export * from './schemas/problem.ts';
export * from './schemas/report.ts';
export * from './schemas/submission.ts';
