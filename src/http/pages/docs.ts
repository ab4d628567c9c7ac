/** The API for people: openapi.json as a page, in the reader's language, without a script. */
import { html } from 'hono/html';
import type { Locale } from '../../rule.ts';
import { clearanceExamples } from '../clearances/examples.ts';
import { domainExamples } from '../domains/described.ts';
import { problemStatus, problemTitle } from '../problem.ts';
import { problemCodes } from '../schemas.ts';
import { senderExamples } from '../senders/examples.ts';
import { sendExamples } from '../sends/examples.ts';
import { swedish } from './docs-swedish.ts';
import type { Markup } from './markup.ts';

/** As much of a schema as openapi.json uses. */
export interface SchemaJson {
  $ref?: string;
  type?: string | string[];
  enum?: (string | null)[];
  const?: string;
  format?: string;
  description?: string;
  example?: unknown;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  maxItems?: number;
  properties?: Record<string, SchemaJson>;
  required?: string[];
  items?: SchemaJson;
  oneOf?: SchemaJson[];
  anyOf?: SchemaJson[];
}

type Content = Record<string, { schema?: SchemaJson }>;

export interface Operation {
  summary?: string;
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: SchemaJson }[];
  requestBody?: { content: Content };
  responses: Record<string, { description: string; content?: Content }>;
}

export interface ApiJson {
  info: { version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, SchemaJson> };
}

const words = {
  en: {
    title: 'The API',
    lead: 'A program can hand in mails, follow audits and read reports, as the pages do. The same in a form for programs: ',
    key: 'Key',
    keyHow:
      'Every call below needs an API key, sent as `Authorization: Bearer`. A signed-in person makes one under API keys, whoever runs the server with `klarsignal key create`. GET needs the scope `audits:read`, POST `audits:write`.',
    language: 'Language',
    languageHow:
      'Texts come in English or Swedish: by `Accept-Language`, or by `locale=en` or `locale=sv` in the address.',
    contents: 'Contents',
    calls: 'Calls',
    shapes: 'Shapes',
    problems: 'Problems',
    problemsHow:
      'An error is problem details (RFC 9457, `application/problem+json`) with a code that never changes. Its texts are for people and may.',
    example: 'Example',
    parameters: 'Parameters',
    body: 'Body',
    answers: 'Answers',
    shared: 'Answers of every call',
    also: 'Every call may also answer:',
    name: 'Name',
    place: 'Where',
    type: 'Type',
    meaning: 'Meaning',
    status: 'Status',
    code: 'Code',
    required: 'required',
    always: 'always there',
    most: 'at most',
    characters: 'characters',
    otherwise: 'default',
    such: 'for example',
    of: 'list of',
    or: 'or',
    either: 'One of these, told apart by',
    places: { path: 'path', query: 'query', header: 'header', cookie: 'cookie' },
    types: {
      string: 'text',
      integer: 'whole number',
      number: 'number',
      boolean: 'true or false',
      object: 'object',
      null: 'null',
      'date-time': 'time',
      binary: 'file',
    },
  },
  sv: {
    title: 'API:et',
    lead: 'Ett program kan lämna in mejl, följa granskningar och läsa rapporter, precis som på sidorna. Samma sak i en form för program: ',
    key: 'Nyckel',
    keyHow:
      'Varje anrop här nedanför behöver en API-nyckel, som skickas som `Authorization: Bearer`. Den som är inloggad skapar en under API-nycklar, den som sköter servern med `klarsignal key create`. GET kräver behörigheten `audits:read`, POST `audits:write`.',
    language: 'Språk',
    languageHow:
      'Texterna finns på engelska och svenska: efter `Accept-Language`, eller med `locale=en` eller `locale=sv` i adressen.',
    contents: 'Innehåll',
    calls: 'Anrop',
    shapes: 'Objekt',
    problems: 'Fel',
    problemsHow:
      'Ett fel beskrivs enligt RFC 9457 (`application/problem+json`), med en kod som aldrig ändras. Texterna är till för människor och kan ändras.',
    example: 'Exempel',
    parameters: 'Parametrar',
    body: 'Innehåll i anropet',
    answers: 'Svar',
    shared: 'Svar från alla anrop',
    also: 'Varje anrop kan också svara:',
    name: 'Namn',
    place: 'Var',
    type: 'Typ',
    meaning: 'Betydelse',
    status: 'Status',
    code: 'Kod',
    required: 'krävs',
    always: 'finns alltid',
    most: 'högst',
    characters: 'tecken',
    otherwise: 'annars',
    such: 'till exempel',
    of: 'lista med',
    or: 'eller',
    either: 'Något av dessa, som skiljs åt av',
    places: { path: 'sökväg', query: 'frågesträng', header: 'huvud', cookie: 'kaka' },
    types: {
      string: 'text',
      integer: 'heltal',
      number: 'tal',
      boolean: 'true eller false',
      object: 'objekt',
      null: 'null',
      'date-time': 'tid',
      binary: 'fil',
    },
  },
} as const satisfies Record<Locale, object>;

/** What to type for each call; `$AUDIT` is an audit's id. */
export const examples: Record<string, string> = {
  ...clearanceExamples,
  ...senderExamples,
  'POST /v1/audits':
    "-H 'prefer: wait=30' -H 'idempotency-key: letter-48' \\\n  -F file=@newsletter.html -F from=newsletter@example.com -F mailFrom=mail.example.com",
  'GET /v1/audits': '',
  'GET /v1/audits/{id}': '',
  'POST /v1/audits/{id}/again': '-H \'prefer: wait=30\' \\\n  --json \'{"mailFrom":"mail.example.com"}\'',
  'GET /v1/audits/{id}/events': '-N',
  'GET /v1/audits/{id}/report': "-H 'accept: text/plain'",
  'GET /v1/audits/{id}/template': '',
  'GET /v1/audits/{id}/previews/{view}': '-o preview.png',
  ...domainExamples,
  ...sendExamples,
};

export function docsTitle(locale: Locale): string {
  return words[locale].title;
}

/** `address`: where the service is reached, for the examples. */
export function docsPage(api: ApiJson, address: string, locale: Locale): Markup {
  const word = words[locale];
  const calls = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      id: `${method}${path.replace(/[^a-z0-9]+/g, '-')}`.replace(/-$/, ''),
      operation,
    })),
  );
  const shared = sharedAnswers(calls.map(({ operation }) => operation));
  const shapes = Object.entries(api.components.schemas);
  const sent = new Set(
    calls.flatMap(({ operation }) =>
      Object.values(operation.requestBody?.content ?? {}).map(({ schema }) => nameOf(schema)),
    ),
  );
  return html`<div><h1>${word.title}</h1><p class="lead">${word.lead}<a href="/openapi.json">openapi.json</a></p></div>
<div class="split docs"><nav class="toc" aria-label="${word.contents}"><p class="l"><strong>${word.calls}</strong></p><ul class="plain">${calls.map(({ name, id }) => html`<li><a href="#${id}">${breakable(name)}</a></li>`)}</ul>
<p class="l above"><strong>${word.shapes}</strong></p><ul class="plain">${shapes.map(([name]) => html`<li><a href="#${name}">${name}</a></li>`)}</ul>
<p class="above"><a href="#problems">${word.problems}</a></p></nav>
<div class="stack">
<div class="card"><h2 class="l">${word.key}</h2><p>${coded(word.keyHow)}</p><h2 class="l">${word.language}</h2><p>${coded(word.languageHow)}</p></div>
${calls.map(({ name, id, operation }) => callSection(name, id, operation, shared, address, locale))}
<section class="card cards" aria-labelledby="shared"><h2 id="shared">${word.shared}</h2><p>${word.also}</p>
${answerTable(shared, locale)}</section>
${shapes.map(([name, schema]) => shapeSection(name, schema, sent.has(name) ? word.required : word.always, locale))}
<section class="card cards" aria-labelledby="problems"><h2 id="problems">${word.problems}</h2><p>${coded(word.problemsHow)}</p>
${table(
  [word.code, word.status, word.meaning],
  problemCodes.map((code) => [
    html`<code>${code}</code>`,
    html`${problemStatus(code)}`,
    html`${problemTitle(code, locale)}`,
  ]),
)}</section>
</div></div>`;
}

function callSection(
  name: string,
  id: string,
  { summary = '', parameters = [], requestBody, responses }: Operation,
  shared: Operation['responses'],
  address: string,
  locale: Locale,
): Markup {
  const word = words[locale];
  const path = (name.split(' ')[1] ?? '')
    .replace(/(?<=\/sends\/)\{id\}/, '$SEND')
    .replace('{address}', 'reader%40example.org')
    .replace('{id}', '$AUDIT')
    .replace('{view}', '$VIEW');
  const more = examples[name] ? ` \\\n  ${examples[name]}` : '';
  const curl = `curl -s "${address}${path}" -H "authorization: Bearer $KEY"${more}`;
  const given = parameters.map((one) => [
    html`<code>${one.name}</code>${one.required ? html` <span class="muted small">${word.required}</span>` : ''}`,
    html`${word.places[one.in as keyof typeof word.places] ?? one.in}`,
    typeOf(one.schema ?? {}, locale),
    prose([one.description, ...limits(one.schema ?? {}, locale)], locale),
  ]);
  const own = Object.entries(responses).filter(([status]) => !Object.hasOwn(shared, status));
  return html`<section class="card cards" aria-labelledby="${id}"><h2 id="${id}" class="mono">${breakable(name)}</h2><p>${prose([summary], locale)}</p>
<h3>${word.example}</h3><pre>${curl}</pre>
${given.length === 0 ? '' : html`<h3>${word.parameters}</h3>${table([word.name, word.place, word.type, word.meaning], given)}`}
${requestBody ? html`<h3>${word.body}</h3><ul>${Object.entries(requestBody.content).map(([type, { schema = {} }]) => html`<li><code>${type}</code>: ${typeOf(schema, locale)}</li>`)}</ul>` : ''}
<h3>${word.answers}</h3>${answerTable(Object.fromEntries(own), locale)}</section>`;
}

/** Those that every call gives alike. */
function sharedAnswers(operations: readonly Operation[]): Operation['responses'] {
  const [first, ...others] = operations.map(({ responses }) => responses);
  const alike = Object.entries(first ?? {}).filter(([status, { description }]) =>
    others.every((responses) => responses[status]?.description === description),
  );
  return Object.fromEntries(alike);
}

/** An address that breaks after its slashes alone. */
function breakable(name: string): Markup {
  return html`${name.split(/(?<=[\w}]\/)/).map((part, i) => html`${i === 0 ? '' : html`<wbr>`}${part}`)}`;
}

function answerTable(responses: Operation['responses'], locale: Locale): Markup {
  const word = words[locale];
  const answers = Object.entries(responses).map(([status, { description, content = {} }]) => [
    html`<strong>${status}</strong>`,
    html`${Object.entries(content).map(([type, { schema = {} }], i) => html`${i === 0 ? '' : html`<br>`}${/problem/.test(type) ? '' : html`<code>${type}</code> `}${schema.$ref || schema.anyOf ? typeOf(schema, locale) : ''}`)}`,
    prose([description], locale),
  ]);
  return table([word.status, word.type, word.meaning], answers);
}

/** `must`: what it means that a field is required. */
function shapeSection(name: string, schema: SchemaJson, must: string, locale: Locale): Markup {
  const word = words[locale];
  const kinds = schema.oneOf ?? [schema];
  const tables = kinds.map((kind) => {
    const rows = fieldsOf(kind, '').map(({ path, field, required }) => [
      html`<code>${path}</code>${required ? html` <span class="muted small">${must}</span>` : ''}`,
      typeOf(field, locale),
      prose([field.description, ...limits(field, locale)], locale),
    ]);
    const state = kind.properties?.state;
    const told = schema.oneOf && state ? html`<h3>${typeOf(state, locale)}</h3>` : '';
    return html`${told}${table([word.name, word.type, word.meaning], rows)}`;
  });
  return html`<section class="card cards" aria-labelledby="${name}"><h2 id="${name}">${name}</h2>${schema.description ? html`<p>${prose([schema.description], locale)}</p>` : ''}
${schema.oneOf ? html`<p>${word.either} <code>state</code>.</p>` : ''}${tables}</section>`;
}

/** Fields of an object, those of objects inside it by their path. */
function fieldsOf(
  { properties = {}, required = [] }: SchemaJson,
  prefix: string,
): { path: string; field: SchemaJson; required: boolean }[] {
  return Object.entries(properties).flatMap(([name, field]) => {
    const inside = field.items ?? present(field);
    const below = field.items ? '[].' : '.';
    const kinds = inside.oneOf ?? [inside];
    const path = `${prefix}${name}`;
    return [
      { path, field, required: required.includes(name) },
      ...kinds.flatMap((kind) => fieldsOf(kind, `${path}${below}`)),
    ];
  });
}

/** Without the null that it may be instead. */
function present(schema: SchemaJson): SchemaJson {
  const others = schema.anyOf?.filter(({ type }) => type !== 'null') ?? [];
  return others.length === 1 && others[0] ? others[0] : schema;
}

function typeOf(schema: SchemaJson, locale: Locale): Markup {
  const word = words[locale];
  const { items, type, format } = schema;
  const name = nameOf(schema);
  if (name) return html`<a href="#${name}">${name}</a>`;
  const either = schema.oneOf ?? schema.anyOf;
  if (either) return joined(either.map((one) => typeOf(one, locale)));
  const values = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  if (values) return joined(values.map((value) => html`<code>${String(value)}</code>`));
  if (items) return html`${word.of} ${typeOf(items, locale)}`;
  const names = [type ?? 'object'].flat().map((one) => (one === 'string' && format ? format : one));
  return joined(names.map((one) => html`${word.types[one as keyof typeof word.types] ?? word.types.string}`));

  function joined(parts: readonly Markup[]): Markup {
    return html`${parts.map((part, i) => html`${i === 0 ? '' : ` ${word.or} `}${part}`)}`;
  }
}

function nameOf(schema: SchemaJson | undefined): string | undefined {
  return schema?.$ref?.split('/').at(-1);
}

/** What a value may be, in words. */
function limits(schema: SchemaJson, locale: Locale): string[] {
  const word = words[locale];
  const { minimum, maximum, maxLength, maxItems, example } = schema;
  return [
    ...(minimum !== undefined && maximum !== undefined ? [`${minimum}–${maximum}.`] : []),
    ...(maxLength === undefined ? [] : [`${word.most} ${maxLength} ${word.characters}.`]),
    ...(maxItems === undefined ? [] : [`${word.most} ${maxItems}.`]),
    ...(schema.default === undefined ? [] : [`${word.otherwise} \`${schema.default}\`.`]),
    ...(example === undefined ? [] : [`${word.such} \`${example}\`.`]),
  ].map((text) => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1));
}

/** Texts of openapi.json, which is in English, in the reader's language. */
function prose(texts: readonly (string | undefined)[], locale: Locale): Markup {
  const said = texts
    .filter((text) => text !== undefined)
    .map((text) => (locale === 'sv' ? (swedish[text] ?? text) : text))
    .join(' ');
  return coded(said);
}

/** What stands in `…` is code. */
function coded(text: string): Markup {
  return html`${text.split('`').map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}

function table(heads: readonly string[], rows: readonly (readonly Markup[])[]): Markup {
  return html`<table><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map(([first, ...rest]) => html`<tr><th scope="row">${first}</th>${rest.map((cell, i) => html`<td data-h="${heads[i + 1]}"><div>${cell}</div></td>`)}</tr>`)}</tbody></table>`;
}
