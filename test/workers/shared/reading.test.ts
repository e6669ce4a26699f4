import { describe, expect, test } from "vitest";
import { READ_LIMITS } from "../../../src/domain/proposal.ts";
import { startMeter } from "../../../src/workers/shared/meter.ts";
import { noteReading } from "../../../src/workers/shared/reading.ts";
import { createFakeClock } from "../../fakes/clock.ts";

function toolOf(name: string, run: () => Promise<string> = async () => "text") {
  return { name, description: name, inputSchema: { type: "object" }, run };
}

describe("what a model looked at", () => {
  test.each([
    ["read", { file_path: "src/a.ts" }, ["src/a.ts"]],
    ["read", { file_path: "/ws/src/a.ts", view_range: [1, 2] }, ["src/a.ts"]],
    ["read", { file_path: "./src/a.ts" }, ["src/a.ts"]],
    ["glob", { pattern: "src/**" }, ["src/** (listed)"]],
    ["grep", { pattern: "words", path: "." }, ["** (searched)"]],
    ["grep", { pattern: "words" }, ["** (searched)"]],
    ["read_file", { path: "src/a.ts", from: 3 }, ["src/a.ts"]],
    ["list_files", {}, ["** (listed)"]],
    ["search", { text: "words", glob: "docs/**" }, ["docs/** (searched)"]],
    ["write", { file_path: "src/a.ts", content: "x" }, []],
    ["bash", { command: "cat src/a.ts" }, []],
    ["constructor", {}, []],
    ["read", null, ["**"]],
    ["read", { file_path: 7 }, ["**"]],
    ["read", { file_path: "/ws/./src/a.ts" }, ["src/a.ts"]],
    ["read", { file_path: "src/ws/./a.ts" }, ["src/ws/./a.ts"]],
    ["read", { path: "other", file_path: "src/a.ts" }, ["src/a.ts"]],
  ])("%s %j is noted as %j", async (name, input, expected) => {
    const lines: string[] = [];
    const tool = noteReading(toolOf(name), (line) => lines.push(line));
    expect(await tool.run(input)).toBe("text");
    expect(lines).toEqual(expected);
  });

  test("is not noted where the look failed", async () => {
    const lines: string[] = [];
    const failing = toolOf("read", () => Promise.reject(new Error("no such file")));
    const tool = noteReading(failing, (line) => lines.push(line));
    await expect(tool.run({ file_path: "a" })).rejects.toThrow("no such file");
    expect(lines).toEqual([]);
  });

  test("is told whole as long as it fits", () => {
    const meter = startMeter(createFakeClock());
    const names = Array.from({ length: READ_LIMITS.lines }, (_, index) => `file ${index}`);
    for (const name of names) meter.noteRead(name);
    expect(meter.spent().read).toEqual(names);
  });

  test("is told once each, bounded, and what does not fit is counted", () => {
    const meter = startMeter(createFakeClock());
    expect(meter.spent()).not.toHaveProperty("read");
    for (const name of ["a", "b", "a", "x".repeat(1_000)]) meter.noteRead(name);
    expect(meter.spent().read?.map(({ length }) => length)).toEqual([1, 1, READ_LIMITS.length]);
    for (let index = 0; index < 500; index += 1) meter.noteRead(`file ${index}`);
    const read = meter.spent().read ?? [];
    expect(read).toHaveLength(READ_LIMITS.lines);
    expect(read.at(-1)).toBe("and 304 more");
  });
});
