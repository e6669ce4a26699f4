import { expect, test } from "vitest";
import type { SandboxSession, Workspace } from "../../../../src/ports/sandbox.ts";
import { type Room, sessionIn } from "../../../../src/workers/implement/tester/room.ts";

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
