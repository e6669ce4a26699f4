import { at } from "../parsed.ts";
import type { ToolCall } from "./ci.ts";
import type { Project } from "./project.ts";
import { called, configured, type Wanted } from "./wanted.ts";

const RUFF = ["ruff.toml", ".ruff.toml"];

export function formatOf(project: Project, calls: readonly ToolCall[]): Wanted | undefined {
  const judges = (values: readonly string[]) =>
    values.includes("--check") || values.includes("--diff");
  const ruff = called(
    calls,
    ({ tool }, values) => tool === "ruff" && values[0] === "format" && judges(values),
  );
  if (ruff !== undefined) return { name: "format", tool: "ruff", ...ruff };
  const black = called(calls, ({ tool }, values) => tool === "black" && judges(values));
  if (black !== undefined) return { name: "format", tool: "black", ...black };
  if (at(project.pyproject, "tool", "ruff", "format") !== undefined) {
    const because = `${project.look.place("pyproject.toml")} tool.ruff.format`;
    return { name: "format", tool: "ruff", arguments: "format --check .", because };
  }
  const because = configured(project, { table: "black" }) ?? pin(project, "black");
  return because === undefined
    ? undefined
    : { name: "format", tool: "black", arguments: "--check .", because };
}

export function lintOf(project: Project, calls: readonly ToolCall[]): Wanted | undefined {
  const ruff = called(
    calls,
    ({ tool }, values) => tool === "ruff" && values[0] === "check" && !values.includes("--fix"),
  );
  if (ruff !== undefined) return { name: "lint", tool: "ruff", ...ruff };
  const other = ["flake8", "pylint"].flatMap((name) => {
    const found = called(calls, ({ tool }) => tool === name);
    return found === undefined ? [] : [{ name: "lint" as const, tool: name, ...found }];
  })[0];
  if (other !== undefined) return other;
  const seen = configured(project, { table: "ruff", files: RUFF }) ?? pin(project, "ruff");
  if (seen !== undefined)
    return { name: "lint", tool: "ruff", arguments: "check .", because: seen };
  const because = configured(project, { files: [".flake8"], section: "flake8" });
  return because === undefined
    ? undefined
    : { name: "lint", tool: "flake8", arguments: ".", because };
}

function pin({ look, pinned }: Project, tool: string): string | undefined {
  return pinned.has(tool) ? `${look.place(".pre-commit-config.yaml")} pins ${tool}` : undefined;
}

export function typesOf(project: Project, calls: readonly ToolCall[]): Wanted | undefined {
  const mypy = called(calls, ({ tool }) => tool === "mypy");
  if (mypy !== undefined) return { name: "types", tool: "mypy", ...mypy };
  const because = configured(project, {
    table: "mypy",
    files: ["mypy.ini", ".mypy.ini"],
    section: "mypy",
  });
  if (because === undefined) {
    const pyright = configured(project, { table: "pyright", files: ["pyrightconfig.json"] });
    if (pyright !== undefined) {
      project.look.note(
        `${pyright} is there; pyright fetches itself when it runs, so that no type check is proposed`,
        { unless: "types" },
      );
    }
    return undefined;
  }
  const names = ["files", "packages", "modules"];
  const own =
    names.some((name) => at(project.pyproject, "tool", "mypy", name) !== undefined) ||
    names.some((name) => project.setupCfg.get("mypy")?.has(name) === true);
  return { name: "types", tool: "mypy", arguments: own ? "" : ".", because };
}
