/** What smtp-sink.ts does to a message when it is told to, and what it keeps of each. */

export type MessageStep = 'mail' | 'rcpt' | 'data' | 'body' | 'end';

/** `body`: while the message comes in, before its final dot; only `cut` and `hang` make sense there. */
export type MessageFault = { at: MessageStep } & (
  | { reply: string }
  | { hang: true }
  | { cut: true }
  /** Takes so many milliseconds, and goes on. */
  | { wait: number }
);

export interface SinkMessage {
  number: number;
  envid: string | null;
  ret: string | null;
  notify: readonly string[];
  orcpt: string | null;
  from: string;
  to: string;
  raw: Buffer;
  secure: boolean;
  user: string | null;
  /** The client's port: one a connection. */
  connection: number;
  /** Reply to the final dot; null: none was given. */
  answered: string | null;
}
