import { expect, test } from "vitest";
import { aboutItsTree, deliveries, green, newLine, toBuilding } from "../../line.ts";

test.each([
  ["has it", "src/aux.ts", { known: new TextEncoder().encode("one\n") }, "release"],
  ["has no such file", "src/aux.ts", { known: null }, "none"],
  ["could not be read", "src/aux.ts", { unknown: "503" }, "none"],
])("a name that no new file may have is taken where the base %s", async (_, path, held, next) => {
  const line = newLine();
  const building = await toBuilding(line);
  const proposals = green(line.github, building.order);
  const { files } = proposals.implement.changeSet;
  files.push({ path, mode: "100644", encoding: "utf-8", content: "two\n" });
  aboutItsTree(line.github, proposals);
  const asked: unknown[] = [];
  const result = await line.run("settle", {
    ...building,
    proposals: deliveries(proposals),
    bytesAt: async (commit, paths) => {
      asked.push([commit, paths]);
      return paths.map(() => held);
    },
  });
  expect(asked).toEqual([[building.order.base, [path]]]);
  expect(result.next).toBe(next);
});
