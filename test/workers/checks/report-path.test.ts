import { expect, test } from "vitest";
import { locate } from "../../../src/workers/checks/report-path.ts";

test.each([
  ["/ws/test/a.ts", "test/a.ts"],
  ["/host/workspace-1/test/a.ts", "test/a.ts"],
  ["file:///ws/test/a.ts", "test/a.ts"],
  ["./test/a.ts", "test/a.ts"],
  ["/wsx/test/a.ts", "/wsx/test/a.ts"],
  ["reads file:///ws/a.ts", "reads file:///ws/a.ts"],
  ["v1./a.ts", "v1./a.ts"],
])("%s is %s in the repository", (path, expected) => {
  expect(locate(path, ["/host/workspace-1//", "/ws"])).toBe(expected);
});
