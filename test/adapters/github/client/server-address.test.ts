import { expect, test } from "vitest";
import { z } from "zod";
import { createClient } from "../../../../src/adapters/github/client/client.ts";
import { createWire } from "../../../../src/adapters/github/wire.ts";

/** GITHUB_API_URL as runners name it. Source: docs.github.com, "Variables reference"; for a server, "About the REST API" of Enterprise Server. */
const SERVERS = [
  ["https://api.github.com", "https://api.github.com/graphql"],
  ["https://api.octocorp.ghe.com", "https://api.octocorp.ghe.com/graphql"],
  ["https://github.example.com/api/v3", "https://github.example.com/api/graphql"],
] as const;

function recorder() {
  const asked: string[] = [];
  const request: typeof fetch = async (input) => {
    asked.push(String(input));
    const body = String(input).endsWith("/graphql") ? { data: {} } : {};
    return Response.json(body);
  };
  return { asked, request };
}

test.each(SERVERS)(
  "%s is asked, and no other server, by REST and by GraphQL",
  async (apiUrl, graphql) => {
    const { asked, request } = recorder();
    const access = { token: "t", repository: "OWNER/app", apiUrl, request };
    const client = createClient(access);
    await client.ask(z.unknown(), "GET /issues/{issue_number}", { issue_number: 7 });
    await client.query("query { viewer { login } }");
    await createWire(access).ask("GET /labels");
    expect(asked).toEqual([
      `${apiUrl}/repos/OWNER/app/issues/7`,
      graphql,
      `${apiUrl}/repos/OWNER/app/labels`,
    ]);
  },
);
