/**
 * What was worked out once for an object, kept on the object. A WeakMap of the module would do the same, but what is in
 * one outlives its key until all memory is swept: page after page would be carried along, and copied, until then.
 */

export interface Kept<K extends object, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): void;
}

/** Nobody else sees it: neither copies of the object nor comparisons have it. `what`: for whoever debugs. */
export function keptOn<K extends object, V>(what: string): Kept<K, V> {
  const name = Symbol(what);
  return {
    get: (key) => (key as { [name]?: V })[name],
    set(key, value) {
      Object.defineProperty(key, name, { value, configurable: true });
    },
  };
}
