/** One at a time for each of them, in the order in which they ask. */
export interface Turns {
  take<T>(of: string, act: () => Promise<T>): Promise<T>;
}

export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return {
    take(of, act) {
      const turn = (last.get(of) ?? Promise.resolve()).then(act);
      const over = turn.then(
        () => {},
        () => {},
      );
      const done = over.then(() => {
        if (last.get(of) === done) last.delete(of);
      });
      last.set(of, done);
      return turn;
    },
  };
}
