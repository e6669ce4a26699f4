import { describe, expect, test } from "vitest";
import { BOARD_MARKER } from "../../../../src/wording/issue/board.ts";
import {
  CONFIG,
  doorbell,
  newLine,
  schedule,
  submit,
  type TestLine,
  toBuilding,
  toProposed,
} from "../../line.ts";

const ASKED = `${CONFIG}board: true\n`;

/** A heartbeat, and the board where that says so; what the heartbeat said is next. */
async function beat(line: TestLine): Promise<string> {
  line.nextRun();
  const { next } = await line.run("heartbeat", { event: schedule });
  if (next.endsWith("board")) {
    expect(await line.run("board", { event: schedule })).toMatchObject({ ok: true });
  }
  return next;
}

function written({ github }: TestLine): readonly string[] {
  return github.applied
    .map(({ effect }) => effect.kind)
    .filter((kind) => kind === "open-issue" || kind === "edit-issue");
}

/** The text of the board that was written last, but for its own marker. */
function boardOf({ github }: TestLine): string {
  const last = github.applied.findLast(
    ({ effect }) => effect.kind === "open-issue" || effect.kind === "edit-issue",
  );
  return last !== undefined && "body" in last.effect ? last.effect.body : "";
}

describe("the board", () => {
  test("is opened once, and edited in place once an hour has passed", async () => {
    const line = newLine({ config: ASKED });
    expect(await beat(line)).toBe("board");
    expect(await beat(line)).toBe("none");
    line.pass(3_500);
    expect(await beat(line)).toBe("board");
    expect(written(line)).toEqual(["open-issue", "edit-issue"]);
    expect(boardOf(line).split("\n").at(-1)).toBe(BOARD_MARKER);
  });

  test("is nobody's where the config does not ask: no job more, nothing more looked at", async () => {
    const line = newLine();
    await toProposed(line);
    expect(await beat(line)).toBe("none");
    expect(line.github.scopes.at(-1)?.issues).toEqual([]);
    const result = await line.run("board", { event: schedule });
    expect(result).toMatchObject({ effects: [], ok: true });
    expect(result.summary).toContain("the config has no board");
  });

  test("says who is waited for, for how long, and what is in work", async () => {
    const line = newLine({ config: ASKED });
    const proposed = await toProposed(line);
    const { issue } = await toBuilding(line);
    const queued = submit(line);
    line.pass(90 * 60);
    await beat(line);
    const link = (number: number) => `[${number}](https://github.com/OWNER/app/issues/${number})`;
    const text = boardOf(line);
    expect(text).toContain(
      "**The line runs.** 1 decision waits for people: 1 h 30 min in all. 1 issue is in work.",
    );
    expect(text).toContain(
      `| ${link(proposed)} greeting | approval of its contract; of whom: ada | 1 h 30 min |`,
    );
    expect(text).toContain(`| ${link(issue)} greeting 2 | building | 1 h 30 min |`);
    expect(text).toContain(`Wait for their turn: ${link(queued)}.`);
    expect(text).toMatch(/\*\*\$0\.20\*\* of \$50\.00; work under way may still spend \$4\.90\./);
  });

  test("knows for how long somebody waits whose ledger nobody has written to for days", async () => {
    const line = newLine({ config: ASKED });
    await toProposed(line);
    line.pass(72 * 3_600);
    await beat(line);
    expect(boardOf(line)).toContain("1 decision waits for people: 72 h in all");
  });

  test("names those who are asked by the config", async () => {
    const line = newLine({ config: `${ASKED}ask: [wil, acme/owners]\n` });
    await toProposed(line);
    await beat(line);
    expect(boardOf(line)).toContain("; of whom: wil, acme/owners |");
  });

  test("is written under an andon, which it shows first", async () => {
    const line = newLine({ config: ASKED });
    const andon = submit(line, "factory:andon");
    expect(await beat(line)).toBe("board");
    expect(boardOf(line)).toContain("**The line is stopped.**");
    expect(boardOf(line)).toContain(`ada put the label on issue ${andon}`);
    expect(boardOf(line)).not.toContain("The line runs");
  });

  test("says of labels that name no one stage that they do not", async () => {
    const line = newLine({ config: ASKED });
    const labels = ["factory:ready", "factory:gating"];
    const issue = line.github.addIssue({ author: "ada", title: "two", body: "", labels });
    await beat(line);
    expect(boardOf(line)).toContain(`Labels that do not name one stage: [${issue}]`);
  });

  test("is known by its author: what a person wrote with its last line is left alone", async () => {
    const line = newLine({ config: ASKED });
    const body = `Last heartbeat: 2026-11-20 09:00 UTC.\n\n${BOARD_MARKER}`;
    const forged = line.github.addIssue({ author: "wil", title: "board", body, labels: [] });
    expect(await beat(line)).toBe("board");
    expect(written(line)).toEqual(["open-issue"]);
    expect(line.github.issue(forged).body).toBe(body);
  });

  test.each([
    ["its beat was put into the future", "2027-01-01 00:00"],
    ["its beat is no time", "soon"],
  ])("is written again where %s", async (_, beatText) => {
    const line = newLine({ config: ASKED });
    await beat(line);
    const number = Number(
      line.github.applied.flatMap(({ receipt }) =>
        "number" in receipt ? [receipt.number] : [],
      )[0],
    );
    const { body } = line.github.issue(number);
    const changed = body.replace(/beat: [-\d]+ [:\d]+/, `beat: ${beatText}`);
    line.github.changeIssue(number, { body: changed });
    expect(await beat(line)).toBe("board");
    expect(written(line)).toEqual(["open-issue", "edit-issue"]);
  });

  test("follows beside alerts", async () => {
    const sentry = "incidents: { sentry: { organization: acme, project: 4242 } }\n";
    const line = newLine({ config: `${ASKED}${sentry}` });
    line.nextRun();
    const { next } = await line.run("heartbeat", { event: schedule });
    expect(next).toBe("incident-and-board");
  });

  test("is not written for a stranger who starts it, nor by a config that nobody can read", async () => {
    const line = newLine({ config: ASKED });
    line.nextRun();
    await line.run("board", { event: doorbell(line.github, "", "rea") });
    line.github.setConfig(`${ASKED}bord: true\n`);
    expect(await line.run("board", { event: schedule })).toMatchObject({ ok: true, next: "none" });
    expect(await beat(line)).toBe("none");
    expect(written(line)).toEqual([]);
  });
});

describe("scheduled workflows", () => {
  const AUDIT = ".github/workflows/factory-audit.yml";
  const FAILED = ["failure", "timed_out", "failure", "success"];

  async function beats(line: TestLine): Promise<readonly string[]> {
    const before = line.github.applied.length;
    line.pass(3_600);
    expect(await beat(line)).toBe("board");
    return line.github.applied
      .slice(before)
      .map(
        ({ effect }) => `${effect.kind} ${"marker" in effect ? effect.marker.slice(25, -1) : ""}`,
      );
  }

  test("that fail three times in a row get one issue, which closes once they succeed", async () => {
    const line = newLine({ config: ASKED });
    line.github.scheduled(AUDIT, ...FAILED);
    expect(await beats(line)).toEqual(["open-issue automations", "open-issue board", "pin-issue "]);
    expect(boardOf(line)).toContain(
      "| `factory-audit.yml` | 2026-11-16 03:17 UTC | 2026-11-19 03:17 UTC |",
    );
    expect(boardOf(line)).toContain("Failed three times in a row: `factory-audit.yml`");
    expect(await beats(line)).toEqual(["edit-issue board"]);
    line.github.scheduled(".github/workflows/night.yml", ...FAILED);
    expect(await beats(line)).toEqual(["edit-issue automations", "edit-issue board"]);
    line.github.scheduled(AUDIT, "success", ...FAILED);
    line.github.scheduled(".github/workflows/night.yml", "success", ...FAILED);
    expect(await beats(line)).toEqual(["close-issue ", "edit-issue board"]);
    expect(boardOf(line)).not.toContain("three times in a row");
  });

  test("whose issue a person closed are not told of again, and another one is", async () => {
    const line = newLine({ config: ASKED });
    line.github.scheduled(AUDIT, ...FAILED);
    await beats(line);
    const opened = line.github.applied[0]?.receipt;
    const issue = opened !== undefined && "number" in opened ? opened.number : 0;
    line.github.changeIssue(issue, { state: "closed" });
    expect(await beats(line)).toEqual(["edit-issue board"]);
    line.github.scheduled(".github/workflows/night.yml", ...FAILED);
    expect(await beats(line)).toEqual(["open-issue automations", "edit-issue board"]);
  });

  test("that are not among the last runs any more have not succeeded: their issue stays", async () => {
    const line = newLine({ config: ASKED });
    line.github.scheduled(AUDIT, ...FAILED);
    await beats(line);
    line.github.scheduled(AUDIT);
    line.github.scheduled(".github/workflows/night.yml", "success");
    expect(await beats(line)).toEqual(["edit-issue board"]);
  });

  test("are told of without a second issue where the board could not be written the first time", async () => {
    const line = newLine({ config: ASKED });
    await beats(line);
    line.github.scheduled(AUDIT, ...FAILED);
    line.github.refuseNext("edit-issue", { status: 502, reason: "Bad Gateway" });
    line.pass(3_600);
    line.nextRun();
    expect(await line.run("board", { event: schedule })).toMatchObject({ ok: false });
    expect(await beats(line)).toEqual(["edit-issue board"]);
    expect(boardOf(line)).toContain("Failed three times in a row");
  });
});

describe("the place of the board", () => {
  const pins = ({ github }: TestLine) =>
    github.applied.filter(({ effect }) => effect.kind === "pin-issue").length;

  /** An hour passes, and the board is written anew. */
  async function nextBoard(line: TestLine): Promise<void> {
    line.pass(3_600);
    expect(await beat(line)).toBe("board");
  }

  test("it is pinned when it is opened, and never again", async () => {
    const line = newLine({ config: ASKED });
    await beat(line);
    expect(written(line)).toEqual(["open-issue"]);
    expect(pins(line)).toBe(1);
    await nextBoard(line);
    expect(pins(line)).toBe(1);
    expect(boardOf(line)).not.toContain("Not pinned");
  });

  test("one that a person took down stays down", async () => {
    const line = newLine({ config: ASKED });
    await beat(line);
    line.github.unpin(1);
    await nextBoard(line);
    expect(pins(line)).toBe(1);
    expect(boardOf(line)).not.toContain("Not pinned");
  });

  test("where a run died before it pinned, the next one does", async () => {
    const line = newLine({ config: ASKED });
    line.nextRun();
    await line.run("heartbeat", { event: schedule });
    line.github.dieAfter(1);
    await expect(line.run("board", { event: schedule })).rejects.toThrow("The machine is gone");
    line.github.dieAfter(undefined);
    expect([written(line).length, pins(line)]).toEqual([1, 0]);
    await nextBoard(line);
    expect(pins(line)).toBe(1);
  });

  test("where three are pinned it says so, goes on, and is pinned once there is room", async () => {
    const line = newLine({ config: ASKED });
    for (const issue of [101, 102, 103]) line.github.pin(issue);
    await beat(line);
    expect(pins(line)).toBe(0);
    expect(boardOf(line)).toContain("Not pinned: 3 issues are pinned already");
    await nextBoard(line);
    expect(pins(line)).toBe(0);
    expect(boardOf(line)).toContain("Not pinned: 3 issues are pinned already");
    line.github.unpin(102);
    await nextBoard(line);
    expect(pins(line)).toBe(1);
    expect(boardOf(line)).not.toContain("Not pinned");
  });

  test("where GitHub refuses it says so, and does not ask again for this board", async () => {
    const line = newLine({ config: ASKED });
    line.github.refuseNext("pin-issue", { status: 403, reason: "Resource not accessible" });
    await beat(line);
    expect(boardOf(line)).toContain("Not pinned: GitHub does not let the factory do it");
    expect(pins(line)).toBe(1);
    await nextBoard(line);
    expect(pins(line)).toBe(1);
    expect(boardOf(line)).toContain("Not pinned: GitHub does not let the factory do it");
    line.github.pin(1);
    await nextBoard(line);
    expect(boardOf(line)).not.toContain("Not pinned");
  });

  test("an answer that was lost says nothing: the next beat looks", async () => {
    const line = newLine({ config: ASKED });
    line.github.refuseNext("pin-issue", { cause: "no-answer", reason: "lost" });
    await beat(line);
    expect(boardOf(line)).not.toContain("Not pinned");
    await nextBoard(line);
    expect(pins(line)).toBe(2);
  });
});
