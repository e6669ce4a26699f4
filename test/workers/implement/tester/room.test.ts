import { describe, expect, test } from "vitest";
import type { SandboxCommand, SandboxSession, Workspace } from "../../../../src/ports/sandbox.ts";
import type { Attempt } from "../../../../src/workers/implement/attempt.ts";
import type { Bench } from "../../../../src/workers/implement/bench.ts";
import { createRoom, type Room, sessionIn } from "../../../../src/workers/implement/tester/room.ts";
import { createFakeRepository } from "../../../fakes/repository.ts";
import { createFakeSandbox, exited } from "../../../fakes/sandbox.ts";
import { lineOrder } from "../../orders.ts";

/** A room that says what was done in it. */
function play(parts: { readonly isBroken?: boolean } = {}) {
  const done: string[] = [];
  const session: SandboxSession = {
    request: async (message, timeoutMs) => `${String(message)} in ${timeoutMs}`,
    close: async () => void done.push("close"),
  };
  const room = {
    workspace: async () => {
      done.push("room");
      if (parts.isBroken === true) throw new Error("no room");
      return {} as Workspace;
    },
  } as unknown as Room;
  const open = async () => {
    done.push("open");
    return session;
  };
  return { done, session: sessionIn(room, open) };
}

test("a session opens its room with the first request, once, and is closed with it", async () => {
  const { done, session } = play();
  expect(done).toEqual([]);
  expect(await session.request("a", 5)).toBe("a in 5");
  expect(await session.request("b", 6)).toBe("b in 6");
  await session.close();
  expect(done).toEqual(["room", "open", "close"]);
});

test("a session that nobody used costs no room", async () => {
  const { done, session } = play();
  await session.close();
  expect(done).toEqual([]);
});

test("where there is no room each request says so, and closing is none", async () => {
  const { done, session } = play({ isBroken: true });
  await expect(session.request("a", 5)).rejects.toThrow("no room");
  await expect(session.request("b", 5)).rejects.toThrow("no room");
  await session.close();
  expect(done).toEqual(["room"]);
});

/** The coder's workspace, and the rooms that a tester gets beside it. */
async function createRooms(parts: { readonly copies?: boolean; readonly fails?: string } = {}) {
  const repository = createFakeRepository();
  const base = repository.commit({ "src/zones.ts": "NO: 1\n" });
  const sandbox = createFakeSandbox({
    run: ({ command }) => exited(command === parts.fails ? 1 : 0, "no network"),
  });
  const made = await sandbox.workspace(async () => undefined);
  const snapshot = async () => () => sandbox.workspace(async () => undefined);
  const first: Workspace = parts.copies === true ? { ...made, snapshot } : made;
  const baseline = { commit: base, files: new Map(), ignore: [] };
  const order = lineOrder({ base });
  const bench = {
    order,
    workspace: first,
    subject: { base, tree: base },
    remainingMs: () => 9_000,
  };
  const given = { baseline, workspace: first, ports: { sandbox, repository } };
  const room = createRoom(bench as unknown as Bench, given as unknown as Attempt);
  const done = () =>
    sandbox.calls
      .filter(({ workspace }) => workspace > 1)
      .map(({ workspace, method, argument }) => {
        const command = method === "run" ? ` ${(argument as SandboxCommand).command}` : "";
        return `${workspace} ${method}${command}`;
      })
      .filter((line) => !/write|readFile/.test(line));
  return { room, done, base, baseline, sandbox, repository };
}

describe("a room", () => {
  test("is a copy of the workspace where the sandbox makes one: nothing runs in it again", async () => {
    const { room, done, repository, sandbox, baseline } = await createRooms({ copies: true });
    const workspace = await room.workspace();
    expect(await room.workspace()).toBe(workspace);
    expect(done()).toStrictEqual(["2 fill", "2 remember"]);
    expect(sandbox.calls.at(-1)?.argument).toBe(baseline);
    expect(repository.materialized).toStrictEqual([]);
    await room.close();
    expect(done().at(-1)).toBe("2 close");
  });

  test("is made anew elsewhere: the base's files, setup, then each check for what it leaves behind", async () => {
    const { room, done, repository, base } = await createRooms();
    await room.workspace();
    expect(repository.materialized).toStrictEqual([
      { treeish: base, directory: "/fake/workspace-2" },
    ]);
    expect(done()).toStrictEqual([
      "2 fill",
      "2 run npm ci",
      "2 run npm run lint",
      "2 run npm test",
      "2 remember",
    ]);
  });

  test("whose setup fails is none, says why, and is closed", async () => {
    const { room, done } = await createRooms({ fails: "npm ci" });
    await expect(room.workspace()).rejects.toThrow(
      /^setup in a second workspace: it failed with exit code 1 after 0\.0 s on the base commit: no network$/,
    );
    expect(done()).toStrictEqual(["2 fill", "2 run npm ci"]);
    await room.close();
    expect(done().at(-1)).toBe("2 close");
  });

  test("that nobody opened has nothing to close", async () => {
    const { room, done } = await createRooms();
    await room.close();
    expect(done()).toStrictEqual([]);
  });
});
