/**
 * What a log may know of an error: its kind and where it arose. Not its message, which may quote what
 * somebody handed in.
 */
export function faultOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const { name, message, stack = '', cause } = error;
  const trace = stack.slice(message ? stack.indexOf(message) + message.length : 0);
  const code = 'code' in error ? error.code : undefined;
  // SQLite's own words for its result code: they never contain data.
  const reason = 'errstr' in error ? error.errstr : undefined;
  return {
    error: name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(typeof reason === 'string' ? { reason } : {}),
    at: [...trace.matchAll(/^[ \t]+at (.*)$/gm)].map(([, frame]) => frame),
    ...(cause === undefined ? {} : { cause: faultOf(cause) }),
  };
}
