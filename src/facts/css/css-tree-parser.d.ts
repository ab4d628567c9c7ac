/** The parser alone: css-tree's whole index also loads the grammar of every property. */
declare module 'css-tree/parser' {
  import type { parse } from 'css-tree';

  const parser: typeof parse;
  export default parser;
}
