/**
 * MJML compiled on a thread of its own, which can be stopped. A source of a few kilobytes can keep the compiler
 * busy for hours or grow to gigabytes (mj-font names become regular expressions, mj-all repeats attributes).
 */
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Compiled, CompileMjml } from '../submission/mjml.ts';

/** Milliseconds for one source, the start of the thread included. The largest published design takes 200. */
const compileMs = 10_000;
const resourceLimits = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64 };
const tooComplex: Compiled = { ok: false, code: 'mjml-too-complex', line: 1, detail: '' };

/** One thread, started when first needed, one source at a time. It does not keep the process alive. */
export function createMjmlThread({ ms = compileMs } = {}): { compile: CompileMjml; close(): Promise<void> } {
  let worker: Worker | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  const start = () => {
    // Published, this file and its worker are .js.
    const file = new URL(`./mjml-worker${extname(import.meta.url)}`, import.meta.url);
    const started = new Worker(file, { resourceLimits, execArgv: [], stdin: false });
    // One that dies between two sources is noticed at the next.
    started.on('error', () => {});
    started.on('exit', () => {
      if (worker === started) worker = undefined;
    });
    started.unref();
    return started;
  };

  const run = (source: string) =>
    new Promise<Compiled>((resolve) => {
      worker ??= start();
      const current = worker;
      const end = (compiled: Compiled | undefined) => {
        clearTimeout(timer);
        current.off('message', end);
        current.off('exit', stopped);
        current.unref();
        if (!compiled) {
          if (worker === current) worker = undefined;
          void current.terminate();
        }
        resolve(compiled ?? tooComplex);
      };
      const stopped = () => end(undefined);
      const timer = setTimeout(stopped, ms);
      current.ref();
      current.on('message', end);
      current.on('exit', stopped);
      current.postMessage(source);
    });

  return {
    compile(source) {
      const result = turn.then(() => run(source));
      turn = result;
      return result;
    },
    async close() {
      await worker?.terminate();
    },
  };
}
