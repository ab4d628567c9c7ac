// What the Workers bundle imports that Node has no types for.

declare module '*.css' {
  const text: string;
  export default text;
}

declare module '*/klarsignal.js' {
  const text: string;
  export default text;
}

declare module 'cloudflare:workers' {
  /** Keeps the current event alive until the promise settles. */
  export function waitUntil(promise: Promise<unknown>): void;
}
