import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ACT, findAct } from "../../../src/cli/act/tool.ts";

async function cache() {
  const folder = await mkdtemp(join(tmpdir(), "millwright-act-"));
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
const nothing = (line: string) => {
  throw new Error(`nothing is to be said: ${line}`);
};

test("without Go act is skipped, and it is said where to get Go", async () => {
  await using place = await cache();
  const found = await findAct({ PATH: place.folder, XDG_CACHE_HOME: place.folder }, nothing, []);
  expect(found).toEqual({ skipped: expect.stringContaining("https://go.dev/doc/install") });
});

test("what was installed once is used again, and needs no Go", async () => {
  await using place = await cache();
  const folder = join(place.folder, "millwright", `act-${ACT.version}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "act"), "");
  const found = await findAct({ PATH: "", XDG_CACHE_HOME: place.folder }, nothing, []);
  expect(found).toEqual({ path: join(folder, "act") });
});

test("an install that fails is a reason to skip, with what Go said last", async () => {
  await using place = await cache();
  await writeFile(
    join(place.folder, "go"),
    "#!/bin/sh\necho first >&2\necho no network >&2\nexit 1\n",
    {
      mode: 0o755,
    },
  );
  const said: string[] = [];
  const environment = { PATH: "", XDG_CACHE_HOME: place.folder };
  const found = await findAct(environment, (line) => said.push(line), [place.folder]);
  expect(found).toEqual({ skipped: expect.stringMatching(/could not be installed: no network$/) });
  expect(said.join()).toContain(ACT.version);
});

test("a cache that cannot be written is a reason to skip", async () => {
  await using place = await cache();
  await writeFile(join(place.folder, "go"), "", { mode: 0o755 });
  const environment = { PATH: "", XDG_CACHE_HOME: join(place.folder, "go") };
  const found = await findAct(environment, () => undefined, [place.folder]);
  expect(found).toEqual({ skipped: expect.stringContaining("ENOTDIR") });
});
