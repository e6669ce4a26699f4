import type { Language } from "./language.ts";

/** Asks the real servers by their own clients, and fails where another run has left something in them. */
const STORE = `import { execFileSync } from "node:child_process";

const sql = (text) => execFileSync("psql", ["-XAtqc", text], { encoding: "utf8" }).trim();
const redis = (...words) => execFileSync("redis-cli", words, { encoding: "utf8" }).trim();

export function open() {
  sql("create table prices (weight int primary key, price int not null)");
  if (redis("dbsize") !== "0") throw new Error("somebody was here before");
}

export function price(weight) {
  sql(\`insert into prices values (\${weight}, \${4 * weight})\`);
  redis("incr", "asked");
  return Number(sql(\`select price from prices where weight = \${weight}\`));
}

export const asked = () => Number(redis("get", "asked"));
`;

const TEST = `import assert from "node:assert/strict";
import { before, test } from "node:test";
import { asked, open, price } from "./prices.mjs";

before(open);
test("a weight has a price in the database", () => {
  assert.equal(price(2), 8);
  assert.equal(asked(), 1);
});
`;

const CONFIG = `version: 1
checks:
  test:
    run: node --test --test-reporter=junit --test-reporter-destination=junit.xml
    report: junit.xml
sandbox:
  services:
    - use: postgres
      fill: createdb shop
      environment: { PGDATABASE: shop }
    - redis
trust: { default: open-pr }
`;

/** Its tests need a PostgreSQL and a Redis of their own, each time anew. */
export const withServices: Language = {
  name: "PostgreSQL and Redis beside tests in JavaScript",
  needs: {
    programs: ["node", "psql", "createdb", "redis-server", "redis-cli"],
    files: ["/usr/lib/postgresql"],
  },
  files: {
    "package.json": '{ "name": "prices", "type": "module", "private": true }\n',
    ".gitignore": "junit.xml\n",
    "prices.mjs": STORE,
    "prices.test.mjs": TEST,
  },
  config: CONFIG,
  change: {
    "prices.mjs": STORE.replace(
      "export function price(weight) {\n",
      'export function price(weight) {\n  if (weight < 0) throw new RangeError("weight");\n',
    ),
    "prices.test.mjs": `${TEST}test("a weight below 0 is refused", () => assert.throws(() => price(-1), RangeError));\n`,
  },
  shownBy: "prices.test.mjs > a weight below 0 is refused",
  failToPass: ["a weight below 0 is refused"],
  passToPass: 1,
};
