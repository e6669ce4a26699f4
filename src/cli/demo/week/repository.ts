import { stringify } from "yaml";

const FACTORY = "on: { workflow_dispatch: { inputs: { issue: {}, mode: {} } } }\njobs: {}\n";

/** Areas by the last digit of a note's number: each issue of the week brings one note and its test. */
const AREAS = [
  { name: "customs", digits: "[37]" },
  { name: "quotes", digits: "[0148]" },
  { name: "tracking", digits: "[2569]" },
] as const;

/** @param when people give the factory less in one scope later in the week */
export function configOfWeek(when: "first" | "later"): object {
  const pathsOf = (digits: string) => [`src/note-*${digits}.js`, `test/note-*${digits}.test.js`];
  const lowered = { paths: pathsOf("[2569]"), level: "open-pr" };
  return {
    version: 1,
    checks: { lint: "npm run lint", test: { run: "npm test", report: "junit.xml" } },
    approve: "never",
    trust: {
      default: "scoped-autonomy",
      scopes: [
        { paths: pathsOf("[37]"), level: "open-pr" },
        ...(when === "later" ? [lowered] : []),
      ],
    },
    limits: { attempts: 3, usdPerIssue: 6, usdPerDay: 200 },
    smoke: {
      deploy: { workflow: "deploy.yml", sha: "https://example.com/version" },
      probes: [{ get: "https://example.com/health", expect: { status: 200 } }],
    },
    quality: { areas: AREAS.map(({ name, digits }) => ({ name, paths: pathsOf(digits) })) },
  };
}

export function filesOfWeek(): Readonly<Record<string, string>> {
  return {
    "package.json": '{ "name": "notes", "private": true }\n',
    "docs/notes.md": "Nothing yet.\n",
    ".github/CODEOWNERS": "/src/ @OWNER\n/.github/ @OWNER\n",
    ".github/factory.yml": stringify(configOfWeek("first")),
    ".github/workflows/factory.yml": FACTORY,
    ".github/workflows/deploy.yml": "on: workflow_dispatch\njobs: {}\n",
  };
}
