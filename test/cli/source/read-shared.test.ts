import { expect, test } from "vitest";
import { type Asking, readShared } from "../../../src/cli/source/read-shared.ts";

const GITHUB = "https://api.github.com";

/** A GitHub that answers by path; `asked` are the headers that it was sent. */
function asking(
  answers: Readonly<Record<string, Response>>,
  { apiUrl = GITHUB, token }: { readonly apiUrl?: string; readonly token?: string } = {},
) {
  const asked: Request[] = [];
  const send: Asking["send"] = async (request) => {
    asked.push(request);
    const answer = answers[new URL(request.url).pathname];
    if (answer === undefined) throw new Error("the network is down");
    return answer;
  };
  return { asked, asking: { apiUrl, token, send } };
}

const about = (isPrivate: boolean) => new Response(JSON.stringify({ private: isPrivate }));
const ABOUT = "/repos/acme/.github";
const FILE = "/repos/acme/.github/contents/factory.yml";
const gone = () => new Response("{}", { status: 404 });

test("a public file is read, with the token where there is one", async () => {
  for (const token of [undefined, "t"]) {
    const answers = { [ABOUT]: about(false), [FILE]: new Response("mode: staged\n") };
    const told = asking(answers, token === undefined ? {} : { token });
    expect(await readShared("acme/.github", told.asking)).toEqual({ text: "mode: staged\n" });
    const sent = told.asked.map((request) => request.headers.get("authorization"));
    expect(sent).toEqual(token === undefined ? [null, null] : ["Bearer t", "Bearer t"]);
  }
});

test.each<readonly [string, Readonly<Record<string, Response>>, object, object]>([
  ["a private one", { [ABOUT]: about(true) }, {}, { hidden: /is not public/ }],
  [
    "none in a public repository",
    { [ABOUT]: about(false), [FILE]: gone() },
    {},
    { hidden: /no file/ },
  ],
  ["one that strangers do not see on github.com", { [ABOUT]: gone() }, {}, { hidden: /not there/ }],
  [
    "one that a server of another kind hides",
    { [ABOUT]: gone() },
    { apiUrl: "https://github.example/api/v3" },
    { unknown: /GitHub was not reached|not there/ },
  ],
  ["a refusal", { [ABOUT]: new Response("", { status: 403 }) }, {}, { unknown: /403/ }],
  ["no network", {}, {}, { unknown: /the network is down/ }],
])("%s", async (_, answers, who, expected) => {
  const found = await readShared("acme/.github", asking(answers, who).asking);
  for (const [key, says] of Object.entries(expected)) {
    expect(found).toHaveProperty(key, expect.stringMatching(says));
  }
});
