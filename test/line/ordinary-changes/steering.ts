import { type OrdinaryChange, text } from "./changes.ts";

/** What a person merges, because it steers tools or people; it is published and tried like everything else. */
export const STEERING: readonly OrdinaryChange[] = [
  {
    name: "a new executable script",
    after: { "scripts/release.sh": text("#!/bin/sh\nset -eu\necho release\n", "100755") },
  },
  {
    name: "a file that becomes executable",
    before: { "scripts/old.sh": "#!/bin/sh\n" },
    after: { "scripts/old.sh": text("#!/bin/sh\n", "100755") },
  },
  { name: "settings of an editor", after: { ".editorconfig": text("root = true\n") } },
  { name: "an example of settings", after: { ".env.example": text("PORT=3000\n") } },
  { name: "instructions for agents", after: { "AGENTS.md": text("# Greeter\n\nBe brief.\n") } },
  {
    name: "the compiler's settings",
    before: { "tsconfig.json": '{ "compilerOptions": { "strict": false } }\n' },
    after: { "tsconfig.json": text('{ "compilerOptions": { "strict": true } }\n') },
  },
  { name: "rules of a linter", after: { "eslint.config.js": text("export default [];\n") } },
  { name: "a recipe for make", after: { Makefile: text("all:\n\tnode src/greet.js\n") } },
  { name: "an image to run in", after: { Dockerfile: text("FROM scratch\n") } },
  {
    name: "attributes of git",
    after: { ".gitattributes": text("*.sh text eol=lf\n*.png binary\n") },
  },
  {
    name: "a file that a tool made",
    before: { "src/generated/api.js": "// Generated. Do not edit.\nexport const version = 1;\n" },
    after: {
      "src/generated/api.js": text("// Generated. Do not edit.\nexport const version = 2;\n"),
    },
  },
  { name: "settings of the documentation", after: { "docs/conf.py": text('project = "x"\n') } },
];
