import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { createWeb } from "../../../src/adapters/web/web.ts";
import { answered, createFakeWeb } from "../../fakes/web.ts";
import { webSuite } from "../../ports/web.suite.ts";

const BOUNDS = { timeoutMs: 5_000, maximumBytes: 1_000 };
const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

webSuite("fetch", async () => {
  const address = await serve((request, response) => {
    response.statusCode = request.url === "/health" ? 200 : 404;
    response.end(request.url === "/health" ? "ok" : "no");
  });
  return { web: createWeb(), address };
});

webSuite("fake", async () => ({
  address: "http://example.test",
  web: createFakeWeb({
    "http://example.test/health": answered("ok"),
    "http://example.test/missing": [answered("no", 404)],
  }),
}));

describe("createWeb", () => {
  test("cuts an endless body", async () => {
    const address = await serve((_, response) => {
      const more = () => {
        while (response.write("x".repeat(10_000)));
      };
      response.on("drain", more);
      more();
    });
    const answer = await createWeb().get(address, BOUNDS);
    expect(answer).toMatchObject({ kind: "answered", body: "x".repeat(1_000) });
  });

  test("gives up on a server that says nothing", async () => {
    const address = await serve(() => {});
    const answer = await createWeb().get(address, { timeoutMs: 100, maximumBytes: 10 });
    expect(answer).toMatchObject({ kind: "unreachable", reason: "no answer within 100 ms" });
  });

  test("gives up on a body that never ends its sentence", async () => {
    const address = await serve((_, response) => void response.write("hal"));
    const answer = await createWeb().get(address, { timeoutMs: 100, maximumBytes: 10 });
    expect(answer.kind).toBe("unreachable");
  });

  test("names the reason when nobody listens", async () => {
    const address = await serve(() => {});
    servers.splice(0).forEach((server) => void server.close());
    const answer = await createWeb().get(address, BOUNDS);
    expect(answer).toMatchObject({ kind: "unreachable" });
    expect(answer.kind === "unreachable" && answer.reason).toMatch(/ECONNREFUSED/);
  });

  test("follows a redirect on the same host and no other", async () => {
    const asked: string[] = [];
    const elsewhere = await serve((request, response) => {
      asked.push(request.url ?? "");
      response.end("elsewhere");
    });
    const address = await serve((request, response) => {
      const target = { "/a": "/b", "/out": `${elsewhere}/x`, "/loop": "/loop" }[request.url ?? ""];
      if (target !== undefined) response.writeHead(302, { location: target });
      response.end("here");
    });
    const web = createWeb();
    expect(await web.get(`${address}/a`, BOUNDS)).toMatchObject({ status: 200, body: "here" });
    expect(await web.get(`${address}/out`, BOUNDS)).toMatchObject({ kind: "unreachable" });
    expect(await web.get(`${address}/loop`, BOUNDS)).toMatchObject({
      reason: "more than 5 redirects",
    });
    expect(asked).toEqual([]);
  });

  test.each(["file:///etc/passwd", "data:text/plain,x", "http://user:word@127.0.0.1/", "nonsense"])(
    "does not ask %s",
    async (url) => {
      expect((await createWeb().get(url, BOUNDS)).kind).toBe("unreachable");
    },
  );

  test("sends nothing but the address", async () => {
    let seen = {};
    const address = await serve((request, response) => {
      seen = { method: request.method, ...request.headers };
      response.end();
    });
    await createWeb().get(address, BOUNDS);
    expect(seen).toMatchObject({ method: "GET", "user-agent": "millwright-smoke" });
    expect(seen).not.toHaveProperty("authorization");
    expect(seen).not.toHaveProperty("cookie");
  });
});

test("the fake rejects what it was not given", async () => {
  const web = createFakeWeb({ "http://a": [answered("1")] });
  await expect(web.get("http://b", BOUNDS)).rejects.toThrow(/no answer for http:\/\/b/);
  await web.get("http://a", BOUNDS);
  await expect(web.get("http://a", BOUNDS)).rejects.toThrow(/answer 2/);
});
