import { createHash } from "node:crypto";
import fc from "fast-check";
import { XMLValidator } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import type { RunPageData } from "../../../src/wording/pages/run-page/data.ts";
import { html, inlineHtml } from "../../../src/wording/pages/run-page/html.ts";
import { renderRunPage } from "../../../src/wording/pages/run-page.ts";
import { safeText } from "../../../src/wording/safe-text.ts";
import { cases } from "../../cases.ts";
import { noticedOf } from "../../domain/noticed.ts";
import { hostileText } from "../hostile-text.ts";
import { ASKING, FAILED, largeRun, STOPPED, UNPUBLISHED } from "../odd-run-pages.ts";
import { RUN } from "../run-pages.ts";

const SHA = "0123456789abcdef0123456789abcdef01234567";
const SUBJECT = { base: SHA, tree: SHA };

/** The tags of a page, in order, without their attributes' values; code spans are what a text may become. */
function tagsOf(page: string): readonly string[] {
  const tags = [...page.matchAll(/<\/?([a-z0-9]+)[\s>]/gi)].map(([tag]) => tag);
  return tags.filter((tag) => !/^<\/?code>$/.test(tag));
}

/** What a reader sees at first: without style, tags and folded parts. */
function textOf(page: string): string {
  const body = page.slice(page.indexOf("<body>"));
  return body.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
}

describe("the page of a run", () => {
  const page = renderRunPage(RUN);

  test("tells the story in order", () => {
    const headings = [...page.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, title]) => title);
    expect(headings).toEqual([
      "What was asked, agreed and proven",
      "The change",
      "The review",
      "Live",
      "Not verified, and assumed",
      "Time and cost",
      "How it was done",
    ]);
  });

  test("folds how it was done, part by part", () => {
    const last = page.slice(page.indexOf('<section id="machinery">'));
    const titles = [...last.matchAll(/<summary><b>(.*?)<\/b><\/summary>/g)].map(
      ([, title]) => title,
    );
    expect(titles).toEqual([
      "The plan",
      "What the agents read and ran",
      "Checks and tests: 4 runs",
      "The gate: 3 of 3 conditions met",
      "The jobs: 12",
      "Requests to GitHub: 24 requests, 6 of them to write",
      "The ledger: 7 lines",
      "What people did, and what was refused",
    ]);
  });

  test.each<readonly [string, Partial<RunPageData>, string]>([
    [
      "the factory merged, by the rule that let it",
      {},
      "Merged by the factory itself , as 0123456 . The config trusts these paths up to scoped-autonomy",
    ],
    [
      "nobody merged yet, and who would",
      { ledger: [], authority: { by: "person", because: "Trust in these paths is `open-pr`." } },
      "Merged by not merged yet ; a person would. Trust in these paths is open-pr .",
    ],
    ["what it risks", {}, "Risk medium : source files among 3 changed"],
    ["how it is undone", {}, "Undone by revert the merge commit"],
    ["that no model was asked", {}, "Model none : a script played its answers"],
    ["that one was asked", { scripted: false }, "Model a real one was asked, at $0.18"],
  ] as const)("says at once: %s", (_, changed, words) => {
    const head = renderRunPage({ ...RUN, ...changed } as RunPageData);
    expect(textOf(head).slice(0, textOf(head).indexOf("What was asked, agreed"))).toContain(
      "Merged",
    );
    expect(textOf(head)).toContain(words);
  });

  test("ends, staged, with what would have been written", () => {
    const wouldWrite = [{ job: "propose", summary: "#### What this job would have written: 1" }];
    const staged = renderRunPage({ ...RUN, wouldWrite });
    const last = textOf(`<body>${staged.slice(staged.lastIndexOf("<section"))}`);
    expect(staged.lastIndexOf("<section")).toBe(staged.indexOf('<section id="staged">'));
    expect(last).toContain("propose What this job would have written: 1");
    expect(page).not.toContain('<section id="staged">');
  });

  test("shows the tests of a change shut, behind the rest", () => {
    const change = page.slice(
      page.indexOf('<section id="change">'),
      page.indexOf('<section id="review">'),
    );
    expect(change).toMatch(/<details class="diff" open><summary><code>src\/notes\.ts/);
    expect(change).toMatch(
      /<summary>1 test file<\/summary><details class="diff"><summary><code>test\//,
    );
  });

  test("counts the jobs of the factory as the terminal does: not the repository's own, not what was skipped", () => {
    const job = { name: "x", startMs: 0, durationMs: 1 } as const;
    const jobs = [
      { ...job, kind: "control", result: "success" },
      { ...job, kind: "worker", result: "failure" },
      { ...job, kind: "worker", result: "skipped" },
      { ...job, kind: "other", result: "success" },
    ] as const;
    expect(renderRunPage({ ...RUN, jobs })).toContain("<dt>Jobs</dt><dd>2</dd>");
  });

  test("names people by login where it is known, by the id that the ledger keeps elsewhere", () => {
    const event = { kind: "commanded", command: "/factory retry", comment: 7 } as const;
    const entry = { sequence: 1, at: "2026-01-01T00:00:00Z", run: 1, stage: "ready" } as const;
    const ledger = [1, 2, 3].map((by) => ({ ...entry, event: { ...event, by } }));
    const text = textOf(
      renderRunPage({
        ...RUN,
        ledger,
        people: new Map([
          [1, "octocat"],
          [3, "octo`cat"],
        ]),
      }),
    );
    expect(text).toMatch(/command by octocat : \/factory retry/);
    expect(text).toMatch(/command by person 2 : \/factory retry/);
    // No login that GitHub gives: its mark ends no code, and nothing behind it is lost.
    expect(text).toMatch(/command by octo cat` : \/factory retry/);
  });

  test("claims no merge of a run that wrote nothing", () => {
    const staged = { ...RUN.outcome, staged: true as const };
    const head = textOf(renderRunPage({ ...RUN, outcome: { ...staged, stage: "queued" } }));
    expect(head).toContain("Staged: nothing was written");
    expect(head).not.toContain("Merged and seen live");
  });

  test("loads nothing and allows nothing but its own style", () => {
    expect(page).not.toMatch(
      /<(script|img|link|iframe|object|embed|form|base)\b|\ssrc=|\sstyle=|@import|url\(/i,
    );
    const style = /<style>(.*?)<\/style>/s.exec(page)?.[1] ?? "";
    const hash = createHash("sha256").update(style).digest("base64");
    expect(page).toContain(
      `content="default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"`,
    );
    expect(style).toContain("prefers-color-scheme:dark");
  });

  test.each([
    ["happy", RUN],
    ["stopped", STOPPED],
    ["asking", ASKING],
    ["failed", FAILED],
    ["unpublished", UNPUBLISHED],
    ["large", largeRun()],
  ])("is well-formed, and its contents lead somewhere, when %s", (_name, data) => {
    const written = renderRunPage(data);
    const body = written
      .slice(written.indexOf("<body>"), written.indexOf("</html>"))
      .replaceAll("<br>", "<br/>");
    expect(XMLValidator.validate(body.replaceAll('<details class="diff" open>', "<details>"))).toBe(
      true,
    );
    const targets = [...written.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id);
    const ids = [...written.matchAll(/<section id="([^"]*)"/g)].map(([, id]) => id);
    expect(targets).toEqual(ids);
  });

  test("links only where the addresses still answer", () => {
    expect(page).not.toMatch(/<a href="(?!#)/);
    const linked = renderRunPage({
      ...RUN,
      repository: { name: "OWNER/notes", url: "https://github.com/OWNER/notes" },
    });
    expect(linked).toContain(
      '<a href="https://github.com/OWNER/notes/pull/4" rel="noreferrer">pull request 4</a>',
    );
  });

  test("says first what came out, what it took and what it cost", () => {
    expect(textOf(page)).toMatch(
      /Merged and seen live Merged as pull request #4 .* Total time 16\.4 s .* Cost \$0\.18/,
    );
  });

  test("ties every criterion to what proves it", () => {
    const rows = [...page.matchAll(/<tr><td><span class="mark (\w+)".*?<b>(AC\d)<\/b>.*?<\/tr>/g)];
    expect(rows.map(([, met, id]) => [met, id])).toEqual([
      ["yes", "AC1"],
      ["yes", "AC2"],
      // No machine proves it, whatever the reviewer says.
      ["open", "AC3"],
    ]);
    expect(rows.map(([row]) => textOf(`<body>${row}`).trim())).toEqual([
      "✓ AC1 Given an archived note, GET /notes?archived=1 lists it changes notes lists archived notes when asked failed → passed yes, at test/greet.test.ts:1",
      "✓ AC2 npm run lint passes command the check lint yes: seen",
      "○ AC3 The README says how judgement a matter of judgement, to which the reviewer says yes yes: README.md names the parameter",
    ]);
  });

  test("shows each part that was taken back, and who misses it", () => {
    const noticed = noticedOf(SUBJECT, [
      { noticed: "by-tests", tests: ["greets <b>"], criteria: ["AC1"] },
      { noticed: "unnoticed" },
      { noticed: "untried", because: "time" },
      {
        noticed: "by-compiler",
        pieces: {
          tried: [
            { as: "body", from: 31, to: 33, lines: 2, noticed: "by-tests", tests: ["greets"] },
            {
              as: "statement",
              from: 33,
              to: 33,
              lines: 1,
              noticed: "untried",
              because: "timed-out",
            },
          ],
          left: 1,
          because: "count",
        },
      },
    ]);
    const page = renderRunPage({ ...RUN, evidence: [...RUN.evidence, noticed] });
    const rows = page.split("<tr>").filter((row) => row.includes("<code>src/greet.ts:"));
    const cells = rows.map((row) =>
      [...row.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell]) => cell),
    );
    expect(cells).toEqual([
      ["<code>src/greet.ts:1-3</code>", "3", "noticed by tests", "greets &lt;b&gt;"],
      ["<code>src/greet.ts:11-13</code>", "3", "nobody notices", ""],
      ["<code>src/greet.ts:21-23</code>", "3", "not tried", "the minutes were used up"],
      [
        "<code>src/greet.ts:31-33</code>",
        "3",
        "noticed by the compiler",
        "1 statement not tried: more of them than are tried",
      ],
      [
        "<code>src/greet.ts:31-33</code>",
        "2",
        "the body of its function: noticed by tests",
        "greets",
      ],
      [
        "<code>src/greet.ts:33</code>",
        "1",
        "its statement: not tried",
        "the tests ran out of time",
      ],
    ]);
    expect(page).toContain(
      "Named tests notice 5 of 12 changed source lines, the compiler 1, 3 not tried (5 runs, 1.2 s).",
    );
  });

  test("tells what was broken before, what was read, and what ran", () => {
    const text = textOf(page);
    expect(text).toMatch(/Before work began test failed with exit code 1 .* export writes a file/);
    expect(text).toContain("build was not run on the base: time was short");
    expect(text).toContain("implement src/notes.ts test/notes.test.ts src/** (searched)");
    expect(text).toContain("npx vitest run test/notes.test.ts asked for the check lint");
    const green = RUN.work.baseline.slice(0, 1);
    expect(textOf(renderRunPage({ ...RUN, work: { ...RUN.work, baseline: green } }))).toContain(
      "Before work began, every check passed: format.",
    );
  });

  test("tells what each worker cost, and the sum", () => {
    expect(textOf(page)).toMatch(/implement 3\.1 s 7 10\.5 k \$0\.14 .* In all 11 88\.7 k \$0\.18/);
  });

  test("does not count a failure on the base against the change", () => {
    expect(page).toMatch(/mark open" title="open">○<\/span> <b>test<\/b><\/td><td>base with/);
  });

  test("shows a failure that is known from the base as one", () => {
    const head = { kind: "check", name: "test", subject: SUBJECT, command: "npm test" } as const;
    const tests = [
      { name: "old", status: "failed" },
      { name: "other", status: "passed" },
    ] as const;
    const rest = { exitCode: 1, durationMs: 1, tail: "", outputBytes: 0, tests: [...tests] };
    const failed = { ...head, ...rest, status: "failed" } as const;
    const onBase = { ...failed, on: "base" } as const;
    const because = "1 test (old) fails on the base too, and nothing else";
    const onChange = { ...failed, on: "change", note: because } as const;
    const known = renderRunPage({ ...RUN, evidence: [onBase, onChange] });
    expect(textOf(known)).toContain(`passes but for known failures, 2 tests: ${because}`);
    expect(known).toMatch(/mark yes" title="yes">✓<\/span> <b>test<\/b><\/td><td>change</);
    const alone = renderRunPage({ ...RUN, evidence: [onChange] });
    expect(textOf(alone)).toContain("failed, exit code 1, 2 tests");
    expect(alone).toMatch(/mark no" title="no">✕<\/span> <b>test<\/b><\/td><td>change</);
  });

  test.each<readonly [string, RunPageData, readonly string[], readonly string[]]>([
    [
      "stopped before anyone thought",
      STOPPED,
      [
        "Stopped: a person is needed",
        "Why it stopped A secret is not set",
        "(no text)",
        "No contract was made.",
        "Nothing was changed.",
        "Nobody reviewed it.",
        "Model none was asked",
        "needs-human",
      ],
      ["played from a script", "read and ran", "Nothing was refused"],
    ],
    [
      "asks",
      ASKING,
      ["The factory asks", "nobody could say yet what done means", "Since which version?"],
      ["Why it stopped"],
    ],
    [
      "failed in an attempt",
      FAILED,
      [
        "Why it stopped The budget is spent",
        "/factory retry",
        "Kept as a draft: 2 files",
        "No evidence was gathered.",
        "Nothing came out but a draft.",
      ],
      ["The plan"],
    ],
    [
      "waits for a merge",
      UNPUBLISHED,
      ["Waiting for a person to merge", "not published", "Nothing was refused."],
      ["Live The merge"],
    ],
  ])("of a run that %s says so", (_name, data, said, unsaid) => {
    const text = textOf(renderRunPage(data));
    for (const words of said) expect(text).toContain(words);
    for (const words of unsaid) expect(text).not.toContain(words);
  });

  test("stays bounded whatever it is given, and says what it left out and where that is", () => {
    const large = renderRunPage(largeRun());
    expect(large.length).toBeLessThan(600_000);
    const text = textOf(large);
    expect(text).toContain("The issue, as written: 60,000 characters");
    expect(text).toContain("99,401 more characters");
    expect(text).toContain("and 400 more, not shown here");
    expect(text).toContain(
      "Not all of the change is shown here; all of it: git diff 3f2a9c0d1e4b 9c8b7a695847",
    );
    expect(text).toContain("word word");
  });

  test("points to the pull request where there is one to read", () => {
    const data = largeRun();
    const url = "https://github.com/OWNER/notes";
    expect(renderRunPage({ ...data, repository: { name: "OWNER/notes", url } })).toContain(
      `all of it: <a href="${url}/pull/4/files" rel="noreferrer">the pull request</a>`,
    );
  });

  test("no text of others becomes markup", () => {
    const all = { ...RUN, outcome: FAILED.outcome, refusals: FAILED.refusals };
    const plain = tagsOf(renderRunPage(fill(all, "x")));
    fc.assert(
      fc.property(hostileText(), (words) => {
        const filled = renderRunPage(fill(all, words));
        expect(tagsOf(filled)).toEqual(plain);
        for (const hidden of ["\u200b", "\u202e", "\u001b"]) expect(filled).not.toContain(hidden);
      }),
      cases(200),
    );
  });
});

/** The data with the same foreign words at every place where the page shows a free text. */
function fill(data: RunPageData, words: string): RunPageData {
  return {
    ...data,
    repository: { name: words },
    outcome: { ...data.outcome, sentence: words },
    issue: {
      number: 3,
      title: words,
      body: "What people write in Markdown has a test of its own.",
      author: words,
      labels: [words],
    },
    plan: { steps: [words], files: [words] },
    questions: [words],
    draft: [words],
    work: {
      read: [{ by: "implement", places: [words] }],
      ran: [`bash ${words}`, words],
      baseline: [{ name: words, status: "failed", said: words, failing: [words] }],
    },
    ...(data.change === undefined
      ? {}
      : {
          change: {
            ...data.change,
            summary: words,
            assumptions: [words],
            diff: `diff --git a/x b/x\n+${words.replaceAll(/\s/g, " ")}`,
          },
        }),
    ...(data.verdict === undefined
      ? {}
      : {
          verdict: {
            ...data.verdict,
            summary: words,
            smallestRollback: `${words}.`,
            notVerified: [words],
            findings: [
              {
                severity: "major",
                path: words,
                line: 1,
                claim: words,
                howItFails: words,
                suggestion: words,
              },
            ],
          },
        }),
    gate: [{ name: words, ok: false, sentence: words }],
    jobs: [{ name: words, kind: "worker", result: "success", startMs: 0, durationMs: 1 }],
    requests: [{ method: words, route: words, count: 1 }],
    humanActions: [words],
    notImitated: [words],
  };
}

describe("html", () => {
  test("escapes what is text and keeps what is markup", () => {
    expect(html`<b title="${'"'}">${"<&>'"}${html`<i>${1}</i>`}${undefined}</b>`.markup).toBe(
      '<b title="&quot;">&lt;&amp;&gt;&#39;<i>1</i></b>',
    );
  });

  test.each([
    ["a `b` c", false, "a <code>b</code> c"],
    ["`` a`b ``", false, "<code>a`b</code>"],
    ["[x](https://github.com/o)", true, '<a href="https://github.com/o" rel="noreferrer">x</a>'],
    ["[`x`](https://github.com/o) y", false, "<code>x</code> y"],
    ["[x](javascript:y)", true, "x"],
    ["<b>", true, "&lt;b&gt;"],
  ])("inlineHtml(%j)", (markdown, links, expected) => {
    expect(inlineHtml(markdown, links).markup).toBe(expected);
  });

  test("inlineHtml of any safe text holds nothing but code", () => {
    fc.assert(
      fc.property(hostileText(), (words) => {
        const { markup } = inlineHtml(safeText(words), true);
        expect(markup.replaceAll(/<\/?code>/g, "")).not.toMatch(/[<>]/);
      }),
      cases(500),
    );
  });
});
