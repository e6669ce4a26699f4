import { afterEach, expect, test } from "vitest";
import { describeInside } from "../../adapters/sandbox/sandboxes.ts";
import { createRig } from "../rig.ts";

const endings: (() => void)[] = [];
afterEach(() => {
  for (const end of endings.splice(0)) end();
});

function probe(environment: Readonly<Record<string, string>> = {}) {
  const rig = createRig();
  endings.push(rig.remove);
  return rig.run({ name: "probe-sandbox", environment });
}

/** With which the twin plays without isolation. */
const WITHOUT = { RUNNER_ENVIRONMENT: "millwright-twin", MILLWRIGHT_ISOLATION: "none" };

describeInside("the door that probes the sandbox", () => {
  test("says that the sandbox of the workers works, and what bounds it", async () => {
    const { exitCode, outputs, commands, lines } = await probe();
    expect({ exitCode, outputs, commands }).toEqual({
      exitCode: 0,
      outputs: { found: "works" },
      commands: [],
    });
    expect(lines.join()).toMatch(/^Bounds of commands: /);
  });

  test("makes it also where workers of the twin would go without", async () => {
    expect(await probe(WITHOUT)).toMatchObject({ exitCode: 0, outputs: { found: "works" } });
  });
});

test("says that it is refused where it cannot be made, with the reason, and stays green", async () => {
  const { exitCode, outputs, commands, lines } = await probe({ ...WITHOUT, PATH: "/nowhere" });
  expect({ exitCode, outputs, commands }).toEqual({
    exitCode: 0,
    outputs: { found: "refused" },
    commands: [],
  });
  expect(lines.join()).toContain("no bwrap on PATH");
  expect(lines.join()).toContain("Next: ");
});
