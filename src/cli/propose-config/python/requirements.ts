import { textsAt } from "../parsed.ts";
import { quote } from "../shell-text.ts";
import { linesAt } from "./ini.ts";
import { hatchRequirements, type Project } from "./project.ts";
import { isRequirement } from "./tox.ts";

/** What the manifests list, as pip's arguments. */
export function ownRequirements(project: Project) {
  const { look, extras, groups, requirementFiles, isPackage, tox } = project;
  const fromTox = toxRequirements(project);
  const manifest = ["pyproject.toml", "setup.cfg", "setup.py"].filter((path) => look.has(path));
  const all = [...new Set([...extras, ...fromTox.extras])];
  const self = all.length === 0 ? "." : quote(`.[${all.join(",")}]`);
  const files = [...new Set([...requirementFiles, ...fromTox.files])];
  return {
    groups: [...groups, ...fromTox.groups],
    words: [
      ...(isPackage ? [`-e ${self}`] : listedDependencies(project)),
      ...[...new Set([...groups, ...fromTox.groups])].map((name) => `--group ${quote(name)}`),
      ...files.map((path) => `-r ${quote(path)}`),
      ...[...new Set([...fromTox.packages, ...hatchRequirements(project.pyproject)])].map(quote),
    ],
    seen: [
      ...(isPackage || groups.length > 0
        ? manifest.slice(0, 1).map((path) => look.place(path))
        : []),
      ...requirementFiles.map((path) => look.place(path)),
      ...(tox.has("testenv") && fromTox.found ? [look.place("tox.ini")] : []),
    ],
  };
}

/** What a folder needs that pip cannot install itself. */
function listedDependencies({ pyproject, extras }: Project): readonly string[] {
  return [
    ...textsAt(pyproject, "project", "dependencies"),
    ...extras.flatMap((name) => textsAt(pyproject, "project", "optional-dependencies", name)),
  ].map(quote);
}

/** tox makes an environment of its own from the network, so that its requirements are installed without it. */
function toxRequirements({ look, tox }: Project) {
  const plain = linesAt(tox, "testenv", "deps")
    .map((line) => line.replace(/\{(?:toxinidir|tox_root)\}\/?/g, ""))
    .filter((line) => !/[{}]|^[\w,!-]+:\s/.test(line));
  const file = /^(?:-r|--requirement)\s*(\S+)$/;
  const files = plain
    .flatMap((line) => file.exec(line)?.[1] ?? [])
    .filter((path) => look.has(path));
  const packages = plain.filter(isRequirement);
  const extras = linesAt(tox, "testenv", "extras")
    .flatMap((line) => line.split(/[\s,]+/))
    .filter((name) => /^[\w-]+$/.test(name));
  const groups = linesAt(tox, "testenv", "dependency_groups").filter((name) =>
    /^[\w-]+$/.test(name),
  );
  const found = files.length + packages.length + extras.length + groups.length > 0;
  return { files, packages, extras, groups, found };
}
