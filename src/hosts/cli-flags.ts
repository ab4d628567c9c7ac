/** The command line's own grammar, and what is wrong with a call. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { type Locale, locales } from '../rule.ts';
import { cliWords } from './cli-words.ts';

/** Of every command. */
const common = {
  format: { type: 'string' },
  locale: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

export interface CallError {
  code: string;
  field: string;
  text: string;
}

/** What is wrong with the call itself, or with a file it names. */
export class BadInput extends Error {
  readonly errors: readonly CallError[];
  constructor(errors: readonly CallError[]) {
    super(errors.map(({ text }) => text).join('\n'));
    this.errors = errors;
  }
}

/** @throws BadInput */
export function bad(code: string, field: string, text: string): never {
  throw new BadInput([{ code, field, text }]);
}

type FlagConfig = NonNullable<ParseArgsConfig['options']>;

/** Which command it is, before it is known which flags that one takes: `flags` are those of all. */
export function wholeCall(argv: string[], flags: FlagConfig): { name: string | undefined; help: boolean } {
  const options = { ...flags, ...common };
  const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true, strict: false });
  return { name: positionals[0], help: values.help === true };
}

/**
 * Reads one command's flags, and the common ones; `positionals` are what stands after the command's name.
 * @throws BadInput that names the flag.
 */
export function readFlags<const F extends FlagConfig>(argv: string[], flags: F, locale: Locale) {
  const { values, positionals } = parsed(argv, { ...flags, ...common }, locale);
  // To the compiler they are flags of an unknown command.
  const { locale: named, format } = values as { locale?: string; format?: string };
  choice('locale', named, locales, locale);
  return {
    values,
    positionals: positionals.slice(1),
    format: choice('format', format, ['text', 'json'] as const, locale) ?? 'text',
  };
}

function parsed<const F extends FlagConfig>(argv: string[], options: F, locale: Locale) {
  try {
    return parseArgs({ args: argv, options, allowPositionals: true });
  } catch (error) {
    const words = cliWords[locale];
    const text = error instanceof Error ? error.message : '';
    const flag = /'(-[^' ]+)/.exec(text)?.[1] ?? '--';
    if (/unknown option/i.test(text)) return bad('flag-unknown', flag, words.unknownFlag);
    const needless = /does not take an argument/i.test(text);
    return bad('flag-value', flag, needless ? words.flagNoValue : words.flagValue);
  }
}

/** @throws BadInput when the value is none of those allowed. */
export function choice<const V extends string>(
  name: string,
  value: string | undefined,
  allowed: readonly V[],
  locale: Locale,
): V | undefined {
  const found = allowed.find((one) => one === value);
  if (value !== undefined && !found) bad('value-unknown', `--${name}`, cliWords[locale].choose(allowed));
  return found;
}

/** Looked for before the flags are read, so that what is wrong with them is told in the right language. */
export function localeFrom(argv: readonly string[], environment: NodeJS.ProcessEnv): Locale {
  const { LC_ALL, LC_MESSAGES, LANG } = environment;
  const named = rawFlag(argv, 'locale') ?? (LC_ALL || LC_MESSAGES || LANG || '').slice(0, 2);
  return locales.find((locale) => locale === named) ?? 'en';
}

/** Likewise: errors come in the form that was asked for. */
export function asksForJson(argv: readonly string[]): boolean {
  return rawFlag(argv, 'format') === 'json';
}

function rawFlag(argv: readonly string[], name: string): string | undefined {
  const at = argv.findLastIndex((one) => one === `--${name}` || one.startsWith(`--${name}=`));
  return argv[at]?.includes('=') ? argv[at]?.split('=')[1] : at === -1 ? undefined : argv[at + 1];
}
