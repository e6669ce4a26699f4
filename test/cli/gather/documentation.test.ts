import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readBundled } from "../../../src/adapters/syntax/grammar-files.ts";
import { createSyntax } from "../../../src/adapters/syntax/syntax.ts";
import { withCheckout } from "../../../src/cli/gather/open-checkout.ts";
import { Gathered } from "../../../src/domain/loop/gathered.ts";
import {
  DocumentationOptions,
  gatherDocumentation,
} from "../../../src/gatherers/documentation/gather.ts";
import { repositoryOf } from "../../gatherers/repository.ts";
import { root } from "../../repository/bundles.ts";

const syntax = createSyntax(readBundled(`${root}/actions/verify/dist/index.js`));

/** What is there before the page, and what a commit took away. */
const BEFORE = {
  "package.json": JSON.stringify({
    ...{ name: "tea", exports: { ".": "./src/index.js", "./pot": "./src/pot.js" } },
    scripts: { build: "x", brew: "y" },
  }),
  Makefile: "all: tea\n\ntea:\n\techo tea\n\nold:\n\techo old\n",
  "src/index.js":
    'export const brew = 1;\nexport * from "./more.js";\nexport { a as steep } from "b";\n',
  "src/more.js": "export function pour() {}\nexport default 3;\n",
  "src/pot.js": "export class Pot {}\n",
  "scripts/run.sh": "echo\n",
  "scripts/gone.sh": "echo\n",
  "docs/guide.md": '# Guide\n\n## The `pot` & you\n\n## Twice\n\n## Twice\n\n<a name="own"></a>\n',
  "docs/moved.md": "# Moved\n\nThe same text, long enough for git to know it again.\n",
  ".gitignore": "dist/\n",
};
const AFTER = {
  "package.json": BEFORE["package.json"].replace(',"brew":"y"', ""),
  Makefile: "all: tea\n\ntea:\n\techo tea\n",
  "scripts/gone.sh": null,
  "docs/moved.md": null,
  "docs/new-place.md": BEFORE["docs/moved.md"],
};

let repository: ReturnType<typeof repositoryOf>;
beforeAll(() => {
  repository = repositoryOf(BEFORE, AFTER);
});
afterAll(() => repository[Symbol.dispose]());

/** The commit with one page more, so that not every case needs a commit of its own. */
async function found(page: string, path = "docs/page.md", options: object = {}) {
  return withCheckout(repository.folder, async ({ checkout, past }) => {
    if (past === undefined) throw new Error("no history");
    const gathered = await gatherDocumentation({
      ...{ past, syntax, options: DocumentationOptions.parse(options) },
      checkout: {
        ...checkout,
        files: [...checkout.files, path],
        read: async (asked) => (asked === path ? page : checkout.read(asked)),
      },
    });
    expect(Gathered.parse(gathered)).toEqual(gathered);
    return gathered;
  });
}

const sh = (...lines: readonly string[]) => `\`\`\`sh\n${lines.join("\n")}\n\`\`\`\n`;
const js = (...lines: readonly string[]) => `\`\`\`js\n${lines.join("\n")}\n\`\`\`\n`;

describe("what the tree or its history contradicts", () => {
  test.each([
    ["a file that is not there", "[a](nothing.md)", "link docs/page.md nothing.md", 1],
    ["a picture", "\n![a](img/tea.png)", "link docs/page.md img/tea.png", 2],
    ["a definition", "[a]\n\n[a]: ../src/no.js", "link docs/page.md ../src/no.js", 3],
    ["HTML", '<p>\n<img alt="" src="no.png">\n</p>', "link docs/page.md no.png", 2],
    ["a heading", "[a](guide.md#tea)", "anchor docs/page.md guide.md#tea", 1],
    ["a heading of its own", "# Tea\n\n[a](#coffee)", "anchor docs/page.md #coffee", 3],
    ["a script that went", sh("npm ci", "npm run brew"), "script docs/page.md brew", 3],
    ["a target that went", sh("make old"), "target docs/page.md old", 2],
    ["a file that went", sh("bash scripts/gone.sh"), "file docs/page.md scripts/gone.sh", 2],
    [
      "a file where it stood",
      sh("cd scripts && ./gone.sh"),
      "file docs/page.md scripts/gone.sh",
      2,
    ],
    ["a name", js('import { stir } from "tea";'), "export docs/page.md src/index.js stir", 2],
    ["a subpath", js('import { x } from "tea/cup";'), "subpath docs/page.md package.json ./cup", 2],
  ])("%s", async (_, page, key, line) => {
    const { items } = await found(page);
    expect(items.map((item) => [item.key, item.evidence[0]?.at])).toEqual([
      [key, `docs/page.md:${line}`],
    ]);
  });

  test("says which commit removed it, and where it went", async () => {
    const { items } = await found("[a](moved.md)");
    expect(items[0]?.evidence[0]?.output).toMatch(
      /^docs\/moved\.md: not in the tree; removed by [0-9a-f]{40} on \d{4}-\d\d-\d\d, which moved it to docs\/new-place\.md$/,
    );
  });

  test("a script that never was, in a page for those who work here", async () => {
    const { items } = await found(sh("npm run stir"), "CONTRIBUTING.md");
    expect(items.map(({ key }) => key)).toEqual(["script CONTRIBUTING.md stir"]);
  });

  test("the same link twice is one finding with both places", async () => {
    const { items } = await found("[a](no.md)\n\n[b](no.md)");
    expect(items.map(({ evidence }) => evidence.map(({ at }) => at))).toEqual([
      ["docs/page.md:1", "docs/page.md:3"],
    ]);
  });
});

describe("nothing is said of", () => {
  test.each([
    ["links that lead somewhere", "[a](guide.md) [b](../src/) [c](../package.json#L1) [d](/docs)"],
    ["anchors", "[a](guide.md#the-pot--you) [b](guide.md#twice-1) [c](guide.md#own)"],
    ["other places", "[a](https://example.com/no.md) [b](mailto:a@b.c) [c](//x/y.md)"],
    ["GitHub's own pages", "[a](../../issues) [b](../../../releases/x.zip)"],
    ["pages of a site", "[a](nothing) [b](/nothing) [c](nothing.html) [d](/img/x.png)"],
    ["a page of a site by its name", "[a](guide) [b](guide.html)"],
    ["what stands for something else", "[a](<NAME>.md) [b]({{ url }}/a.md)"],
    ["what a build makes", "[a](../dist/report.html) [b](../dist/a.js)"],
    ["anchors of a page that a generator fills", "{{ toc }}\n\n[a](#coffee)"],
    ["another case", "# Tea\n\n[a](#TEA)"],
    ["comments", '<!-- <a href="no.md">a</a> -->'],
    ["code", "`[a](no.md)`\n\n    [b](no.md)\n"],
    ["the reader's own scripts", sh("npm run never-was", "make never-was", "./never-was.sh")],
    ["scripts that are there", sh("npm run build -- --x", "make tea", "bash scripts/run.sh")],
    ["another folder", sh("cd ../elsewhere", "npm run brew")],
    ["what needs a shell", sh('npm run "brew"', "npm run $NAME", "npm run brew | cat")],
    ["what a command printed", "```console\n$ npm ci\nnpm run brew\n```\n"],
    ["other languages", "```yaml\nnpm run brew\n```\n"],
    [
      "options that say where",
      sh("npm --prefix x run brew", "npm run brew -w pot", "make -C x old"),
    ],
    ["programs that are installed", sh("yarn run brew", "bun run brew", "npx brew", "npm start")],
    ["what is exported", js('import { brew, pour, steep as s } from "tea";')],
    [
      "types and all of it",
      js('import tea, * as all from "tea";', 'import { Pot } from "tea/pot";'),
    ],
    ["other packages", js('import { stir } from "coffee";', 'import { x } from "teapot";')],
  ])("%s", async (_, page) => {
    expect((await found(page)).items).toEqual([]);
  });

  test("pages that the options leave out, and templates", async () => {
    expect((await found("[a](no.md)", "docs/page.md", { except: ["docs/**"] })).items).toEqual([]);
    expect((await found("[a](no.md)", ".github/ISSUE_TEMPLATE/a.md")).items).toEqual([]);
  });
});

test("what nobody can decide is counted", async () => {
  const { measures } = await found(`[a](nothing) [b](guide.md)\n\n${sh("npm run never-was")}`);
  expect(measures).toMatchObject({ links: 2, commands: 1, undecided: 2, findings: 0 });
});

test("a folder that is no checkout is refused", async () => {
  const open = (folder: string) => withCheckout(folder, async () => 0);
  await expect(open(`${repository.folder}/none`)).rejects.toThrow("no folder");
  using empty = repositoryOf();
  await expect(open(empty.folder)).rejects.toThrow("a git checkout without a commit");
});
