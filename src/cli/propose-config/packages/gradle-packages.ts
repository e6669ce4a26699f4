import type { Look } from "../look.ts";
import type { WorkspacePackage } from "./packages.ts";

/** `include("a", ":libs:b")` and `include 'a', 'b'`, over lines that end in a comma. */
const INCLUDE =
  /^[ \t]*include[ \t]*\(?[ \t\r\n]*((?:["'][\w.:-]+["'])(?:[ \t\r\n]*,[ \t\r\n]*["'][\w.:-]+["']){0,200})[ \t\r\n]*,?[ \t\r\n]*\)?[ \t]*;?[ \t]*(?:\/\/.*)?$/gm;

/**
 * The projects of a Gradle build, with their dependencies. Settings and build files are programs. If they include
 * projects in other than plain words, move one, or give dependencies to all of them at once, the result is unknown and
 * empty.
 */
export function gradlePackages(look: Look): readonly WorkspacePackage[] {
  const settings = textOf(look, "settings.gradle");
  const root = textOf(look, "build.gradle");
  if (/\b(?:projectDir|includeFlat|includeBuild)\b/.test(settings)) return [];
  if (/\binclude\b/.test(withoutComments(settings.replace(INCLUDE, "")))) return [];
  if (/\b(?:project\s*\(|projects\.)/.test(dependenciesOf(root))) return [];
  const paths = [...settings.matchAll(INCLUDE)].flatMap(([, list = ""]) =>
    [...list.matchAll(/["']([\w.:-]+)["']/g)].map(([, path = ""]) => `:${path.replace(/^:/, "")}`),
  );
  const packages = [...new Set(paths)].map((name) => ofProject(look, name, paths));
  return packages.every((one) => one !== undefined) ? packages : [];
}

/** Undefined where the project's own build file is not told. */
function ofProject(look: Look, name: string, all: readonly string[]): WorkspacePackage | undefined {
  const folder = name.slice(1).replaceAll(":", "/");
  const text = textOf(look, `${folder}/build.gradle`);
  // Its tests are those of each of its targets.
  if (/multiplatform/.test(text)) return undefined;
  const direct = [...text.matchAll(/\bproject\s*\(\s*(?:path\s*[:=]\s*)?["']:?([\w.:-]+)["']/g)];
  const accessors = [...text.matchAll(/\bprojects\.([\w.]+)/g)].map(([, name_ = ""]) => name_);
  // A computed name identifies no project.
  const calls = [...text.matchAll(/\bproject\s*\(\s*(?!["']|path\s*[:=]\s*["'])/g)];
  if (calls.length > 0) return undefined;
  const needs = [
    ...direct.map(([, path = ""]) => `:${path}`),
    ...all.filter((other) => accessors.some((accessor) => isAccessorOf(accessor, other))),
  ];
  return { folder, name, needs };
}

/** `projects.libs.dataModel` is `:libs:data-model`; a property behind it is no part of the name. */
function isAccessorOf(accessor: string, project: string): boolean {
  const camel = project
    .slice(1)
    .split(":")
    .map((part) => part.replace(/[-_.]+(\w)/g, (_whole, letter: string) => letter.toUpperCase()))
    .join(".");
  return accessor === camel || accessor.startsWith(`${camel}.`);
}

function textOf(look: Look, file: string): string {
  const path = [`${file}.kts`, file].find((one) => look.has(one));
  return path === undefined ? "" : (look.text(path) ?? "");
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\/\/.*$/gm, "");
}

function dependenciesOf(text: string): string {
  return withoutComments(text).replace(/\bproject\s*\.\w+/g, "");
}
