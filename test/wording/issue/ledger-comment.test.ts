import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type LedgerEntry, refuseLedger } from "../../../src/domain/ledger.ts";
import { STAGES } from "../../../src/domain/stage.ts";
import {
  LEDGER_MARKER,
  parseLedgerComment,
  renderLedgerComment,
} from "../../../src/wording/issue/ledger-comment.ts";
import { sayEvent } from "../../../src/wording/issue/ledger-table.ts";
import { BODY_CHARACTERS } from "../../../src/wording/safe-text.ts";
import { cases } from "../../cases.ts";
import { anyLedger, KEY, LIFE, PLACE, sealAll } from "../ledgers.ts";
import { harmOf } from "../markdown-tree.ts";

const LINKS = { repository: "https://github.com/OWNER/millwright" };
const BODY = renderLedgerComment({ entries: LIFE, issue: 3, stage: "done", links: LINKS });

describe("the ledger comment", () => {
  test("parse(render(x)) = x, seals intact, nothing harmful", () => {
    fc.assert(
      fc.property(anyLedger(), fc.constantFrom(...STAGES), (entries, stage) => {
        const body = renderLedgerComment({ entries, issue: 3, stage, links: LINKS });
        const parsed = parseLedgerComment(body);
        expect(parsed).toEqual({ entries });
        if ("entries" in parsed)
          expect(refuseLedger(parsed.entries, { place: PLACE, key: KEY })).toBeUndefined();
        const harm = harmOf(body);
        expect(harm.live).toEqual([]);
        expect(harm.images).toBe(0);
        expect(harm.html).toEqual([
          "<details><summary>Machine-readable log (signed)</summary>",
          "</details>",
        ]);
        expect(harm.links.filter((link) => !link.startsWith(`${LINKS.repository}/`))).toEqual([]);
      }),
      cases(300),
    );
  });

  test("tells the life of an issue", () => {
    expect(BODY.split(/<details>/)[0]).toMatchInlineSnapshot(`
      "### Millwright · ledger

      Stands at **done**.

      \`\`\`mermaid
      flowchart LR
        queued:::past --> proposed:::past --> ready:::past --> building:::past --> gating:::past --> smoking:::past --> done:::here
        classDef past fill:#dafbe1,stroke:#1a7f37,color:#1a7f37
        classDef here fill:#0969da,stroke:#0969da,color:#ffffff
        classDef aside fill:#9a6700,stroke:#9a6700,color:#ffffff
      \`\`\`

      | When (UTC) | What | Took | Cost |
      |---|---|---:|---:|
      | 2026-11-02 08:00 | submitted by person \`1001\` · [run](https://github.com/OWNER/millwright/actions/runs/11) |  |  |
      | 2026-11-02 08:00 | proposed [contract version 1](https://github.com/OWNER/millwright/issues/3#issuecomment-501) · [run](https://github.com/OWNER/millwright/actions/runs/11) | 3.2 s | $0.0123 |
      | 2026-11-02 08:03 | [approved](https://github.com/OWNER/millwright/issues/3#issuecomment-502) by person \`1001\` · [run](https://github.com/OWNER/millwright/actions/runs/12) |  |  |
      | 2026-11-02 08:03 | attempt 1 claimed at [\`0123456\`](https://github.com/OWNER/millwright/commit/0123456789abcdef0123456789abcdef01234567) · [run](https://github.com/OWNER/millwright/actions/runs/12) |  |  |
      | 2026-11-02 08:06 | attempt 1 published as [pull request 4](https://github.com/OWNER/millwright/pull/4), risk low · [run](https://github.com/OWNER/millwright/actions/runs/12) | 1 min 35 s | $0.0123 |
      | 2026-11-02 08:06 | [pull request 4](https://github.com/OWNER/millwright/pull/4) merged by the factory as [\`0123456\`](https://github.com/OWNER/millwright/commit/0123456789abcdef0123456789abcdef01234567) · [run](https://github.com/OWNER/millwright/actions/runs/12) |  |  |
      | 2026-11-02 08:07 | smoke test of [\`0123456\`](https://github.com/OWNER/millwright/commit/0123456789abcdef0123456789abcdef01234567): passed · [run](https://github.com/OWNER/millwright/actions/runs/12) | 4.0 s |  |
      | **So far** | 19.9 k tokens in 4 model calls | 1 min 42 s | $0.0246 |

      "
    `);
  });

  test("names flaky tests of an attempt that was sent back or published, as text", () => {
    const flaky = { all: 7, tests: ["waits | **long**", "@someone"] };
    const sentBack = { kind: "sent-back" as const, attempt: 1, findings: ["slow"], flaky };
    const place = { repository: LINKS.repository, issue: 3 };
    const said = sayEvent(sentBack, place);
    expect(said).toContain("; 7 flaky tests: ");
    expect(said).toMatch(/, …$/);
    expect(said).toContain("waits `¦ **long**`, `@someone`");
  });

  test("says of each red check why, and its name as text", () => {
    const checked = {
      kind: "checked" as const,
      commit: "a".repeat(40),
      red: [
        { name: "CI / unit | @someone", cause: "change" as const },
        { name: "CI / slow", cause: "flaky" as const },
      ],
    };
    const said = sayEvent(checked, { repository: LINKS.repository, issue: 3 });
    expect(said).toContain("the repository's own checks of [`aaaaaaa`]");
    expect(said).toContain(
      "CI / unit `¦ @someone` red by this change, CI / slow failed once and passed once",
    );
  });

  test("says which change a defect escaped, and the release as text", () => {
    const commit = "a".repeat(40);
    const escaped = {
      kind: "escaped" as const,
      pullRequest: 4,
      commit,
      fingerprint: "b".repeat(64),
      release: "v2 | @someone",
    };
    const said = sayEvent(escaped, { repository: LINKS.repository, issue: 3 });
    expect(said).toContain("it came back in the release v2 `¦ @someone`");
    expect(said).toContain(
      `a defect that escaped [pull request 4](${LINKS.repository}/pull/4), merged as`,
    );
    const { release: _, ...unnamed } = escaped;
    expect(sayEvent(unnamed, { repository: LINKS.repository, issue: 3 })).toMatch(
      /^it came back: a defect/,
    );
  });

  test("asks at the top, in at most three lines, when a person is needed", () => {
    const body = renderLedgerComment({
      entries: LIFE.slice(0, 5),
      issue: 3,
      stage: "needs-human",
      ask: "Please merge pull request 4.\nThe risk is high.\nNext: click merge.",
      links: LINKS,
    });
    expect(body.split("\n").slice(0, 8)).toEqual([
      LEDGER_MARKER,
      "",
      "> [!IMPORTANT]",
      "> Please merge pull request 4.",
      "> The risk is high.",
      "> Next: click merge.",
      "",
      "Stands at **needs-human**.",
    ]);
    expect(parseLedgerComment(body)).toEqual({ entries: LIFE.slice(0, 5) });
  });

  test("a long history loses rows, never lines", () => {
    const entry = {
      at: "2026-11-02T08:00:00Z",
      run: 1,
      stage: "ready",
      event: { kind: "sent-back", attempt: 1, findings: ["word ".repeat(55)] },
    } satisfies Omit<LedgerEntry, "sequence">;
    const entries = sealAll(Array.from({ length: 90 }, () => entry));
    const body = renderLedgerComment({ entries, issue: 3, stage: "ready", links: LINKS });
    expect(body.length).toBeLessThanOrEqual(BODY_CHARACTERS);
    expect(body).toMatch(/earlier entries stand in the fold only/);
    expect(parseLedgerComment(body)).toEqual({ entries });
    const tooMany = sealAll(Array.from({ length: 200 }, () => entry));
    expect(() =>
      renderLedgerComment({ entries: tooMany, issue: 3, stage: "ready", links: LINKS }),
    ).toThrow(/issue 3 has outgrown/);
  });

  test.each<[string, (body: string) => string, RegExp]>([
    ["another first line", (body) => `hello\n${body}`, /first line/],
    ["no fold", (body) => body.replace("<details>", "<div>"), /fold.*missing/],
    ["text after the fold", (body) => `${body}\nhello`, /fold.*changed/],
    ["an unknown key", (body) => body.replace('{"at"', '{"admin":true,"at"'), /line 1 /],
    ["a duplicate key", (body) => body.replace('{"at"', '{"run":1,"at"'), /line 1 /],
    ["__proto__", (body) => body.replace('{"at"', '{"__proto__":{"x":1},"at"'), /line 1 /],
    ["a huge number", (body) => body.replace('"run":11', '"run":1e999'), /line 1 /],
    ["a blank more", (body) => body.replace('{"at":', '{ "at":'), /line 1 /],
    ["half a line", (body) => body.replace('"stage":"ready"}', ""), /line 3 /],
    ["an empty line", (body) => body.replace("```json\n", "```json\n\n"), /line 1 /],
    ["a raw angle", (body) => body.replace("factory/3-1", "factory/<b>"), /line 4 /],
  ])("%s is a fault", (_title, change, fault) => {
    const parsed = parseLedgerComment(change(BODY));
    expect("fault" in parsed ? parsed.fault : "accepted").toMatch(fault);
  });

  test("line ends of the web editor do not matter to parsing", () => {
    expect(parseLedgerComment(BODY.replaceAll("\n", "\r\n"))).toEqual({ entries: LIFE });
  });
});

test("the table says which file of which loop gave the issue to the line", () => {
  const loop = { name: "tidy", file: "f".repeat(64), base: "b".repeat(40) };
  const event = { kind: "submitted", by: 9, issue: "a".repeat(64), loop } as const;
  const [first] = LIFE;
  if (first === undefined) throw new Error("expected a line");
  const links = LINKS;
  const body = renderLedgerComment({
    entries: [{ ...first, event }],
    issue: 3,
    stage: "queued",
    links,
  });
  expect(body).toContain(
    `submitted by the loop \`tidy\`, as its file \`ffffffffffff\` at [\`bbbbbbb\`](${LINKS.repository}/commit/${loop.base}) lets it`,
  );
});

test("the table names people by the logins that were read, and by their ids where nobody was", () => {
  const people = new Map([[1001, "grace"]]);
  const body = renderLedgerComment({
    entries: LIFE,
    issue: 3,
    stage: "done",
    links: LINKS,
    people,
  });
  expect(body).toContain("submitted by `grace`");
  expect(body).toContain("by `grace` ·");
  expect(body).not.toContain("person `1001`");
  expect(body.slice(body.indexOf("<details>"))).not.toContain("grace");
  const other = new Map([[7, "eve"]]);
  const unread = renderLedgerComment({
    entries: LIFE,
    issue: 3,
    stage: "done",
    links: LINKS,
    people: other,
  });
  expect(unread).toContain("submitted by person `1001`");
  const hostile = new Map([[1001, "a|b` @x"]]);
  const odd = renderLedgerComment({
    entries: LIFE,
    issue: 3,
    stage: "done",
    links: LINKS,
    people: hostile,
  });
  expect(odd).not.toContain("a|b");
});
