/** A name that somebody has chosen, as it may stand on a page and in a terminal. */
export const nameLength = 80;

/** What would command a terminal or turn the line round has no place in a name. */
export function isName(name: string): boolean {
  return !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name) && name.isWellFormed() && name.length <= nameLength;
}
