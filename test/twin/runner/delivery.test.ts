import { describe, expect, test } from "vitest";
import type { TwinEvent } from "../../../src/twin/github/twin-github.ts";
import { createDelivery, type Delivery } from "../../../src/twin/runner/delivery.ts";

async function deliver(
  delivery: Delivery,
  names: readonly string[] = ["push", "issues"],
): Promise<readonly string[]> {
  const arrived: string[] = [];
  const under: Promise<void>[] = [];
  const send = createDelivery(
    delivery,
    ({ name }) => void arrived.push(name),
    (work) => void under.push(work),
  );
  for (const name of names) send({ name } as TwinEvent);
  await Promise.all(under);
  return arrived;
}

describe("events reach the runner", () => {
  test.each([
    ["at once, once and in order", {}, ["push", "issues"]],
    ["more than once", { times: 2 }, ["push", "push", "issues", "issues"]],
    ["late, and the last one first", { lateMs: 1 }, ["issues", "push"]],
    ["late and twice", { lateMs: 1, times: 2 }, ["issues", "issues", "push", "push"]],
  ] satisfies readonly [string, Delivery, readonly string[]][])(
    "%s",
    async (_, delivery, arrived) => {
      expect(await deliver(delivery, ["push", "issues"])).toEqual(arrived);
    },
  );

  test("but dispatches each once", async () => {
    const names = ["workflow_dispatch", "repository_dispatch", "push"];
    expect(await deliver({ times: 2 }, names)).toEqual([...names, "push"]);
  });
});
