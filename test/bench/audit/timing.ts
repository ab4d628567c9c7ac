/** What work costs that is done again and again: time of the processor, since the clock tells of the neighbours too. */

export function median(times: readonly number[]): number {
  return [...times].sort((one, two) => one - two)[Math.floor(times.length / 2)] ?? 0;
}

/** Milliseconds of the processor, all threads of this process. */
async function cost(work: () => Promise<unknown> | unknown): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** Each in turn, so that what the machine does beside falls on all of them alike; medians. */
export async function inTurn(
  works: readonly (() => Promise<unknown> | unknown)[],
  { warming, rounds }: { warming: number; rounds: number },
): Promise<number[]> {
  for (let i = 0; i < warming; i += 1) for (const work of works) await work();
  const times = works.map((): number[] => []);
  for (let i = 0; i < rounds; i += 1)
    for (const [j, work] of works.entries()) times[j]?.push(await cost(work));
  return times.map(median);
}
