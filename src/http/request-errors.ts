/** What is wrong with a request's form, before anybody looks at the mail in it: stable codes and words. */
import type { Locale } from '../rule.ts';
import type { FieldError } from './problem.ts';
import type { RequestErrorCode } from './schemas.ts';

export interface RequestError {
  code: RequestErrorCode;
  /** Field of the request; empty: the whole. */
  field: string;
  data: { expected?: string; limit?: number };
}

/** As much of zod's issue as is used. */
interface Issue {
  code: string;
  path: PropertyKey[];
  expected?: string;
  values?: readonly unknown[];
  maximum?: number | bigint;
  origin?: string;
  keys?: readonly string[];
  /** What a check of our own says of itself. */
  params?: Record<string, unknown> | undefined;
}

const words: Record<Locale, Record<RequestErrorCode, (data: RequestError['data']) => string>> = {
  en: {
    'body-not-json': () => 'The body is not a JSON object in UTF-8.',
    'body-not-form': () =>
      'The form cannot be read: its parts do not follow multipart/form-data, or there are far too many.',
    'body-too-complex': () => 'The body has far more fields or levels than any request here needs.',
    'field-unknown': () => 'There is no such field. See /openapi.json for those that are.',
    'field-type': ({ expected }) => `This must be ${expected ?? 'something else'}, and given once.`,
    'field-choice': ({ expected }) => `This must be one of: ${expected}.`,
    'field-too-long': ({ limit }) => `This may have at most ${limit} characters.`,
    'field-too-many': ({ limit }) => `At most ${limit} may be given.`,
    'field-range': ({ expected }) => `This must be a whole number, ${expected}.`,
    'field-characters': () =>
      'This has a character that cannot stand here: a control character, or half a surrogate pair.',
    'file-not-file': () => 'Send this as a file: one part with a file name.',
    'base64-invalid': () => 'This is not Base64.',
    'source-missing': () => 'Hand in the template or message: as source or as sourceBase64.',
    'source-twice': () => 'The message was handed in twice. Hand it in one way only.',
  },
  sv: {
    'body-not-json': () => 'Anropet innehåller inte ett JSON-objekt i UTF-8.',
    'body-not-form': () =>
      'Formuläret går inte att läsa: delarna följer inte multipart/form-data, eller så är de alldeles för många.',
    'body-too-complex': () => 'Anropet har långt fler fält eller nivåer än något anrop hit behöver.',
    'field-unknown': () => 'Det finns inget sådant fält. Se /openapi.json för dem som finns.',
    'field-type': ({ expected }) => `Det här ska vara ${expected ?? 'något annat'}, och anges en gång.`,
    'field-choice': ({ expected }) => `Det här ska vara något av: ${expected}.`,
    'field-too-long': ({ limit }) => `Det här får ha högst ${limit} tecken.`,
    'field-too-many': ({ limit }) => `Högst ${limit} får anges.`,
    'field-range': ({ expected }) => `Det här ska vara ett heltal, ${expected}.`,
    'field-characters': () =>
      'Här finns ett tecken som inte får vara med: ett styrtecken eller ett halvt surrogatpar.',
    'file-not-file': () => 'Skicka det här som en fil: en del med ett filnamn.',
    'base64-invalid': () => 'Det här är inte Base64.',
    'source-missing': () => 'Lämna in mallen eller mejlet: som source eller som sourceBase64.',
    'source-twice': () => 'Mejlet lämnades in två gånger. Lämna in det på ett sätt.',
  },
};

/** The types' names in JSON, the same in both languages. */
const types: Record<string, string> = {
  ...{ string: 'string', boolean: 'boolean', number: 'number', array: 'array', object: 'object' },
};

/** Nobody reads more of them, and a request may have millions of faults. */
const toldAtMost = 20;

/** zod's issues as ours; its own words are English only and speak of our code. */
export function requestErrors(issues: readonly Issue[]): RequestError[] {
  const told = issues.slice(0, toldAtMost).flatMap((issue): RequestError[] => {
    const field = issue.path.map(String).join('.');
    const one = (code: RequestErrorCode, data: RequestError['data'] = {}) => [{ code, field, data }];
    const limit = Number(issue.maximum);
    switch (issue.code) {
      case 'unrecognized_keys':
        return (issue.keys ?? []).slice(0, toldAtMost).map((key) => ({
          code: 'field-unknown',
          field: key.toWellFormed().slice(0, 100),
          data: {},
        }));
      case 'invalid_value':
        return one('field-choice', { expected: (issue.values ?? []).join(', ') });
      case 'too_big':
        return one(issue.origin === 'array' ? 'field-too-many' : 'field-too-long', { limit });
      case 'invalid_format':
        return one('base64-invalid');
      case 'custom': {
        const { expected } = issue.params ?? {};
        return typeof expected === 'string' ? one('field-range', { expected }) : one('field-characters');
      }
      default:
        if (field === '') return one('body-not-json');
        return one('field-type', { expected: types[issue.expected ?? ''] ?? 'string' });
    }
  });
  return told.slice(0, toldAtMost);
}

/** In the reader's language. */
export function sayRequestErrors(errors: readonly RequestError[], locale: Locale): FieldError[] {
  return errors.map(({ code, field, data }) => ({ code, field, text: words[locale][code](data) }));
}
