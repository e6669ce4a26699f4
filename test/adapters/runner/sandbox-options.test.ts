import { afterEach, describe, expect, test, vi } from "vitest";
import { sandboxOptions } from "../../../src/adapters/runner/sandbox-options.ts";
import { Config } from "../../../src/domain/config/schema.ts";
import { sayRefusal } from "../../../src/wording/refusals.ts";
import { createFakeRunner } from "../../fakes/runner.ts";

const CONFIG = Config.parse({
  sandbox: {
    registries: [
      { use: "npm", url: "https://npm.example.com/", token: "NPM_TOKEN" },
      { use: "pip", url: "https://pypi.example.com/", token: "PIP_TOKEN" },
    ],
  },
});

function optionsFor(tokens: string, config = CONFIG) {
  const runner = createFakeRunner({ inputs: { "registry-tokens": tokens } });
  return { runner, options: sandboxOptions(runner, config) };
}

describe("sandboxOptions", () => {
  test("masks every form of every token, also of one that nobody asks for", () => {
    const { runner, options } = optionsFor(
      "NPM_TOKEN=npm-12345678\nPIP_TOKEN=pip-12345678\nX=other-1234",
    );
    expect(options.credentials).toMatchObject({ environment: {} });
    for (const value of [
      "npm-12345678",
      "pip-12345678",
      "other-1234",
      btoa("token:npm-12345678"),
    ]) {
      expect(runner.secrets).toContain(value.replace(/=+$/, ""));
    }
  });

  test.each([
    ["no secret at all", "", "no NPM_TOKEN, no PIP_TOKEN"],
    ["one of two", "PIP_TOKEN=pip-12345678", "no NPM_TOKEN"],
    [
      "an empty one, as of a secret that is not set",
      "NPM_TOKEN=\nPIP_TOKEN=pip-12345678",
      "no NPM_TOKEN",
    ],
    ["a bare token", "npm-12345678", "lines that are not NAME=value"],
  ])("refuses with %s, and says what to set", (_what, tokens, found) => {
    const { credentials } = optionsFor(tokens).options;
    if (credentials === undefined || !("refusal" in credentials)) throw new Error("no refusal");
    expect(credentials.refusal).toMatchObject({ code: "secret-missing", found });
    expect(sayRefusal(credentials.refusal)).toContain("gh secret set FACTORY_REGISTRY_TOKENS");
    expect(JSON.stringify(credentials)).not.toContain("12345678");
  });

  test("gives nothing where the config names no registry", () => {
    expect(
      optionsFor("NPM_TOKEN=npm-12345678", Config.parse({})).options.credentials,
    ).toBeUndefined();
  });
});

describe("where packages stay between runs", () => {
  afterEach(() => vi.unstubAllEnvs());

  test("is asked of a job that its mode lets, and the key that signs is masked", () => {
    vi.stubEnv("ACTIONS_RESULTS_URL", "https://results.example/");
    vi.stubEnv("ACTIONS_RUNTIME_TOKEN", "token");
    vi.stubEnv("ACTIONS_CACHE_MODE", "none");
    const runner = createFakeRunner({ inputs: {} });
    expect(sandboxOptions(runner, CONFIG, "private").packages).toBeUndefined();
    vi.stubEnv("ACTIONS_CACHE_MODE", "read");
    expect(sandboxOptions(runner, CONFIG).packages).not.toHaveProperty("key");
    expect(sandboxOptions(runner, CONFIG, "private").packages).toMatchObject({ key: "private" });
    expect(runner.secrets).toContain("private");
  });
});
