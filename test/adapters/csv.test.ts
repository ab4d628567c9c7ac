/** Where each record of a CSV file begins: a person looks for it by that line. */
import { expect, test } from 'vitest';
import { csv } from '../../src/adapters/csv/parse.ts';

async function linesOf(text: string, size = text.length): Promise<number[]> {
  async function* pieces() {
    for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
  }
  const lines: number[] = [];
  for await (const records of csv.read(pieces(), ',')) lines.push(...records.map(({ line }) => line));
  return lines;
}

test.each([
  ['one a line', 'a,b\n1,x\n2,y\n', [1, 2, 3]],
  ['CRLF', 'a,b\r\n1,x\r\n2,y\r\n', [1, 2, 3]],
  ['empty lines', 'a,b\r\n1,x\r\n\r\n\r\n2,y\r\n', [1, 2, 5]],
  ['a quoted LF', 'a,b\n1,"x\ny"\n2,y\n', [1, 2, 4]],
  ['a quoted CRLF', 'a,b\r\n1,"x\r\ny"\r\n2,y\r\n3,z\r\n', [1, 2, 4, 5]],
  ['several', 'a,b\r\n"1\r\n\r\n","x\r\ny"\r\n2,y\r\n"3\r\n",z\r\n4,q', [1, 2, 6, 7, 9]],
])('%s', async (_, text, lines) => {
  expect(await linesOf(text)).toEqual(lines);
  expect(await linesOf(text, 1)).toEqual(lines);
});
