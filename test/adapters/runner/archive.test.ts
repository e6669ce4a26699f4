import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createArchive } from "../../../src/adapters/runner/archive.ts";
import { Leaked } from "../../../src/adapters/runner/withhold.ts";

const FOLDER = join("/temp/of/the/job", "millwright", "evidence");
const before = process.env.RUNNER_TEMP;
beforeEach(() => {
  process.env.RUNNER_TEMP = "/temp/of/the/job";
});
afterEach(() => {
  if (before === undefined) delete process.env.RUNNER_TEMP;
  else process.env.RUNNER_TEMP = before;
});

function rig(limits?: Parameters<typeof createArchive>[1]) {
  const files = new Map<string, string>();
  const warnings: string[] = [];
  const outputs: string[] = [];
  const archive = createArchive(
    {
      writeFile: async (path, content) => {
        if (content.includes("hunter2")) {
          throw new Leaked({ code: "secret-found", subject: path, found: "KEY" });
        }
        files.set(path.slice(FOLDER.length + 1), content);
      },
      output: (name, value) => void outputs.push(`${name}=${value}`),
      warning: (line) => void warnings.push(line),
    },
    limits,
  );
  return { archive, files, warnings, outputs };
}

describe("the archive of a run", () => {
  test("keeps files below its folder and names it", async () => {
    const { archive, files, outputs } = rig();
    await archive.keep("change/test/output.txt", "all");
    expect([...files]).toEqual([["change/test/output.txt", "all"]]);
    expect(outputs).toEqual([`evidence=${FOLDER}`]);
  });

  test("says nothing of itself where nothing was kept", () => {
    expect(rig().outputs).toEqual([]);
  });

  test.each([
    ["../../etc/passwd", "_/_/etc/passwd"],
    ["/etc/passwd", "etc/passwd"],
    ["a/./b", "a/_/b"],
    ["a b\n::set-output::c", "a_b_::set-output::c".replaceAll(":", "_")],
    ["", "unnamed"],
    ["x".repeat(400), "x".repeat(200)],
  ])("keeps %j as %s, never outside", async (name, kept) => {
    const { archive, files } = rig();
    await archive.keep(name, "text");
    expect([...files.keys()]).toEqual([kept]);
  });

  test("gives two files of one name, in whatever case, a place each", async () => {
    const { archive, files } = rig();
    for (const name of ["a.xml", "A.xml", "a.xml"]) await archive.keep(name, name);
    expect([...files.keys()]).toEqual(["a.xml", "A.xml.2", "a.xml.2".replace("2", "3")]);
  });

  test("keeps the end of what is too long, and names what there is no room for", async () => {
    const { archive, files, warnings } = rig({ files: 2, characters: 1_000, eachCharacters: 10 });
    for (const name of ["a", "b", "c"]) await archive.keep(name, `${name}${"x".repeat(20)}end`);
    expect(files.get("a")).toMatch(/^\(its beginning is left out\)\nx{7}end$/);
    expect(warnings).toEqual(["Left out of the archive, which is full: c"]);
  });

  test("leaves out what holds a secret of the job, and says so", async () => {
    const { archive, files, warnings, outputs } = rig();
    await archive.keep("output.txt", "it is hunter2");
    expect([files.size, outputs]).toEqual([0, []]);
    expect(warnings).toEqual(["Left out of the archive: output.txt holds a secret of this job."]);
  });
});
