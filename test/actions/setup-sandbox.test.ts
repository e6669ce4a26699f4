import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const SCRIPT = join(import.meta.dirname, "../../actions/setup-sandbox/setup.sh");
const WORKING = 'case " $* " in *" --version "*) echo bubblewrap 0.9.0;; esac';
const GATED = "echo 'bwrap: setting up uid map: Permission denied' >&2; exit 1";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "setup-sandbox-"));
  symlinkSync("/usr/bin/env", join(folder, "env"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/bash\n${script}\n`, { mode: 0o755 });
}

/** Runs the step where nothing but the stubs can be found, above all no real sudo. */
function setUp(environment: Readonly<Record<string, string>> = {}) {
  const log = join(folder, "asked");
  const { status, stdout } = spawnSync("/bin/bash", [SCRIPT], {
    encoding: "utf8",
    env: { PATH: folder, ...environment },
  });
  const asked = existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [];
  return { status, stdout, asked };
}

/** A sudo that writes down what it was asked, and then does `script`. */
function sudo(script: string): void {
  program("sudo", `echo "$*" >> ${folder}/asked\n${script}`);
}

describe("the step setup-sandbox (RT-13)", () => {
  test("asks for no privilege where bubblewrap works", () => {
    program("bwrap", WORKING);
    sudo("exit 1");
    expect(setUp()).toEqual({
      status: 0,
      stdout: "bubblewrap works: bubblewrap 0.9.0\n",
      asked: [],
    });
  });

  test("installs it where it is missing", () => {
    sudo(`case "$*" in ${installs()} esac`);
    const { status, stdout, asked } = setUp();
    expect(stdout).toBe("bubblewrap works: bubblewrap 0.9.0\n");
    expect(status).toBe(0);
    expect(asked.at(-1)).toMatch(/^apt-get install .*--no-install-recommends bubblewrap$/);
  });

  const INSTALLS = `*install*) printf '#!/bin/bash\\n${WORKING.replaceAll("'", "")}\\n' > BIN/bwrap; /bin/chmod 755 BIN/bwrap;;`;
  const installs = () => INSTALLS.replaceAll("BIN", folder);

  test("tries to install it although the lists could not be renewed, and warns", () => {
    sudo(`case "$*" in *update*) exit 100;; ${installs()} esac`);
    const { status, stdout, asked } = setUp();
    expect(stdout).toMatch(
      /^::warning::apt-get update failed; .*attempt 1 of 3\)\nbubblewrap works: bubblewrap 0\.9\.0\n$/,
    );
    expect(status).toBe(0);
    expect(asked).toHaveLength(2);
  });

  test("tries again where the install failed", () => {
    sudo(
      `case "$*" in *install*) if [ ! -e ${folder}/failed ]; then : > ${folder}/failed; exit 100; fi;; esac
case "$*" in ${installs()} esac`,
    );
    const { stdout, asked } = setUp();
    expect(stdout).toBe("bubblewrap works: bubblewrap 0.9.0\n");
    expect(asked.filter((line) => line.includes("install"))).toHaveLength(2);
  });

  test("asks the distribution's own lists alone, where it finds them", () => {
    sudo("exit 1");
    const own = ["list.d/ubuntu.sources", "list.d/debian.sources", "list"].find((name) => {
      const file = `/etc/apt/sources.${name}`;
      return existsSync(file) && readFileSync(file).length > 0;
    });
    for (const line of setUp().asked) {
      if (own === undefined) expect(line).not.toContain("Dir::Etc");
      else {
        expect(line).toContain(`-o Dir::Etc::sourcelist=/etc/apt/sources.${own} `);
        expect(line).toContain("-o Dir::Etc::sourceparts=/dev/null");
      }
    }
  });

  test("says so where it cannot be installed: the worker refuses then", () => {
    sudo("exit 1");
    const { status, stdout } = setUp();
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /\n::warning::bubblewrap is missing.*sudo apt-get install -y bubblewrap\n$/,
    );
  });

  test("lifts the gate of ubuntu-24.04 by a profile before the switch, and no further than needed", () => {
    program("bwrap", `[ -e ${folder}/open ] || { ${GATED}; }; ${WORKING}`);
    sudo(`case "$*" in sysctl*) : > ${folder}/open;; tee*) while read -r _; do :; done;; esac`);
    const { stdout, asked } = setUp();
    expect(stdout).toBe("bubblewrap works: bubblewrap 0.9.0\n");
    expect(asked.at(-1)).toBe("sysctl -q kernel.apparmor_restrict_unprivileged_userns=0");
    expect(asked.filter((line) => line.startsWith("apt-get"))).toEqual([]);
    if (existsSync("/etc/apparmor.d")) {
      expect(asked[0]).toBe("tee /etc/apparmor.d/millwright-bwrap");
    }
  });

  test("warns where no namespace can be made at all, and without sudo", () => {
    program("bwrap", GATED);
    const { status, stdout } = setUp();
    expect(status).toBe(0);
    expect(stdout).toContain("::warning::bubblewrap cannot make a sandbox on this runner");
  });

  test("does nothing on the twin that plays without isolation, and there alone", () => {
    const none = { MILLWRIGHT_ISOLATION: "none" };
    expect(setUp({ ...none, RUNNER_ENVIRONMENT: "millwright-twin" }).stdout).toMatch(/^The twin/);
    expect(setUp({ ...none, RUNNER_ENVIRONMENT: "github-hosted" }).stdout).toMatch(/^::warning/);
  });
});
