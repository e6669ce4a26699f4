import type { RatchetFinding, RatchetRule } from "../../../../domain/evidence/ratchet.ts";
import type { SyntaxNode } from "../../../../ports/syntax.ts";
import { nameIn } from "../names.ts";
import type { Call } from "../reading/call.ts";
import { isString, nodesIn, stringOf, textOf } from "../reading/node.ts";
import { type Scope, type TestFile, testOf } from "../reading/test-file.ts";
import { type Comparison, type FilePair, findAdded, surplus } from "./compare.ts";

/** A feature of a file, at any place. */
interface Fact {
  readonly rule: RatchetRule;
  readonly node: SyntaxNode;
  readonly text: string;
  readonly file: TestFile;
}

/** Sleeps, suppressions, and reads of the source or of git that a change adds. */
export function findFacts(
  { files, pairing }: Comparison,
  isTest: (path: string) => boolean,
): readonly RatchetFinding[] {
  const fresh = new Set(pairing.fresh.map(({ test }) => test));
  const after = files.flatMap((pair) => factsOf(pair, "after", isTest, fresh));
  if (after.length === 0) return [];
  const before = files.flatMap((pair) => factsOf(pair, "before", isTest));
  return surplus(before, after, (one) => `${one.rule} ${one.text}`).map(({ rule, node, file }) =>
    findAdded(rule, file, node),
  );
}

function factsOf(
  pair: FilePair,
  version: "before" | "after",
  isTest: (path: string) => boolean,
  fresh: ReadonlySet<Scope> = new Set(),
): readonly Fact[] {
  const file = pair[version];
  if (file === undefined) return [];
  const concerned = (scope: Scope) => isTest(pair.path) || testOf(scope) !== undefined;
  const calls = file.scopes
    .filter(concerned)
    .flatMap((scope) => scope.calls.flatMap((call) => factOfCall(call, scope, file)));
  return [...calls, ...suppressions(file, fresh), ...suppressingMarks(file)];
}

function factOfCall(call: Call, scope: Scope, file: TestFile): readonly Fact[] {
  const rule = isSleep(call, file)
    ? "sleep-added"
    : runsGit(call, scope, file)
      ? "base-told"
      : readsSource(call, file)
        ? "source-grep"
        : undefined;
  if (rule === undefined) return [];
  const text = rule === "sleep-added" ? call.path : textOf(call.node, file.text);
  return [{ rule, node: call.node, text, file }];
}

/** A wait by the clock; a timer that never fires within a promise does not count. */
function isSleep({ path, node, args }: Call, file: TestFile): boolean {
  if (nameIn(path, file.language.sleep)) return args.length > 0;
  if (file.language.name !== "javascript" || !/(^|\.)setTimeout$/.test(path)) return false;
  const awaited = node.parent?.kind === "await_expression";
  const first = args[0] && textOf(args[0], file.text);
  return (
    awaited ||
    (args.length > 1 && /^(r|res|resolve|done|ok)$/.test(first ?? "") && inPromise(node, file))
  );
}

function inPromise(node: SyntaxNode, file: TestFile): boolean {
  for (let outer = node.parent; outer !== undefined; outer = outer.parent) {
    if (outer.kind === "new_expression") return textOf(outer, file.text).startsWith("newPromise");
    if (outer.kind === "statement_block" && outer.children.length > 1) return false;
  }
  return false;
}

/** git in the repository of the test: no folder of its own is named. */
function runsGit({ path, args, node }: Call, scope: Scope, file: TestFile): boolean {
  if (nameIn(path, file.language.spawns) === undefined) return opensGit({ path, args, node }, file);
  if (OPENS.test(path)) return !isElsewhere(args, file);
  const strings = args.flatMap((one) => nodesIn(one)).filter(isString);
  const told = path === "subshell" ? [node] : strings;
  const words = told.flatMap((one) => stringOf(one, file.text).split(/\s+/));
  if (words[0] !== "git" && !/^git\b/.test(path)) return false;
  if (!words.some((word) => TELLING.has(word)) && words.length > 1) return false;
  return !hasOwnFolder(node, scope, file) && !words.includes("-C");
}

/** How libraries open the repository of a folder. */
const OPENS = /(^|\.)(Git\.open|Repository(\.(open|discover|new))?|Repo|PlainOpen)$/;

/** Commands that distinguish commits. */
const TELLING = new Set([
  ...["log", "diff", "rev-parse", "show", "status", "merge-base", "describe", "branch", "ls-files"],
  ...["cat-file", "rev-list", "name-rev", "blame", "stash", "ls-tree"],
]);

/** Named in the call, or set on the created object. */
function hasOwnFolder(node: SyntaxNode, scope: Scope, file: TestFile): boolean {
  let outer = node;
  for (
    let up = node.parent;
    up !== undefined && /call|member|field|navigation|invocation|selector/.test(up.kind);
    up = up.parent
  )
    outer = up;
  if (
    /\b(cwd|chdir|current_dir|workingDirectory|WorkingDirectory|directory)\b/.test(
      file.text.slice(outer.start, outer.end),
    )
  )
    return true;
  return /\.Dir\s*=|os\.chdir|t\.Chdir|Dir\.chdir|monkeypatch\.chdir|WorkingDirectory\s*=|\.directory\(/.test(
    file.text.slice(scope.node.start, scope.node.end),
  );
}

function opensGit({ path, args }: Call, file: TestFile): boolean {
  if (!nameIn(path, file.language.reads) && !LOOKS.test(path)) return false;
  const strings = args.flatMap((one) => nodesIn(one)).filter(isString);
  const places = strings.map((one) => stringOf(one, file.text));
  return places.some((one) => GIT.test(one)) && !isElsewhere(args, file);
}

/** Calls that read or name a file or folder. */
const LOOKS =
  /(^|\.)(existsSync|exists|exist\?|statSync|stat|isdir|is_dir|isfile|is_file|file_exists|directory\?|file\?|join|Path|Path\.(new|of)|Paths\.get|File)$/i;

const GIT = /^\/?(\.\.?\/)*\.git(\/(HEAD|refs|index|logs|ORIG_HEAD|FETCH_HEAD)\b.*)?$/;

/** Below a folder that the test created. */
function isElsewhere(places: readonly SyntaxNode[], file: TestFile): boolean {
  const whole = places.map((one) => file.text.slice(one.start, one.end)).join(" ");
  if (ANCHORED.test(whole)) return false;
  return places.some((one) =>
    nodesIn(one).some(
      (inner) => /^(identifier|variable_name)$/.test(inner.kind) && isFree(inner, file),
    ),
  );
}

const ANCHORED =
  /__dirname|__file__|__DIR__|import\.meta|cwd|CARGO_MANIFEST_DIR|user\.dir|Rails\.root|expand_path|base_path/;

/** A source file by its place in the repository; generated files and fixtures are read on purpose. */
function readsSource({ path, args, node }: Call, file: TestFile): boolean {
  const { reads, sources } = file.language;
  const read = nameIn(path, reads);
  if (read === undefined) return false;
  if (path === "inspect.getsource") return true;
  // `Path("src/a.py").read_text()`: the place is the receiver.
  const places = args.length > 0 && path !== "File" ? args : node.children;
  const strings = places
    .flatMap((one) => nodesIn(one))
    .filter(isString)
    .map((one) => stringOf(one, file.text));
  if (!strings.some((one) => sources.test(one))) return false;
  const whole = places.map((one) => file.text.slice(one.start, one.end)).join(" ");
  if (/fixture|testdata|snapshot|golden|expected|example|sample/i.test(whole)) return false;
  return !isElsewhere(places, file) || (path === "File" && strings.length > 0);
}

/** Whether a place depends on a variable, such as a temporary folder. */
function isFree(node: SyntaxNode, file: TestFile): boolean {
  return nodesIn(node).some(
    (one) =>
      /^(identifier|variable_name|simple_identifier)$/.test(one.kind) &&
      !/^(Path|Paths|Files|File|path|pathlib|os|fs|get|of|Path\.of|open|read_text|read_bytes|read|join|root|ROOT|std|String|new|URL|filepath|Join|readText|readLines|readString)$/.test(
        textOf(one, file.text),
      ),
  );
}

/** `@ts-expect-error` in a new test is an assertion: it fails without an error. */
function suppressions(file: TestFile, fresh: ReadonlySet<Scope>): readonly Fact[] {
  const { suppressions: words } = file.language;
  const comments = file.comments.flatMap(({ node, scope }): readonly Fact[] => {
    const content = file.text
      .slice(node.start, node.end)
      .replace(/^(\/\/|\/\*+|#|--|\s|\*|!)+/, "");
    const word = words.find((one) => content.startsWith(one) || content.startsWith(`@${one}`));
    const test = testOf(scope);
    if (word === undefined) return [];
    if (word === "@ts-expect-error" && test !== undefined && fresh.has(test)) return [];
    return [{ rule: "suppression-added", node, text: word, file }];
  });
  return [...comments, ...pragmas(file)];
}

const PRAGMAS = new Set(["preproc_pragma", "preproc_nullable"]);

/** C#: `#pragma warning disable`, `#nullable disable`. */
function pragmas(file: TestFile): readonly Fact[] {
  if (file.language.name !== "c-sharp") return [];
  return nodesIn(file.root)
    .filter(
      (node) => PRAGMAS.has(node.kind) && /disable/.test(file.text.slice(node.start, node.end)),
    )
    .map((node) => ({ rule: "suppression-added", node, text: textOf(node, file.text), file }));
}

const WHOLE_FILE = new Set(["inner_attribute_item", "file_annotation"]);

function suppressingMarks(file: TestFile): readonly Fact[] {
  const { suppressionMarks } = file.language;
  const inner = nodesIn(file.root).filter(({ kind }) => WHOLE_FILE.has(kind));
  const scoped = file.scopes.flatMap((scope) =>
    scope.marks
      .filter(({ path }) => nameIn(path, suppressionMarks) !== undefined)
      .map(
        ({ node }): Fact => ({
          rule: "suppression-added",
          node,
          text: textOf(node, file.text),
          file,
        }),
      ),
  );
  const whole = inner
    .filter((node) => /^(#!\[(allow|expect)\(|@file:Suppress\()/.test(textOf(node, file.text)))
    .map(
      (node): Fact => ({ rule: "suppression-added", node, text: textOf(node, file.text), file }),
    );
  return [...scoped, ...whole];
}
