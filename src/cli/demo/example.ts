import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseDocument } from "yaml";
import { setLimits } from "./raise-limits.ts";
import type { Limits } from "./scenario.ts";

/** What stands for a fact of this machine in the example's config. */
interface ExampleFacts {
  /** Folder of the toolchain that the example borrows: this project's node_modules. */
  readonly toolchain: string;
  /** Where the example is deployed to. */
  readonly production: string;
  /** What stands in the config in place of its `smoke`; undefined leaves it as it is. */
  readonly smoke?: unknown;
  /** What stands in the config beside its `limits`. */
  readonly limits?: Limits | undefined;
  /** Files that read otherwise, by path. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Lays the bundled example repository into an empty folder, with the factory's caller workflow as a stranger would add it
 * and the facts of this machine filled in.
 */
export async function layExample(
  millwright: string,
  target: string,
  facts: ExampleFacts,
): Promise<void> {
  await cp(join(millwright, "src/twin/example"), target, { recursive: true });
  await cp(
    join(millwright, "workflow-templates/factory.yml"),
    join(target, ".github/workflows/factory.yml"),
  );
  for (const [path, content] of Object.entries(facts.files)) {
    await mkdir(dirname(join(target, path)), { recursive: true });
    await writeFile(join(target, path), content);
  }
  const config = join(target, ".github/factory.yml");
  const document = parseDocument(await readFile(config, "utf8"));
  if (facts.smoke !== undefined) document.set("smoke", facts.smoke);
  setLimits(document, facts.limits);
  const text = document.toString();
  const filled = text
    .replaceAll("@TOOLCHAIN@", () => facts.toolchain)
    .replaceAll("@PRODUCTION@", () => facts.production);
  await writeFile(config, filled);
}
