import { join } from "node:path";
import { parse } from "yaml";
import { ROOT, readText } from "./rig.ts";

type Roles = Readonly<Record<string, readonly unknown[]>>;

async function rolesOf(script: string): Promise<Roles> {
  const text = await readText(join(ROOT, "test/line/scripts", `${script}.yml`));
  return (parse(text) as { readonly roles: Roles }).roles;
}

/** Every attempt is built alike, and the reviewer sends all but the last one back. */
export async function sentBack(times: number): Promise<Roles> {
  const { architect, coder } = await rolesOf("two-attempts");
  const { reviewer } = await rolesOf("rework");
  const [again, approval] = reviewer ?? [];
  const repeated = (turns: readonly unknown[] = []) => Array(times + 1).fill(turns[0]);
  return {
    architect: repeated(architect),
    coder: Array(times + 1)
      .fill(coder?.slice(0, (coder?.length ?? 0) / 2))
      .flat(),
    reviewer: [...Array(times).fill(again), approval],
  };
}
