import { expect } from "vitest";
import { weigh } from "../../src/control/gate/gate.ts";
import { authorityOver } from "../../src/control/gate/merge-authority.ts";
import { dependencyKind } from "../../src/domain/dependencies/files.ts";
import { natureOf } from "../../src/domain/trust/file-nature.ts";
import { steeringOf } from "../../src/domain/trust/steering.ts";
import { greenGate } from "../control/gate/green-gate.ts";
import { aboutItsTree, CONFIG, deliveries, green, newLine, toBuilding } from "../control/line.ts";
import { FILES } from "./reports/files.ts";
import { room } from "./room.ts";

const FULL = CONFIG.replace("scoped-autonomy", "full-factory");

/** A gate that is green in all, over a change that has one more file in a contract without bounds. */
async function withFile(path: string, content = "x\n") {
  const gate = await greenGate(FULL);
  gate.order.contract.boundaries.paths = [];
  gate.implement.changeSet.files.push({ path, mode: "100644", encoding: "utf-8", content });
  return gate;
}

const MANIFESTS = [
  "package.json",
  "src/tool/Cargo.toml",
  "dev-requirements.txt",
  "mix.exs",
  "app.gemspec",
  "src/App.csproj",
  "deno.json",
  "environment.yml",
  "packages/a/pyproject.toml",
];

room(FILES, {
  "SchneiderDaniel/cheasee-pi#1476": async () => {
    for (const path of MANIFESTS) {
      expect(dependencyKind(path), path).toBeDefined();
      const { refusals } = weigh(await withFile(path, "greet-utils-pro\n"));
      expect(refusals.map(({ code }) => code).join(), path).toMatch(/^dependencies-/);
    }
  },

  "microsoft/apm#1426": async () => {
    expect(natureOf("CHANGELOG.md")).toBe("prose");
    expect(steeringOf("CHANGELOG.md")).toBeUndefined();
    const gate = await withFile("CHANGELOG.md");
    expect(weigh(gate).refusals).toEqual([]);
    expect(authorityOver(gate).by).toBe("factory");
    const steering = await withFile("mkdocs.yml");
    expect(weigh(steering).refusals).toEqual([]);
    expect(authorityOver(steering).by).toBe("person");
  },

  "microsoft/vstest#15827": async () => {
    const line = newLine({ config: FULL });
    const building = await toBuilding(line);
    const proposals = green(line.github, building.order);
    const file = { path: ".github/workflows/triage.yml", mode: "100644", encoding: "utf-8" };
    const added = { ...file, content: "on: issues\n" } as const;
    (proposals.implement.changeSet.files as unknown[]).push(added);
    aboutItsTree(line.github, proposals);
    const { order } = building;
    (order.contract.boundaries as { paths: string[] }).paths = ["**"];
    const result = await line.run("settle", { ...building, proposals: deliveries(proposals) });
    expect(result.refusals).not.toEqual([]);
    const kinds = line.github.applied.map(({ effect }) => effect.kind);
    expect(kinds).not.toContain("publish-commit");
    expect(kinds).not.toContain("open-issue");
    const gate = await withFile(".github/workflows/triage.yml");
    expect(weigh(gate).refusals).toMatchObject([{ code: "path-protected" }]);
  },

  "dotnet/msbuild#14369": async () => {
    for (const path of [".github/instructions/tests.instructions.md", ".github/agents/a.md"]) {
      const gate = await withFile(path);
      expect(weigh(gate).refusals, path).toEqual([]);
      expect(authorityOver(gate).by, path).toBe("person");
    }
  },
});
