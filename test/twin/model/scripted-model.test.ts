import { describe, expect, onTestFinished, test } from "vitest";
import { parseScript } from "../../../src/twin/model/script-file.ts";
import { startScriptedModel } from "../../../src/twin/model/scripted-model.ts";

const TOOLS = [{ name: "read", input_schema: { type: "object" } }];

async function start(yaml: string) {
  const twin = await startScriptedModel({ script: parseScript(yaml, "demo.yml") });
  onTestFinished(twin.close);
  const headers = {
    authorization: `Bearer ${twin.apiKey}`,
    "anthropic-version": "2026-10-21",
    "content-type": "application/json",
  };
  async function ask(
    parts: Record<string, unknown> = {},
    options: {
      readonly headers?: Record<string, string>;
      readonly without?: string;
      readonly path?: string;
    } = {},
  ) {
    const sent = Object.entries({ ...headers, ...options.headers });
    const response = await fetch(`${twin.url}${options.path ?? "/v1/messages?beta=true"}`, {
      method: "POST",
      headers: Object.fromEntries(sent.filter(([name]) => name !== options.without)),
      body: JSON.stringify({
        model: "claude-sonnet-5-5",
        max_tokens: 1_000,
        system: "role: coder",
        messages: [{ role: "user", content: "go" }],
        tools: TOOLS,
        ...parts,
      }),
    });
    const text = await response.text();
    const body = text.startsWith("{") ? JSON.parse(text) : text;
    return {
      status: response.status,
      body,
      message: body.error?.message,
      headers: response.headers,
    };
  }
  return { twin, ask };
}

const coder = (...turns: readonly string[]) =>
  `roles:\n  coder:\n${turns.map((turn) => `    - ${turn}`).join("\n")}\n`;
const user = (text: string) => ({ role: "user", content: text });
const reply = (text: string) => ({ role: "assistant", content: [{ type: "text", text }] });
const call = (id: string) => ({
  role: "assistant",
  content: [{ type: "tool_use", id, name: "read", input: {} }],
});
const result = (id: string, text = "ok") => ({
  role: "user",
  content: [{ type: "tool_result", tool_use_id: id, content: text }],
});

describe("it refuses what the real endpoint refuses", () => {
  test.each([
    ["a wrong key", {}, { headers: { authorization: "Bearer no" } }, 401, "invalid bearer token"],
    [
      "no version",
      {},
      { without: "anthropic-version" },
      400,
      "anthropic-version: header is required",
    ],
    ["an unknown model", { model: "claude-9" }, {}, 404, "model: claude-9"],
    ["no max_tokens", { max_tokens: undefined }, {}, 400, "max_tokens: Field required"],
    ["no messages", { messages: [] }, {}, 400, "messages: Too small"],
    [
      "an assistant first",
      { messages: [reply("x")] },
      {},
      400,
      "first message must use the user role",
    ],
    ["a thread", { thread: { type: "create" } }, {}, 400, "no message threads"],
    ["an empty text", { messages: [user("")] }, {}, 400, "text content blocks must be non-empty"],
    [
      "an unanswered call",
      { messages: [user("go"), call("t1"), user("so?")] },
      {},
      400,
      "`tool_use` ids were found without",
    ],
    [
      "a call at the end",
      { messages: [user("go"), call("t1")] },
      {},
      400,
      "`tool_use` ids were found without",
    ],
    [
      "an answer to nothing",
      { messages: [user("go"), reply("x"), result("t9")] },
      {},
      400,
      "unexpected `tool_use_id`",
    ],
    ["two tools of a name", { tools: [...TOOLS, ...TOOLS] }, {}, 400, "Tool names must be unique"],
    [
      "a bad tool name",
      { tools: [{ name: "a b", input_schema: { type: "object" } }] },
      {},
      400,
      "tools.0.name",
    ],
    ["another path", {}, { path: "/v1/complete" }, 404, "the twin has no POST /v1/complete"],
  ])("%s", async (_name, parts, options, status, message) => {
    const { ask } = await start(coder("{ text: hello }"));
    const answered = await ask(parts, options);
    expect(answered.status).toBe(status);
    expect(answered.message).toContain(message);
  });

  test("a fifth breakpoint", async () => {
    const { ask } = await start(coder("{ text: hello }"));
    const block = { type: "text", text: "x", cache_control: { type: "ephemeral" } };
    const system = [{ type: "text", text: "role: coder" }, block, block, block, block];
    const answered = await ask({ system, cache_control: { type: "ephemeral" } });
    expect(answered.message).toBe(
      "A maximum of 4 blocks with cache_control may be provided. Found 5.",
    );
  });
});

describe("it plays the script", () => {
  test("turns of one conversation in order, then the next session for the next conversation", async () => {
    const { twin, ask } = await start(
      "roles:\n  coder:\n    - [{ text: one }, { text: two }]\n    - [{ text: three }]\n",
    );
    const first = await ask();
    expect(first.body).toMatchObject({
      type: "message",
      role: "assistant",
      content: [{ type: "text", text: "one" }],
      stop_reason: "end_turn",
    });
    const second = await ask({ messages: [user("go"), reply("one"), user("on")] });
    expect(second.body.content[0].text).toBe("two");
    expect(twin.unplayed()).toEqual(["coder, session 2, turn 1"]);
    expect((await ask()).body.content[0].text).toBe("three");
    expect(twin.unplayed()).toEqual([]);
    expect(twin.requests().map(({ place }) => `${place?.session}.${place?.turn}`)).toEqual([
      "1.1",
      "1.2",
      "2.1",
    ]);
  });

  test("a request that the client says it repeats gets the same reply, a fault is no reply", async () => {
    const { ask } = await start(
      coder("{ fault: 529, retryAfter: 2 }", "{ text: one }", "{ text: two }"),
    );
    const faulty = await ask();
    expect(faulty.status).toBe(529);
    expect(faulty.headers.get("retry-after")).toBe("2");
    expect(faulty.body).toMatchObject({ type: "error", error: { type: "overloaded_error" } });
    const again = { headers: { "x-stainless-retry-count": "1" } };
    expect((await ask({}, again)).body.content[0].text).toBe("one");
    expect((await ask({}, again)).body.content[0].text).toBe("one");
  });

  test("sessions and turns are chosen by what they match", async () => {
    const { ask } = await start(
      [
        "roles:",
        "  coder:",
        "    - when: { userMessage: issue 8 }",
        "      turns: [{ text: eight }]",
        "    - when: { userMessage: issue 7 }",
        "      turns:",
        "        - calls: [{ tool: read, input: {} }]",
        "        - { when: { toolResultContains: FAIL }, optional: true, text: repair }",
        "        - { when: { turnIndex: 1, model: claude-sonnet-5-5, systemMessage: coder }, text: fine }",
      ].join("\n"),
    );
    const opened = await ask({ messages: [user("issue 7")] });
    const id = opened.body.content[0].id;
    expect(opened.body.stop_reason).toBe("tool_use");
    const assistant = { role: "assistant", content: opened.body.content };
    const next = await ask({ messages: [user("issue 7"), assistant, result(id, "all PASS")] });
    expect(next.body.content[0].text).toBe("fine");
  });

  test("a turn can be repeated until what it waits for", async () => {
    const { ask } = await start(
      coder("{ when: { userMessage: more }, times: 100, text: again }", "{ text: over }"),
    );
    const messages: unknown[] = [user("more")];
    for (const expected of ["again", "again", "again"]) {
      const { body } = await ask({ messages });
      expect(body.content[0].text).toBe(expected);
      messages.push(reply(expected), user("more"));
    }
    messages.push(reply("x"), user("enough"));
    expect((await ask({ messages })).body.content[0].text).toBe("over");
  });

  test("json becomes a call of finish where it is offered, text where it is not", async () => {
    const { ask } = await start(
      coder("{ json: { a: 1 } }").concat("  reviewer:\n    - json: { a: 1 }\n"),
    );
    const finish = { name: "finish", input_schema: { type: "object" } };
    const called = await ask({ tools: [finish] });
    expect(called.body.content).toMatchObject([
      { type: "tool_use", name: "finish", input: { a: 1 } },
    ]);
    const said = await ask({ system: "role: reviewer" });
    expect(said.body.content).toEqual([{ type: "text", text: '{"a":1}' }]);
  });

  test("a reply longer than max_tokens is cut as the real one is", async () => {
    const { ask } = await start(
      coder(`{ text: ${"long ".repeat(100)}, calls: [{ tool: read, input: {} }] }`),
    );
    const { body } = await ask({ max_tokens: 10 });
    expect(body.stop_reason).toBe("max_tokens");
    expect(body.content).toEqual([{ type: "text", text: "long ".repeat(8) }]);
  });

  test.each([
    ["a role it has not", { system: "role: auditor" }, 'it has no role "auditor"; it has: coder'],
    ["no role", { system: "you are kind" }, 'no line "role: NAME"'],
    ["an unknown tool", { tools: [] }, 'it calls the tool "read", but the request offers: none'],
    [
      "a conversation it does not know",
      { messages: [user("a"), reply("b"), user("c")] },
      "no conversation with this first message",
    ],
  ])("what it cannot play is an error that says so: %s", async (_name, parts, message) => {
    const { ask } = await start(coder("{ calls: [{ tool: read, input: {} }] }"));
    const answered = await ask(parts);
    expect(answered.status).toBe(400);
    expect(answered.message).toContain("the script demo.yml cannot go on");
    expect(answered.message).toContain(message);
  });

  test.each([
    [
      "too few turns",
      "{ text: one }",
      [user("go"), reply("one"), user("and now?")],
      'all 1 turn(s) are played, but the request asks for another; its newest text: "and now?"',
    ],
    [
      "no session left",
      "{ text: one }",
      [user("something new")],
      "1 session(s), 1 begun, and none is left",
    ],
    [
      "an expectation that is not met",
      "{ text: one }\n    - { when: { userMessage: yes }, text: two }",
      [user("go"), reply("one"), user("no")],
      'turn 2 expects userMessage "yes", found "no"',
    ],
  ])(
    "what it cannot go on with is an error that says so: %s",
    async (_name, turns, messages, message) => {
      const { ask } = await start(coder(turns));
      await ask();
      const answered = await ask({ messages });
      expect(answered.status).toBe(400);
      expect(answered.message).toContain(message);
    },
  );
});

test("a stream is made of the events that the SDK reads", async () => {
  const { ask } = await start(coder("{ text: hi, calls: [{ tool: read, input: { a: b } }] }"));
  const { body, headers } = await ask({ stream: true });
  expect(headers.get("content-type")).toContain("text/event-stream");
  const events = [...String(body).matchAll(/^event: (.+)$/gm)].map(([, name]) => name);
  expect(events).toEqual([
    "message_start",
    "ping",
    "content_block_start",
    "content_block_delta",
    "content_block_stop",
    "content_block_start",
    "content_block_delta",
    "content_block_stop",
    "message_delta",
    "message_stop",
  ]);
});

test("count_tokens counts what a request would cost as input, and plays nothing", async () => {
  const { twin, ask } = await start(coder("{ text: hi }"));
  const { body } = await ask({}, { path: "/v1/messages/count_tokens" });
  const { body: message } = await ask();
  expect(body.input_tokens).toBe(message.usage.input_tokens);
  expect(twin.usage()).toMatchObject({ input_tokens: body.input_tokens });
  expect(twin.requests()).toHaveLength(1);
});

test("a port that is taken is said so", async () => {
  const { twin } = await start(coder("{ text: hi }"));
  const port = Number(new URL(twin.url).port);
  const script = parseScript(coder("{ text: hi }"), "demo.yml");
  await expect(startScriptedModel({ script, port })).rejects.toThrow(`port ${port} is taken`);
});

describe("an enemy", () => {
  test.each([
    ['{ calls: [{ tool: read, input: [1, "a"] }] }', '[1,"a"]'],
    ["{ calls: [{ tool: read, input: null }] }", "null"],
    ["{ calls: [{ tool: read, rawInput: '{\"path\": ' }] }", '{"path": '],
  ])("%s stands on the wire as it is", async (turn, expected) => {
    const { ask } = await start(coder(turn));
    const { body } = await ask({ stream: true });
    const sent = [...String(body).matchAll(/^data: (.*)$/gm)]
      .map(([, data]) => JSON.parse(data ?? ""))
      .flatMap(({ delta }) => delta?.partial_json ?? []);
    expect(sent.join("")).toBe(expected);
  });

  test("a reply beyond the maximum is sent whole", async () => {
    const turn = "{ beyondMaximum: true, text: !repeat { text: x, bytes: 3000000 } }";
    const { ask } = await start(coder(turn));
    const { body } = await ask({ max_tokens: 10 });
    expect(body.content[0].text).toHaveLength(3_000_000);
    expect(body.stop_reason).toBe("end_turn");
  });

  test("what a reply says of itself may be a lie; what was metered is kept", async () => {
    const lies =
      "{ stopReason: end_turn, model: another, callId: same, usage: { output_tokens: -7 } }";
    const { ask, twin } = await start(
      coder(`{ lies: ${lies}, calls: [{ tool: read }, { tool: read }] }`),
    );
    const { body } = await ask();
    expect(body).toMatchObject({
      stop_reason: "end_turn",
      model: "another",
      usage: { output_tokens: -7 },
      content: [{ id: "same" }, { id: "same" }],
    });
    expect(twin.usage().output_tokens).toBeGreaterThan(0);
  });

  test("raw bytes are sent as they are, and the repeated request gets the next turn", async () => {
    const { ask, twin } = await start(
      coder(
        "{ raw: { status: 302, headers: { location: 'http://127.0.0.1:9/' } } }",
        "{ raw: { body: aGk=, encoding: base64 } }",
        "{ text: done }",
      ),
    );
    const moved = await fetch(`${twin.url}/v1/messages`, {
      method: "POST",
      redirect: "manual",
      headers: { authorization: `Bearer ${twin.apiKey}`, "anthropic-version": "2026-10-21" },
      body: JSON.stringify({
        model: "claude-sonnet-5-5",
        max_tokens: 9,
        system: "role: coder",
        messages: [user("go")],
      }),
    });
    expect([moved.status, moved.headers.get("location")]).toEqual([302, "http://127.0.0.1:9/"]);
    expect((await ask({ messages: [user("go")] })).body).toBe("hi");
    expect((await ask({ messages: [user("go")] })).body.content[0].text).toBe("done");
    expect(twin.unplayed()).toEqual([]);
  });

  test("a turn that is played for ever is played once it was played at all", async () => {
    const { ask, twin } = await start(coder("{ times: forever, calls: [{ tool: read }] }"));
    expect(twin.unplayed()).toEqual(["coder, session 1, turn 1"]);
    await ask();
    for (let round = 1; round <= 5; round += 1) {
      const history = Array.from({ length: round }, (_, index) => [
        call(`c${index}`),
        result(`c${index}`),
      ]);
      const { body } = await ask({ messages: [user("go"), ...history.flat()] });
      expect(body.stop_reason).toBe("tool_use");
    }
    expect(twin.unplayed()).toEqual([]);
  });
});

describe("a script that plays no tester", () => {
  const asTester = {
    system: "role: tester",
    tools: [...TOOLS, { name: "finish", input_schema: { type: "object" } }],
  };

  test("leaves every criterion to the coder, and says so, however often it is asked", async () => {
    const { twin, ask } = await start(coder("text: hello"));
    for (const words of ["write the tests", "write them again"]) {
      const { status, body } = await ask({ ...asTester, messages: [user(words)] });
      expect(status).toBe(200);
      const [finish] = body.content.filter(({ type }: { type: string }) => type === "tool_use");
      expect(finish).toMatchObject({
        name: "finish",
        input: {
          proofs: [],
          open: [{ criterion: "all", because: "the script plays no tester" }],
        },
      });
    }
    expect(twin.unplayed()).toEqual(["coder, session 1, turn 1"]);
  });

  test("plays no other role that it has not", async () => {
    const { ask } = await start(coder("text: hello"));
    const { status, message } = await ask({ system: "role: reviewer" });
    expect([status, message]).toEqual([400, expect.stringContaining('it has no role "reviewer"')]);
  });

  test("one that plays a tester is held to what it says", async () => {
    const { ask } = await start("roles:\n  tester:\n    - text: thinking\n");
    expect((await ask(asTester)).body.content).toMatchObject([{ type: "text", text: "thinking" }]);
    const { status } = await ask({ ...asTester, messages: [user("another")] });
    expect(status).toBe(400);
  });
});
