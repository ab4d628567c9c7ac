import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMemoryQueue } from '../../src/adapters/queue/memory.ts';
import { createD1Store, type D1Binding, type D1Statement } from '../../src/adapters/store/d1.ts';
import { lockDirectory } from '../../src/adapters/store/lock.ts';
import { migrate, ownMigrations } from '../../src/adapters/store/migrate.ts';
import { isWritableByOthers, makePrivateFile } from '../../src/adapters/store/private-file.ts';
import { createBatch, db as kysely } from '../../src/adapters/store/sql.ts';
import { createSqlStore } from '../../src/adapters/store/sql-store.ts';
import { openSqlite } from '../../src/adapters/store/sqlite.ts';
import { inTransaction } from '../../src/adapters/store/transaction.ts';
import { ledgerContract } from './ledger-contract.ts';
import { recipients, settled, startCampaign } from './ledger-world.ts';
import { listsContract } from './lists-contract.ts';
import { sendingContract } from './sending-contract.ts';
import { newAudit, type OpenStore, storeContract } from './store-contract.ts';

let dir: string;
let path: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'klarsignal-store-'));
  path = join(dir, 'data', 'klarsignal.db');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const insertOrganisation = (db: DatabaseSync, id: string) => {
  const at = '2099-01-01T00:00:00.000Z';
  db.prepare('INSERT INTO organisation VALUES (?, ?, ?)').run(id, id, at);
  db.prepare("INSERT INTO person (organisation, id, role, created_at) VALUES (?, ?, 'owner', ?)").run(
    id,
    `per_${id}`,
    at,
  );
};

let opened = 0;
const contracts = (name: string, open: () => Promise<OpenStore>) => {
  for (const contract of [storeContract, sendingContract, ledgerContract, listsContract])
    contract(name, open);
};
contracts('sqlite', async () => {
  const file = join(dir, `${opened++}.db`);
  return {
    store: await openSqlite(file),
    async addOrganisation(id) {
      const db = new DatabaseSync(file);
      insertOrganisation(db, id);
      db.close();
    },
  };
});

contracts('d1', async () => {
  const db = new DatabaseSync(':memory:');
  for (const { sql } of ownMigrations()) db.exec(sql);
  return {
    store: createD1Store(bindingOver(db)),
    addOrganisation: async (id) => void insertOrganisation(db, id),
  };
});

interface Bound extends D1Statement {
  sql: string;
  values: unknown[];
}

/** A D1 binding as Cloudflare describes it: batch is one transaction, a result for each statement. */
function bindingOver(db: DatabaseSync): D1Binding {
  const statement = (sql: string, values: unknown[]): Bound => ({
    sql,
    values,
    bind: (...bound) => statement(sql, bound),
  });
  return {
    prepare: (sql) => statement(sql, []),
    batch: async (statements) =>
      inTransaction(db, () =>
        (statements as Bound[]).map(({ sql, values }) => ({
          results: db
            .prepare(sql)
            .all(...(values as SQLInputValue[]))
            .map((row) => ({ ...row })),
        })),
      ),
  };
}

/** Runs a module in a process of its own, with `path` and `dir` as they are here; `said` is its first line. */
async function child(code: string) {
  const url = (file: string) =>
    JSON.stringify(new URL(`../../src/adapters/store/${file}`, import.meta.url).href);
  const source = `
    import { openSqlite } from ${url('sqlite.ts')};
    import { lockDirectory } from ${url('lock.ts')};
    const path = ${JSON.stringify(path)}, dir = ${JSON.stringify(dir)};
    const say = (value) => console.log(JSON.stringify(value));
    ${code}`;
  const process_ = spawn(process.execPath, ['--input-type=module', '--eval', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(process_, 'exit');
  const [line] = await Promise.race([once(process_.stdout, 'data'), exited.then(() => ['null'])]);
  const kill = async () => {
    process_.kill('SIGKILL');
    await exited;
  };
  return { said: JSON.parse(String(line)), kill };
}
const forever = 'setInterval(() => {}, 1000);';

function tables(db: DatabaseSync): string[] {
  return db
    .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'")
    .all()
    .map(({ name }) => String(name));
}

describe('migrations', () => {
  test('apply from empty, and only once', async () => {
    const first = await openSqlite(path);
    const organisation = await first.firstOrganisation();
    await first.organisation(organisation).addAudit(newAudit('a'));
    await first.close();
    const second = await openSqlite(path);
    expect(await second.firstOrganisation()).toBe(organisation);
    expect(await second.organisation(organisation).audit('a')).toMatchObject({ id: 'a' });
    await second.close();
    const db = new DatabaseSync(path);
    expect(
      db
        .prepare('SELECT name FROM migration')
        .all()
        .map(({ name }) => name),
    ).toEqual(ownMigrations().map(({ name }) => name));
    db.close();
  });

  test('are numbered as wrangler orders them, without a gap', () => {
    const numbers = ownMigrations().map(({ name }) => Number(/^(\d{4})_[a-z-]+\.sql$/.exec(name)?.[1]));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });

  test('a database newer than the code is refused and left as it was', async () => {
    await (await openSqlite(path)).close();
    const db = new DatabaseSync(path);
    db.exec("INSERT INTO migration VALUES ('9999_future.sql', '2099-01-01T00:00:00.000Z')");
    db.close();
    await expect(openSqlite(path)).rejects.toMatchObject({
      name: 'StoreError',
      code: 'database-newer',
      message: expect.stringContaining('9999_future.sql'),
    });
  });

  test('a database of the first version keeps its audits, which get a summary; its owner is made', async () => {
    const [first] = ownMigrations();
    if (!first) throw new Error('no migration');
    makePrivateFile(path);
    const old = new DatabaseSync(path);
    migrate(old, [first]);
    const at = '2026-11-22T12:00:00.000Z';
    old.exec(`INSERT INTO organisation VALUES ('org_a', 'A', '${at}')`);
    const add = old.prepare(
      "INSERT INTO audit (organisation, id, state, created_at, started_at, finished_at, attempts, request, upload, digest, verdict) VALUES ('org_a', ?, ?, ?, ?, ?, ?, '{}', 'u', 'd', ?)",
    );
    const finding = (severity: string, outcome: string, gates: boolean) => ({ severity, outcome, gates });
    const findings = [
      finding('blocker', 'fail', true),
      finding('blocker', 'fail', true),
      finding('blocker', 'pass', false),
      finding('major', 'fail', true),
      finding('minor', 'fail', false),
      finding('blocker', 'unknown', true),
      finding('major', 'unknown', true),
      finding('major', 'unknown', false),
      finding('minor', 'unknown', false),
    ];
    const verdict = { decision: 'blocked', partial: true, simulated: false, findings };
    add.run('done', 'done', at, at, at, 1, JSON.stringify(verdict));
    const clear = { decision: 'clear', partial: false, simulated: true, findings: [] };
    add.run('empty', 'done', at, at, at, 1, JSON.stringify(clear));
    add.run('queued', 'queued', at, null, null, 0, null);
    old.close();

    await expect(openSqlite(path, { beside: true })).rejects.toMatchObject({ code: 'database-older' });
    const store = await openSqlite(path);
    const own = store.organisation('org_a');
    const summaryOf = async (id: string) => JSON.parse((await own.audit(id))?.summary ?? 'null');
    expect(await summaryOf('done')).toStrictEqual({
      decision: 'blocked',
      partial: true,
      simulated: false,
      mustFix: 2,
      shouldFix: 1,
      unchecked: 2,
    });
    expect(await summaryOf('empty')).toStrictEqual({
      decision: 'clear',
      partial: false,
      simulated: true,
      mustFix: 0,
      shouldFix: 0,
      unchecked: 0,
    });
    expect(await summaryOf('queued')).toBeNull();
    expect(await store.firstOrganisation()).toBe('org_a');
    expect(await own.owner()).toMatch(/^per_[a-z0-9]{32}$/);
    await store.close();
  });

  test('a database of the third version keeps its audits and people, and can send', async () => {
    makePrivateFile(path);
    const old = new DatabaseSync(path);
    migrate(old, ownMigrations().slice(0, 3));
    const at = '2026-11-22T12:00:00.000Z';
    old.exec(`INSERT INTO organisation VALUES ('org_a', 'A', '${at}');
      INSERT INTO person (organisation, id, role, created_at) VALUES ('org_a', 'per_a', 'owner', '${at}');
      INSERT INTO audit (organisation, id, state, created_at, request, upload, digest)
        VALUES ('org_a', 'aud', 'queued', '${at}', '{}', 'u', 'd')`);
    old.close();
    const store = await openSqlite(path);
    const own = store.organisation('org_a');
    expect(await own.audit('aud')).toMatchObject({ state: 'queued' });
    expect(await own.owner()).toBe('per_a');
    await startCampaign(own, 'cmp_a', recipients(2));
    expect(await own.ledger.claim('cmp_a', { route: 'ses', limit: 9, now: at })).toHaveLength(2);
    await store.close();
  });

  test('beside the process that has it, a database is used as it is, or not at all', async () => {
    await expect(openSqlite(path, { beside: true })).rejects.toMatchObject({ code: 'database-older' });
    const first = await openSqlite(path);
    const second = await openSqlite(path, { beside: true });
    expect(await second.firstOrganisation()).toBe(await first.firstOrganisation());
    await second.close();
    await first.close();
    const db = new DatabaseSync(path);
    db.exec("INSERT INTO migration VALUES ('9999_future.sql', '2099-01-01T00:00:00.000Z')");
    db.close();
    await expect(openSqlite(path, { beside: true })).rejects.toMatchObject({ code: 'database-newer' });
  });

  test('one that fails leaves nothing of itself, and what went before it stays', () => {
    const db = new DatabaseSync(':memory:');
    const good = { name: '0001_good.sql', sql: 'CREATE TABLE good (a)' };
    const bad = { name: '0002_bad.sql', sql: 'CREATE TABLE half (a); CREATE TABLE good (a)' };
    expect(() => migrate(db, [good, bad])).toThrow(/good already exists/);
    expect(tables(db).sort()).toEqual(['good', 'migration']);
    migrate(db, [good, { ...bad, sql: 'CREATE TABLE whole (a)' }]);
    expect(tables(db).sort()).toEqual(['good', 'migration', 'whole']);
    expect(() => migrate(db, [bad])).toThrow(/0001_good/);
  });

  test('three processes at once: one migration, one organisation', async () => {
    const children = await Promise.all(
      Array.from({ length: 3 }, () => child('say(await (await openSqlite(path)).firstOrganisation());')),
    );
    const [first] = children;
    expect(first?.said).toMatch(/^org_/);
    expect(children.map(({ said }) => said)).toEqual(Array(3).fill(first?.said));
  });
});

describe('tenancy', () => {
  /** Tables that belong to no organisation, each with its reason. */
  const exempt = new Map([
    ['organisation', 'is the organisation, and keyed by its id'],
    ['migration', 'says what the database is, and holds nothing of anybody'],
  ]);

  test('every table carries an organisation: not null, first in its key, and a real one', () => {
    const db = new DatabaseSync(':memory:');
    migrate(db);
    const owned = tables(db).filter((table) => !exempt.has(table));
    expect(owned.length).toBeGreaterThan(0);
    for (const table of owned) {
      const column = db
        .prepare('SELECT type, "notnull", pk FROM pragma_table_info(?) WHERE name = \'organisation\'')
        .get(table);
      expect({ table, ...column }).toEqual({ table, type: 'TEXT', notnull: 1, pk: 1 });
      const parents = db
        .prepare('SELECT "table" FROM pragma_foreign_key_list(?) WHERE "from" = \'organisation\'')
        .all(table);
      expect(
        parents.map((parent) => parent.table),
        table,
      ).toContain('organisation');
    }
  });

  test('every table is STRICT, and every reference holds', () => {
    const db = new DatabaseSync(':memory:');
    migrate(db);
    const loose =
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND NOT strict AND name NOT LIKE 'sqlite_%'";
    expect(db.prepare(loose).all()).toEqual([]);
    expect(db.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
  });
});

describe('sqlite', () => {
  test('only its owner may read the files; commits are synced to a WAL', async () => {
    const store = await openSqlite(path);
    await store.firstOrganisation();
    for (const file of [path, `${path}-wal`, `${path}-shm`])
      expect(statSync(file).mode & 0o777, file).toBe(0o600);
    expect(statSync(join(dir, 'data')).mode & 0o777).toBe(0o700);
    await store.close();
    await store.close();
    expect(existsSync(`${path}-wal`)).toBe(false);
  });

  const mode = (file: string) => statSync(file).mode & 0o777;
  const unsafe = expect.objectContaining({ name: 'StoreError', code: 'data-unsafe' });

  test('files that others may read are closed to them', async () => {
    await (await openSqlite(path)).close();
    const db = new DatabaseSync(path);
    db.prepare('SELECT * FROM migration').all();
    const files = [path, `${path}-wal`, `${path}-shm`];
    for (const file of files) chmodSync(file, 0o666);
    const store = await openSqlite(path);
    expect(files.map(mode)).toEqual([0o600, 0o600, 0o600]);
    await store.close();
    db.close();
    const release = lockDirectory(dir);
    release();
    chmodSync(join(dir, 'lock.db'), 0o644);
    lockDirectory(dir)();
    expect(mode(join(dir, 'lock.db'))).toBe(0o600);
  });

  test.each(['klarsignal.db', 'klarsignal.db-wal', 'lock.db'])(
    'a link in place of %s is not followed',
    async (name) => {
      const [target, data] = [join(dir, 'elsewhere'), join(dir, 'data')];
      mkdirSync(data);
      symlinkSync(target, join(data, name));
      const open = async () => {
        lockDirectory(data)();
        await (await openSqlite(path)).close();
      };
      await expect(open()).rejects.toEqual(unsafe);
      expect(existsSync(target)).toBe(false);
      writeFileSync(target, 'x', { mode: 0o644 });
      await expect(open()).rejects.toEqual(unsafe);
      expect([mode(target), readFileSync(target, 'utf8')]).toEqual([0o644, 'x']);
      // A directory may be one: that is how a volume is put in place.
      symlinkSync(mkdtempSync(join(dir, 'volume-')), join(dir, 'linked'));
      await (await openSqlite(join(dir, 'linked', 'klarsignal.db'))).close();
    },
  );

  test('a directory in place of the file is refused', async () => {
    mkdirSync(path, { recursive: true });
    await expect(openSqlite(path)).rejects.toEqual(unsafe);
  });

  test.runIf(process.geteuid?.() === 0)('a file of another user is refused, but not by root', async () => {
    await (await openSqlite(path)).close();
    chownSync(path, 4321, 4321);
    await (await openSqlite(path)).close();
    expect(statSync(path).uid).toBe(4321);
    chownSync(join(dir, 'data'), 1234, 1234);
    chmodSync(dir, 0o755);
    for (const [owner, said] of [
      [4321, 'data-unsafe'],
      [1234, 'opened'],
    ] as const) {
      chownSync(path, owner, owner);
      const tried = await child(
        `process.setegid(1234); process.seteuid(1234);
        try { await (await openSqlite(path)).close(); say('opened'); } catch (error) { say(error.code); }`,
      );
      expect(tried.said).toBe(said);
    }
  });

  test.each([
    [0o700, false],
    [0o755, false],
    [0o775, true],
    [0o777, true],
    [0o1777, true],
  ])('a directory of mode %o lets others write: %s', (given, expected) => {
    chmodSync(dir, given);
    expect(isWritableByOthers(dir)).toBe(expected);
  });

  test('a file that is no database is refused', async () => {
    path = join(dir, 'other.db');
    writeFileSync(path, 'x'.repeat(4096));
    await expect(openSqlite(path)).rejects.toThrow(/not a database/);
    expect(readFileSync(path, 'utf8')).toBe('x'.repeat(4096));
  });

  test('a batch is all or nothing', async () => {
    const db = new DatabaseSync(':memory:');
    migrate(db);
    expect(() =>
      inTransaction(db, () => {
        insertOrganisation(db, 'org_a');
        insertOrganisation(db, 'org_a');
      }),
    ).toThrow(/UNIQUE/);
    expect(db.prepare('SELECT * FROM organisation').all()).toEqual([]);
    expect(db.isTransaction).toBe(false);
  });

  test('a transaction that only reads yet keeps other writers out from its start', async () => {
    await (await openSqlite(path)).close();
    const [one, other] = [new DatabaseSync(path), new DatabaseSync(path, { timeout: 0 })];
    inTransaction(one, () => {
      one.prepare('SELECT * FROM organisation').all();
      expect(() => insertOrganisation(other, 'org_a')).toThrow(/locked/);
    });
    insertOrganisation(other, 'org_a');
    one.close();
    other.close();
  });

  test('more than 100 parameters are refused before the database sees them', async () => {
    const batch = createBatch({ batch: () => Promise.reject(new Error('reached')), close: async () => {} });
    const query = (count: number) =>
      kysely.selectFrom('audit').select('id').where('id', 'in', Array(count).fill('a'));
    await expect(batch(query(101))).rejects.toThrow(RangeError);
    await expect(batch(query(100))).rejects.toThrow('reached');
  });

  test('every question about audits is answered from an index', async () => {
    const db = new DatabaseSync(':memory:');
    migrate(db);
    insertOrganisation(db, 'org_a');
    const plans: string[] = [];
    const store = createSqlStore({
      async batch(queries) {
        return inTransaction(db, () =>
          queries.map(({ sql, parameters }) => {
            const values = parameters as SQLInputValue[];
            const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
            plans.push(...plan.map(({ detail }) => String(detail)));
            return db.prepare(sql).all(...values);
          }),
        );
      },
      async close() {},
    });
    const own = store.organisation('org_a');
    await own.addAudit(newAudit('a', 0, { key: 'k', fingerprint: 'f' }));
    await own.audit('a');
    await own.audits({ limit: 10 });
    await own.audits({ limit: 10, before: 'a' });
    const lease = await store.claimAudit(new Date(), 1000, 3);
    if (lease)
      await store.finishAudit(lease, { finishedAt: new Date().toISOString(), verdict: '{}', summary: '{}' });
    await store.nextLeaseEnd();
    expect(plans.length).toBeGreaterThan(10);
    expect(plans.filter((plan) => /^SCAN (audit|idempotency)$/.test(plan))).toEqual([]);
    // Claiming alone sorts, and only what is unfinished: how many run beside each is in no index.
    expect(plans.filter((plan) => plan.includes('TEMP B-TREE'))).toEqual(['USE TEMP B-TREE FOR ORDER BY']);
    expect(plans).toContainEqual(expect.stringMatching(/^SCAN audit USING INDEX audit_unfinished$/));
    expect(plans).toContainEqual(expect.stringMatching(/^SEARCH audit USING INDEX audit_unfinished /));
    expect(plans).toContainEqual(expect.stringMatching(/^SEARCH running USING INDEX audit_lease /));
  });

  test('no step of a send reads a whole campaign', async () => {
    const store = await openSqlite(path);
    const organisation = await store.firstOrganisation();
    const own = store.organisation(organisation);
    await startCampaign(own, 'cmp_a', recipients(2));
    await store.close();
    const db = new DatabaseSync(path);
    const plans: string[] = [];
    const watched = createSqlStore({
      batch: async (queries) =>
        inTransaction(db, () =>
          queries.map(({ sql, parameters }) => {
            const values = parameters as SQLInputValue[];
            plans.push(
              ...db
                .prepare(`EXPLAIN QUERY PLAN ${sql}`)
                .all(...values)
                .map(({ detail }) => String(detail)),
            );
            return db
              .prepare(sql)
              .all(...values)
              .map((row) => ({ ...row }));
          }),
        ),
      close: async () => db.close(),
    });
    const { ledger, recipients: people } = watched.organisation(organisation);
    const at = '2026-11-22T12:00:00.000Z';
    await ledger.claim('cmp_a', { route: 'ses', limit: 9, now: at });
    await ledger.settle('cmp_a', 'ses', [settled(1, 'accepted')], at);
    const event = { campaign: 'cmp_a', number: 1, attempt: 1, at } as const;
    await ledger.apply({ ...event, id: 'e', kind: 'complained', suppress: 'complaint' });
    await ledger.nextDue('cmp_a');
    await ledger.nextDue('cmp_a', 'ses');
    await ledger.rates('example.org', at);
    await watched.accountRates('ses', at);
    await ledger.counts('cmp_a');
    await ledger.tally('cmp_a');
    await ledger.delivery('cmp_a', 1);
    await ledger.decideUnknown('cmp_a', 'pending', at);
    await ledger.attemptedSince('example.org', at);
    await people.erase('hash-p2', at);
    await watched.endAttempts(at);
    await watched.close();
    const rows = plans.filter((plan) => / delivery( |$)/.test(plan));
    expect(rows.length).toBeGreaterThan(8);
    const narrow =
      /USING (INTEGER PRIMARY KEY|(COVERING )?INDEX (delivery_(pending|unknown|sending|once)|\S+ \(organisation=\? AND campaign=\? AND number=\?\)))/;
    expect(rows.filter((plan) => !narrow.test(plan))).toEqual([]);
    // By the hour: a handful of rows a sender, and nothing else is read.
    expect(plans.filter((plan) => / rate( |$)/.test(plan))).toEqual([
      expect.stringContaining('USING PRIMARY KEY (organisation=? AND domain=? AND hour>?)'),
      expect.stringContaining('USING INDEX rate_by_route (route=? AND hour>?)'),
    ]);
  });

  test('two processes share the audits without ever taking one twice', async () => {
    const store = await openSqlite(path);
    const own = store.organisation(await store.firstOrganisation());
    for (let n = 0; n < 40; n++) await own.addAudit(newAudit(`a${n}`));
    const takeAll = `
      const store = await openSqlite(path);
      const ids = [];
      for (let taken; (taken = await store.claimAudit(new Date(), 60_000, 3)); ) ids.push(taken.id);
      say(ids);`;
    const children = await Promise.all([child(takeAll), child(takeAll), child(takeAll)]);
    const ids: string[] = children.flatMap(({ said }) => said);
    expect(ids).toHaveLength(40);
    expect(new Set(ids).size).toBe(40);
    await store.close();
  });

  test('a worker killed in the middle: its audit stays running, and is taken again after the lease', async () => {
    const before = await openSqlite(path);
    const organisation = await before.firstOrganisation();
    await before.organisation(organisation).addAudit(newAudit('a'));
    await before.close();
    const worker = await child(`
      const store = await openSqlite(path);
      say(await store.claimAudit(new Date('2026-11-22T13:00:00.000Z'), 60_000, 3));
      ${forever}`);
    await worker.kill();
    expect(worker.said).toMatchObject({ id: 'a' });

    const store = await openSqlite(path);
    expect(await store.organisation(organisation).audit('a')).toMatchObject({
      state: 'running',
      attempts: 1,
    });
    expect(await store.nextLeaseEnd()).toEqual(new Date('2026-11-22T13:01:00.000Z'));
    expect(await store.claimAudit(new Date('2026-11-22T13:00:59.999Z'), 60_000, 3)).toBeUndefined();
    expect(await store.claimAudit(new Date('2026-11-22T13:01:00.000Z'), 60_000, 3)).toMatchObject({
      id: 'a',
      row: { attempts: 2 },
    });
    expect(
      await store.finishAudit(worker.said, {
        finishedAt: new Date().toISOString(),
        verdict: '{}',
        summary: '{}',
      }),
    ).toBe(false);
    await store.close();
  });
});

describe('the lock on the data directory', () => {
  const inUse = expect.objectContaining({ name: 'StoreError', code: 'data-directory-in-use' });
  const tryToLock = "try { lockDirectory(dir); say('locked'); } catch (error) { say(error.code); }";

  test('keeps another process out until it is released', async () => {
    const release = lockDirectory(dir);
    expect((await child(tryToLock)).said).toBe('data-directory-in-use');
    release();
    release();
    expect((await child(tryToLock)).said).toBe('locked');
  });

  test('keeps a second caller in this process out, without losing the first one', async () => {
    const release = lockDirectory(dir);
    expect(() => lockDirectory(dir)).toThrow(inUse);
    expect(() => lockDirectory(join(dir, '.'))).toThrow(inUse);
    expect((await child(tryToLock)).said).toBe('data-directory-in-use');
    release();
    lockDirectory(dir)();
  });

  test('ends with a process that is killed', async () => {
    const holder = await child(`lockDirectory(dir); say('locked'); ${forever}`);
    expect(holder.said).toBe('locked');
    expect(() => lockDirectory(dir)).toThrow(inUse);
    await holder.kill();
    lockDirectory(dir)();
  });

  test('makes the directory, for its owner alone', () => {
    const fresh = join(dir, 'a', 'b');
    const release = lockDirectory(fresh);
    expect(statSync(fresh).mode & 0o777).toBe(0o700);
    expect(statSync(join(fresh, 'lock.db')).mode & 0o777).toBe(0o600);
    release();
  });

  test('a directory that cannot be made is another error', () => {
    writeFileSync(join(dir, 'file'), '');
    expect(() => lockDirectory(join(dir, 'file'))).toThrow(/EEXIST|ENOTDIR/);
  });
});

describe('the queue in memory', () => {
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  test('wakes once for each id, never before the caller has gone on, and again when asked again', async () => {
    const woken: string[] = [];
    const queue = createMemoryQueue((id) => woken.push(id));
    for (const id of ['a', 'b', 'a']) queue.wake(id);
    expect(woken).toEqual([]);
    await turn();
    expect(woken).toEqual(['a', 'b']);
    queue.wake('a');
    await turn();
    expect(woken).toEqual(['a', 'b', 'a']);
  });

  test('a wake from within the run is heard', async () => {
    const woken: string[] = [];
    const queue = createMemoryQueue((id) => {
      if (woken.push(id) === 1) queue.wake(id);
    });
    queue.wake('a');
    await turn();
    await turn();
    expect(woken).toEqual(['a', 'a']);
  });
});
