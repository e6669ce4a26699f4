import { join } from "node:path";
import { canonicalJson, digestOf } from "../../domain/digest.ts";
import { digestOfOrder, type Order, Order as OrderSchema } from "../../domain/order.ts";
import type { Runner } from "../../ports/runner.ts";
import { parseHanded, readHanded } from "./handed-file.ts";

const ORDER_BYTES = 4_000_000;

/**
 * The order of this run, from the file at `path`, checked against the announced digest. Throws with the step to repair
 * if it is missing, has other bytes, or is no order.
 */
export async function readOrder(runner: Runner, path: string): Promise<Order> {
  if (path === "") {
    throw new Error(
      "Input order is missing: pass the path of the order that control made in this run.",
    );
  }
  const bytes = await readHanded(runner, { name: "order", path, maximumBytes: ORDER_BYTES });
  const announced = runner.input("order-digest");
  const found = digestOf(bytes);
  if (found !== announced) {
    throw new Error(
      `The order has digest ${found}, the job that made it announced "${announced}". Pass its output order-digest, unchanged.`,
    );
  }
  return parseHanded(OrderSchema, bytes, "order");
}

/** Writes the order in its canonical form, so that the file's SHA-256 is the order's digest. */
export async function writeOrder(runner: Runner, order: Order): Promise<void> {
  const path = join(temporaryFolder(), "order.json");
  await runner.writeFile(path, canonicalJson(order));
  runner.output("order", path);
  runner.output("order-digest", digestOfOrder(order));
  runner.output("base", order.base);
  runner.output("programs-from", (order.kind === "release" && order.release.programsFrom) || "");
}

/** The runner's folder for one job, which the sandbox never sees. */
export function temporaryFolder(): string {
  const folder = process.env.RUNNER_TEMP;
  if (folder === undefined || folder === "") {
    throw new Error(
      "RUNNER_TEMP is not set: an action of Millwright runs in a GitHub Actions job.",
    );
  }
  return join(folder, "millwright");
}
