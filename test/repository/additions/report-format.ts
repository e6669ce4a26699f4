import type { Addition } from "./addition.ts";

export const REPORT_FORMAT: Addition = {
  what: "a report format",
  edits: [
    {
      file: "src/domain/config/test-report.ts",
      find: `  "trx",\n] as const;`,
      replace: `  "trx",\n  /** One test a line: its name, a tab, its status. */\n  "tabbed",\n] as const;`,
    },
    {
      file: "src/workers/checks/reports/tabbed.ts",
      content: `import { TestStatus } from "../../../domain/evidence.ts";
import type { ReadingTask } from "./test-list.ts";

/** Reads one test a line. */
export function readTabbed(text: string, { list }: ReadingTask): void {
  for (const line of text.split("\\n")) {
    const [name = "", status] = line.split("\\t");
    const parsed = TestStatus.safeParse(status);
    if (parsed.success) list.add([name], parsed.data);
  }
}
`,
    },
    {
      file: "src/workers/checks/reports/read-tests.ts",
      find: `  tap: asText(readTap),`,
      replace: `  tap: asText(readTap),\n  tabbed: asText(readTabbed),`,
    },
    {
      file: "src/workers/checks/reports/read-tests.ts",
      find: `import { readTap } from "./tap.ts";`,
      replace: `import { readTabbed } from "./tabbed.ts";\nimport { readTap } from "./tap.ts";`,
    },
  ],
  proof: `
    import { TestReport } from "./src/domain/config/test-report.ts";
    import { readTests } from "./src/workers/checks/reports/read-tests.ts";
    const { format } = TestReport.parse({ format: "tabbed", files: "tests.txt" });
    export const shown = readTests(format, [{ content: "adds\\tpassed\\n" }], []);
  `,
  expected: { tests: [{ name: "adds", status: "passed" }] },
};
