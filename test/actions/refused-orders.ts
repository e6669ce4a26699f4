import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { canonicalJson } from "../../src/domain/digest.ts";
import { lineOrder } from "../workers/orders.ts";
import { type ActionRun, createRig, type Rig } from "./rig.ts";

/** What every worker does with an order that is not one of this run: it says why and leaves nothing behind. */
export function refusesOtherOrders(name: string): void {
  let rig: Rig;
  beforeEach(() => {
    rig = createRig();
  });
  afterEach(() => rig.remove());

  const give = (content: string, changes: Readonly<Record<string, string>> = {}) => {
    const { path, digest } = rig.hand("order.json", content);
    return rig.run({ name, inputs: { order: path, "order-digest": digest, ...changes } });
  };
  const refused = (run: ActionRun, reason: RegExp) => {
    expect(run.commands).toHaveLength(1);
    expect(run.commands[0]).toMatch(/^::error::/);
    expect(run.commands[0]).toMatch(reason);
    expect(run).toMatchObject({ exitCode: 1, outputs: {}, summary: "", lines: [] });
    expect(run.proposal).toBeUndefined();
    expect(run.files.filter((path) => path !== "handover/order.json")).toEqual([]);
  };
  const ORDER = canonicalJson(lineOrder());
  const text = (changes: object) => JSON.stringify({ ...lineOrder(), ...changes });

  test("no order", async () => {
    refused(await rig.run({ name }), /Input order is missing: pass the path of the order/);
  });

  test("a path where no file is", async () => {
    const run = await rig.run({ name, inputs: { order: join(rig.temporary, "gone.json") } });
    refused(run, /The order cannot be read: .*gone\.json/);
  });

  test("another digest than the one announced", async () => {
    const run = await give(ORDER, { "order-digest": "0".repeat(64) });
    refused(run, /The order has digest [0-9a-f]{64}, .* announced "0{64}"\. Pass its output/);
  });

  test("no digest", async () => {
    refused(await give(ORDER, { "order-digest": "" }), /announced ""/);
  });

  test("an unknown key whose name is a workflow command", async () => {
    const run = await give(
      text({ "x\n::set-env name=NODE_OPTIONS::--require=y\n::stop-commands::z": 1 }),
    );
    refused(run, /The order is not one of this version: .*[Uu]nrecognized key/);
  });

  test.each([
    ["no JSON", "{", /The order is not JSON/],
    ["bytes that are no UTF-8", "\xff\xfe", /The order is not/],
    ["another version", text({ version: 2 }), /The order is not one of this version: version/],
    ["a base that is no commit", text({ base: "--upload-pack=x" }), /: base/],
    [
      "a repository that is none",
      text({ repository: { id: 1, name: "a b", defaultBranch: "m" } }),
      /: repository\.name/,
    ],
    [
      "more bytes than are read",
      `${ORDER}${" ".repeat(4_000_000)}`,
      /bytes, at most 4000000 are read/,
    ],
  ])("%s", async (_, content, reason) => {
    refused(await give(content), reason);
  });

  test("an order behind a link", async () => {
    const { path, digest } = rig.hand("order.json", ORDER);
    const link = join(rig.workspace, "link.json");
    symlinkSync(path, link);
    const run = await rig.run({ name, inputs: { order: link, "order-digest": digest } });
    refused(run, /The order cannot be read/);
  });

  test("a job without a folder for temporary files", async () => {
    const { path, digest } = rig.hand("order.json", ORDER);
    const inputs = { order: path, "order-digest": digest };
    const run = await rig.run({ name, inputs, environment: { RUNNER_TEMP: undefined } });
    expect(run.exitCode).toBe(1);
    expect(run.commands.at(-1)).toMatch(/^::error::RUNNER_TEMP is not set/);
  });
}
