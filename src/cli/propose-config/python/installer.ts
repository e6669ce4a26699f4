import { at } from "../parsed.ts";
import { quote } from "../shell-text.ts";
import { installedByCi } from "./ci.ts";
import { type Installer, isSetuptools, missing, type Needs, PIP, setupOf } from "./installers.ts";
import { ownRequirements } from "./requirements.ts";
import { pdmOf, poetryOf, uvOf } from "./uv-poetry-pdm.ts";

/** The project's own package manager by its lock file or its table; pip for all others. */
export function chooseInstaller(needs: Needs): Installer {
  const { look, pyproject } = needs.project;
  const uses = (name: string) => at(pyproject, "tool", name) !== undefined;
  const seen = (lock: string, table: string) =>
    look.place(look.has(lock) ? lock : `pyproject.toml tool.${table}`);
  if (look.has("uv.lock") || (uses("uv") && !look.has("poetry.lock"))) {
    return uvOf(needs, seen("uv.lock", "uv"));
  }
  if (look.has("poetry.lock") || (uses("poetry") && !isSetuptools(needs))) {
    return poetryOf(needs, seen("poetry.lock", "poetry"));
  }
  if (look.has("pdm.lock") || at(pyproject, "tool", "pdm", "dev-dependencies") !== undefined) {
    return pdmOf(needs, seen("pdm.lock", "pdm"));
  }
  return pipOf(needs);
}

function pipOf(needs: Needs): Installer {
  const { project, calls, tests } = needs;
  const copied = installedByCi(calls, tests);
  const added = missing(needs).map(quote);
  if (copied !== undefined) {
    const words = [
      ...copied.arguments,
      ...added.filter((word) => !copied.arguments.includes(word)),
    ];
    const because = `${copied.workflow} installs it`;
    return {
      run: "python3 -m",
      setup: setupOf(needs, { run: `${PIP} ${words.join(" ")}`, because }),
    };
  }
  const requirements = ownRequirements(project);
  const words = [...requirements.words, ...added];
  const groups = requirements.groups.length > 0 ? `${PIP} --upgrade pip && ` : "";
  const because =
    requirements.seen.length > 0 ? requirements.seen.join(", ") : "the tools of the checks";
  return {
    run: "python3 -m",
    setup: setupOf(needs, { run: `${groups}${PIP} ${words.join(" ")}`, because }),
  };
}
