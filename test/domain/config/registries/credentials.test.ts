import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readConfig } from "../../../../src/domain/config/read-config.ts";
import {
  credentialsFor,
  missingTokens,
  readTokens,
} from "../../../../src/domain/config/registries/credentials.ts";
import { REGISTRY_TOOLS, Registries } from "../../../../src/domain/config/registries/registry.ts";

const TOKEN = "s3cret/with+marks&";
const TOKENS = new Map([["T", TOKEN]]);
const NAMED = {
  npm: {},
  pip: {},
  go: {},
  git: {},
  maven: { name: "own" },
  cargo: { name: "own-crates" },
};

function registry(use: (typeof REGISTRY_TOOLS)[number], parts: object = {}) {
  return { use, url: "https://packages.example.com/own/", token: "T", ...NAMED[use], ...parts };
}

/** Forms of the token, which has no padding in any of them. */
function formsOf(login: string) {
  const coded = [btoa(TOKEN), btoa(`${login}:${TOKEN}`)].map((form) => form.replaceAll("=", ""));
  return [TOKEN, encodeURIComponent(TOKEN), ...coded].map((value) => ({ name: "T", value }));
}

function madeFor(...registries: readonly unknown[]) {
  const made = credentialsFor(Registries.parse(registries), TOKENS);
  if (made === undefined) throw new Error("expected credentials");
  return made;
}

function filesOf(...registries: readonly unknown[]) {
  return madeFor(...registries).files.map(({ variable, before, content }) => [
    `${variable}=${before}`,
    content,
  ]);
}

describe("credentialsFor", () => {
  test("tells npm by a file of its own, for all packages or for scopes", () => {
    expect(filesOf(registry("npm"))).toEqual([
      [
        "NPM_CONFIG_USERCONFIG=",
        `registry=https://packages.example.com/own/\n//packages.example.com/own/:_authToken=${TOKEN}\n`,
      ],
    ]);
    expect(
      filesOf(registry("npm", { scopes: ["@a", "@b"], url: "https://npm.example.com" })),
    ).toEqual([
      [
        "NPM_CONFIG_USERCONFIG=",
        `@a:registry=https://npm.example.com/\n@b:registry=https://npm.example.com/\n//npm.example.com/:_authToken=${TOKEN}\n`,
      ],
    ]);
  });

  test("tells pip, uv and Go by one netrc, and says to Go what is private", () => {
    const { environment } = madeFor(registry("pip"), registry("go", { user: "robot" }));
    expect(filesOf(registry("pip"), registry("go", { user: "robot" }))).toEqual([
      [
        "NETRC=",
        `machine packages.example.com login token password ${TOKEN}\nmachine packages.example.com login robot password ${TOKEN}\n`,
      ],
    ]);
    expect(environment.GOPRIVATE).toBe("packages.example.com/own");
    // Go asks git where there is no proxy.
    expect(environment).toMatchObject({
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: "http.https://packages.example.com/own/.extraHeader",
      GIT_CONFIG_VALUE_0: `Authorization: Basic ${btoa(`robot:${TOKEN}`)}`,
    });
  });

  test("tells Maven by a server in settings, Cargo by a variable, git by none of its files", () => {
    expect(filesOf(registry("maven"))).toEqual([
      [
        "MAVEN_ARGS=--settings ",
        "<settings><servers><server><id>own</id><username>token</username><password>s3cret/with+marks&amp;</password></server></servers></settings>\n",
      ],
    ]);
    expect(madeFor(registry("cargo"))).toMatchObject({
      environment: { CARGO_REGISTRIES_OWN_CRATES_TOKEN: TOKEN },
      files: [],
    });
    expect(madeFor(registry("git")).files).toEqual([]);
  });

  test.each(REGISTRY_TOOLS)(
    "%s: whatever holds the token is a form that is looked for afterwards",
    (use) => {
      fc.assert(
        fc.property(fc.stringMatching(/^[!-~]{8,60}$/), (value) => {
          const made = credentialsFor(Registries.parse([registry(use)]), new Map([["T", value]]));
          const told = [
            ...Object.values(made?.environment ?? {}),
            ...(made?.files ?? []).map(({ content }) => content),
          ].join("\n");
          const plain = told
            .replaceAll("&amp;", "&")
            .replaceAll("&lt;", "<")
            .replaceAll("&gt;", ">");
          expect(made?.secrets.some((secret) => plain.includes(secret.value))).toBe(true);
        }),
      );
    },
  );

  test("names each file, and sets no variable of a tool that the config does not name", () => {
    const two = madeFor(registry("maven"), registry("maven", { name: "b", user: "robot" }));
    expect(two).toStrictEqual({
      environment: {},
      files: [
        {
          name: "settings.xml",
          content: `<settings><servers>${[
            ["own", "token"],
            ["b", "robot"],
          ]
            .map(
              ([id, user]) =>
                `<server><id>${id}</id><username>${user}</username><password>s3cret/with+marks&amp;</password></server>`,
            )
            .join("")}</servers></settings>\n`,
          variable: "MAVEN_ARGS",
          before: "--settings ",
        },
      ],
      secrets: [...formsOf("token"), ...formsOf("robot")],
    });
    const { files } = madeFor(registry("npm"), registry("pip"));
    expect(files.map(({ name }) => name)).toEqual(["npmrc", "netrc"]);
  });

  test("tells Go and git of several places, each with one slash at its end for git and none for Go", () => {
    const places = [
      "https://a.example.com",
      "https://b.example.com/own",
      "https://c.example.com/x//",
    ];
    const { environment } = madeFor(...places.map((url) => registry("go", { url })));
    const login = `Authorization: Basic ${btoa(`token:${TOKEN}`)}`;
    expect(environment).toStrictEqual({
      GOPRIVATE: "a.example.com,b.example.com/own,c.example.com/x",
      GIT_CONFIG_COUNT: "3",
      GIT_CONFIG_KEY_0: "http.https://a.example.com/.extraHeader",
      GIT_CONFIG_VALUE_0: login,
      GIT_CONFIG_KEY_1: "http.https://b.example.com/own/.extraHeader",
      GIT_CONFIG_VALUE_1: login,
      GIT_CONFIG_KEY_2: "http.https://c.example.com/x/.extraHeader",
      GIT_CONFIG_VALUE_2: login,
    });
  });

  test("looks for a token plain, in an address and encoded, without the padding", () => {
    const value = "12345678+0";
    const { secrets } = credentialsFor(
      Registries.parse([registry("npm")]),
      new Map([["T", value]]),
    ) as NonNullable<ReturnType<typeof credentialsFor>>;
    expect(secrets).toStrictEqual(
      [value, "12345678%2B0", "MTIzNDU2NzgrMA", "dG9rZW46MTIzNDU2NzgrMA"].map((form) => ({
        name: "T",
        value: form,
      })),
    );
  });

  test("is not made while a token is missing", () => {
    expect(() => credentialsFor(Registries.parse([registry("npm")]), new Map())).toThrow(
      "the token T is not there",
    );
  });

  test("is nothing where the config has none", () => {
    expect(credentialsFor([], TOKENS)).toBeUndefined();
  });
});

describe("readTokens", () => {
  test.each<readonly [string, Readonly<Record<string, string>> | undefined]>([
    ["", {}],
    ["A=12345678\n  B_2=x=y\r\n\nC=\n", { A: "12345678", B_2: "x=y" }],
    ["12345678", undefined],
    ["A=1\nA=2", undefined],
    ["A=two words", undefined],
  ])("%j", (text, expected) => {
    const read = readTokens(text);
    expect(read === undefined ? undefined : Object.fromEntries(read)).toEqual(expected);
  });

  test("names what is missing once, and what is too short to be looked for", () => {
    const registries = Registries.parse([
      registry("npm"),
      registry("pip"),
      registry("go", { token: "SHORT" }),
    ]);
    expect(missingTokens(registries, new Map([["SHORT", "1234567"]]))).toEqual(["T", "SHORT"]);
    expect(
      missingTokens(
        registries,
        new Map([
          ["SHORT", "12345678"],
          ["T", TOKEN],
        ]),
      ),
    ).toEqual([]);
  });
});

describe("the config", () => {
  test.each<readonly [string, object, string]>([
    [
      "a token in place of its name",
      { token: "npm_abcdef" },
      "expected the name of a token, like NPM_TOKEN, never its value",
    ],
    [
      "the clear",
      { url: "http://packages.example.com" },
      "expected an address that begins with https://",
    ],
    [
      "a token in the address",
      { url: "https://me:pw@packages.example.com" },
      "expected an address without credentials, query and fragment",
    ],
    ["scopes for another", { use: "pip", scopes: ["@a"] }, "belongs to npm: leave it out"],
    ["no name for Maven", { use: "maven" }, "expected the name that maven knows it by"],
    ["a name for npm", { name: "own" }, "belongs to maven and cargo: leave it out"],
    [
      "a tool that is not known",
      { use: "gem" },
      'expected one of npm, pip, maven, go, cargo, git, found "gem"',
    ],
  ])("refuses %s", (_what, parts, message) => {
    const read = readConfig({ sandbox: { registries: [{ ...registry("npm"), ...parts }] } });
    expect("faults" in read ? read.faults.map((fault) => fault.message) : []).toContain(message);
  });
});
