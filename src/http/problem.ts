/** Errors as RFC 9457 problem details, with stable codes, in the reader's language. */
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { SendErrorCode } from '../campaigns/campaign.ts';
import type { ClearanceErrorCode, WaiverErrorCode } from '../clearance.ts';
import type { Locale } from '../rule.ts';
import type { SenderErrorCode } from '../senders.ts';
import type { InputError, InputErrorCode } from '../submission.ts';
import { sharedWords } from '../words.ts';
import type { ProblemCode, ProblemJson, RequestErrorCode } from './schemas.ts';

const statuses: Record<ProblemCode, ContentfulStatusCode> = {
  'invalid-submission': 422,
  'invalid-domain': 422,
  'invalid-request': 400,
  'unsupported-media-type': 415,
  'request-too-large': 413,
  'idempotency-key-invalid': 400,
  'idempotency-key-reused': 422,
  'sign-in-required': 401,
  'key-invalid': 401,
  'scope-missing': 403,
  'person-only': 403,
  'role-missing': 403,
  'forbidden-origin': 403,
  // RFC 9110 section 15.5.20.
  'unknown-host': 421,
  busy: 503,
  'not-found': 404,
  'audit-not-found': 404,
  'preview-not-found': 404,
  'method-not-allowed': 405,
  'not-acceptable': 406,
  'not-finished': 409,
  'audit-failed': 409,
  'clearance-refused': 409,
  'clearance-not-found': 404,
  'waiver-refused': 422,
  'waiver-not-found': 404,
  'sending-unavailable': 501,
  'send-refused': 422,
  'send-not-found': 404,
  'send-wrong-state': 409,
  'recipient-address-invalid': 400,
  'idempotency-key-missing': 400,
  'sender-not-found': 404,
  'invalid-sender': 422,
  'sender-in-use': 409,
  'sender-unproved': 409,
  'rehearsal-not-sent': 409,
  'rehearsal-refused': 502,
  'rehearsal-not-arrived': 504,
  internal: 500,
};

const titles: Record<Locale, Record<ProblemCode, string>> = {
  en: {
    'invalid-submission': 'The message cannot be audited as it was handed in',
    'invalid-domain': 'The domain cannot be audited as it was given',
    'invalid-request': 'The request is not formed as the API wants it',
    'unsupported-media-type': 'Send application/json or multipart/form-data',
    'request-too-large': 'The request is too large',
    'idempotency-key-invalid': 'The Idempotency-Key must have 1 to 255 visible characters',
    'idempotency-key-reused': 'This Idempotency-Key was used for something else',
    'sign-in-required': 'Sign in first',
    'key-invalid': 'This API key is not known, is revoked or has ended',
    'scope-missing': 'This API key may not do that',
    'person-only': 'This is for a person who has signed in, not for an API key',
    'role-missing': 'Your role does not allow this',
    'forbidden-origin': 'This form was sent from another site',
    'unknown-host': 'This service does not go by that name',
    busy: 'Too much is being handed in at once; try again in a moment',
    'not-found': 'There is no such page',
    'audit-not-found': 'There is no such audit',
    'preview-not-found': 'There is no such picture',
    'method-not-allowed': 'This address takes no such request',
    'not-acceptable': 'The report can be had as application/json, text/html or text/plain',
    'not-finished': 'The audit has not finished yet',
    'audit-failed': 'The audit did not finish, so there is no report',
    'clearance-refused': 'This mail gets no clearance as it is',
    'clearance-not-found': 'There is no such clearance',
    'waiver-refused': 'The exception was not made',
    'waiver-not-found': 'There is no such exception, or it has ended already',
    'sending-unavailable': 'This service audits, and sends nothing',
    'send-refused': 'The mailing was not begun or changed',
    'send-not-found': 'There is no such mailing',
    'send-wrong-state': 'The mailing is not in a state that allows this',
    'recipient-address-invalid': 'This is not one mail address',
    'idempotency-key-missing': 'Send an Idempotency-Key, so that a repeated order never mails twice',
    'sender-not-found': 'There is no such sender, or it does not go by that server',
    'invalid-sender': 'The sender cannot be set up like that',
    'sender-in-use': 'A mailing is still to go from this sender',
    'sender-unproved': 'The domain has not been shown to be yours',
    'rehearsal-not-sent': 'The rehearsal was not sent',
    'rehearsal-refused': 'The sending server refused the rehearsal',
    'rehearsal-not-arrived': 'The rehearsal has not arrived',
    internal: 'Something went wrong on our side',
  },
  sv: {
    'invalid-submission': 'Mejlet kan inte granskas så som det lämnades in',
    'invalid-domain': 'Domänen kan inte granskas så som den angavs',
    'invalid-request': 'Anropet är inte utformat som API:et vill ha det',
    'unsupported-media-type': 'Skicka application/json eller multipart/form-data',
    'request-too-large': 'Anropet är för stort',
    'idempotency-key-invalid': 'Idempotency-Key ska ha 1 till 255 synliga tecken',
    'idempotency-key-reused': 'Den här Idempotency-Key har använts till något annat',
    'sign-in-required': 'Logga in först',
    'key-invalid': 'API-nyckeln är okänd, återkallad eller har slutat gälla',
    'scope-missing': 'API-nyckeln får inte göra det',
    'person-only': 'Det här är för en person som har loggat in, inte för en API-nyckel',
    'role-missing': 'Din roll räcker inte till det här',
    'forbidden-origin': 'Formuläret skickades från en annan webbplats',
    'unknown-host': 'Tjänsten finns inte under det namnet',
    busy: 'Det är för mycket på gång just nu. Försök igen om en stund.',
    'not-found': 'Sidan finns inte',
    'audit-not-found': 'Granskningen finns inte',
    'preview-not-found': 'Bilden finns inte',
    'method-not-allowed': 'Adressen tar inte emot ett sådant anrop',
    'not-acceptable': 'Rapporten finns som application/json, text/html och text/plain',
    'not-finished': 'Granskningen är inte klar än',
    'audit-failed': 'Granskningen blev inte klar, så det finns ingen rapport',
    'clearance-refused': 'Mejlet får ingen klarsignal som det är',
    'clearance-not-found': 'Klarsignalen finns inte',
    'waiver-refused': 'Undantaget gjordes inte',
    'waiver-not-found': 'Undantaget finns inte, eller har redan tagit slut',
    'sending-unavailable': 'Den här tjänsten granskar, men skickar inget',
    'send-refused': 'Utskicket har inte påbörjats eller ändrats',
    'send-not-found': 'Utskicket finns inte',
    'send-wrong-state': 'Utskickets läge tillåter inte det',
    'recipient-address-invalid': 'Det här är inte en mejladress',
    'idempotency-key-missing':
      'Skicka en Idempotency-Key, så att en upprepad beställning aldrig mejlar två gånger',
    'sender-not-found': 'Avsändaren finns inte, eller så använder den inte den utskicksservern',
    'invalid-sender': 'Avsändaren kan inte ställas in så',
    'sender-in-use': 'Ett utskick ska fortfarande gå från avsändaren',
    'sender-unproved': 'Det är inte visat att domänen är din',
    'rehearsal-not-sent': 'Provsändningen skickades inte',
    'rehearsal-refused': 'Utskicksservern avvisade provsändningen',
    'rehearsal-not-arrived': 'Provsändningen har inte kommit fram',
    internal: 'Något gick fel hos oss',
  },
};

/** What a title cannot say. */
export const problemDetails: Record<
  Locale,
  {
    large(request: number, file: number): string;
    host(host: string): string;
    /** A program, whoever asks for a page without a browser, or whose form was sent too late. */
    signIn(who: 'program' | 'reader' | 'form'): string;
    allowed(methods: string): string;
    scope(scope: string): string;
    /** `need`: a scope, or `owner`. */
    role(need: string): string;
  }
> = {
  en: {
    large: (request: number, file: number) =>
      `A request may have at most ${request} MB, and the file in it at most ${file} MB.`,
    host: (host: string) =>
      `You asked for ${host}. If that is a name of this service, add it to KLARSIGNAL_HOSTNAMES.`,
    signIn: (who) =>
      ({
        program:
          'Send an API key: “Authorization: Bearer ksk_…”. You make one under API keys, or with: klarsignal key create',
        reader:
          'This page is for people: open it in a browser and sign in. Programs use /v1 with an API key.',
        form: 'Your sign-in has ended. Sign in, go back, and send the form again.',
      })[who],
    allowed: (methods) => `It takes ${methods}.`,
    scope: (scope: string) => `It lacks the scope ${scope}. Make a key that has it.`,
    role: (need) =>
      need === 'owner'
        ? 'Only an owner may do it. The owners stand under Members: ask one of them.'
        : 'Only an editor or an owner may do it. An owner can change your role under Members.',
  },
  sv: {
    large: (request: number, file: number) =>
      `Ett anrop får ha högst ${request} MB, och filen i det högst ${file} MB.`,
    host: (host: string) =>
      `Du frågade efter ${host}. Är det ett namn på tjänsten, lägg till det i KLARSIGNAL_HOSTNAMES.`,
    signIn: (who) =>
      ({
        program:
          'Skicka en API-nyckel: ”Authorization: Bearer ksk_…”. Du gör en under API-nycklar, eller med: klarsignal key create',
        reader:
          'Den här sidan är för människor: öppna den i en webbläsare och logga in. Program använder /v1 med en API-nyckel.',
        form: 'Din inloggning har gått ut. Logga in, gå tillbaka och skicka formuläret igen.',
      })[who],
    allowed: (methods) => `Den tar emot ${methods}.`,
    scope: (scope: string) => `Den saknar behörigheten ${scope}. Gör en nyckel som har den.`,
    role: (need) =>
      need === 'owner'
        ? 'Bara en ägare får göra det. Ägarna står under Medlemmar: be någon av dem.'
        : 'Bara en redaktör eller ägare får göra det. En ägare kan ändra din roll under Medlemmar.',
  },
};

export interface FieldError {
  code:
    | InputErrorCode
    | RequestErrorCode
    | SendErrorCode
    | SenderErrorCode
    | ClearanceErrorCode
    | WaiverErrorCode;
  field: string;
  text: string;
}

/** Input errors in words. */
export function explain(errors: readonly InputError[], locale: Locale): FieldError[] {
  return errors.map(({ code, field, data }) => ({
    code,
    field,
    text: sharedWords[locale].errors[code](data),
  }));
}

export function problemTitle(code: ProblemCode, locale: Locale): string {
  return titles[locale][code];
}

export function problemStatus(code: ProblemCode): ContentfulStatusCode {
  return statuses[code];
}

/** A problem response. `status` only where one code has several. */
export function problem(
  c: Context,
  code: ProblemCode,
  locale: Locale,
  more: { errors?: FieldError[]; detail?: string; status?: ContentfulStatusCode } = {},
): Response {
  const { errors, detail } = more;
  const status = more.status ?? statuses[code];
  const body: ProblemJson = {
    type: `urn:klarsignal:problem:${code}`,
    title: titles[locale][code],
    status,
    code,
    ...(detail ? { detail } : {}),
    ...(errors ? { errors } : {}),
  };
  return c.body(JSON.stringify(body), status, {
    'content-type': 'application/problem+json; charset=utf-8',
    'content-language': locale,
  });
}
