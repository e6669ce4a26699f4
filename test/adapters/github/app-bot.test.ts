import { beforeEach, describe, expect, test } from "vitest";
import { botOfApp } from "../../../src/adapters/github/app-bot.ts";
import { checkedFetch } from "./checked-fetch.ts";

const API = "https://api.github.test";
const options = (answer?: object) => ({
  token: "t",
  repository: "OWNER/app",
  apiUrl: API,
  request: checkedFetch({
    apiUrl: API,
    request: async (input) => {
      if (answer === undefined) throw new Error(`nothing is to be asked, and ${String(input)} was`);
      asked.push(decodeURIComponent(String(input)));
      return Response.json(answer);
    },
  }),
});
const asked: string[] = [];
beforeEach(() => {
  asked.length = 0;
});
const inputs = (app: string, made: string) => ({
  input: (name: string) => ({ app, "token-app": made })[name] ?? "",
});

describe("the bot that an App writes as", () => {
  test("is asked for by its name, on the way of the job's API", async () => {
    const bot = { id: 7, login: "factory[bot]", type: "Bot", node_id: "x" };
    expect(await botOfApp(inputs("factory", "factory"), options(bot))).toEqual({
      id: 7,
      login: "factory[bot]",
    });
    expect(asked).toEqual(["https://api.github.test/users/factory[bot]"]);
  });

  test("is the same where the job reads with its own token", async () => {
    const bot = { id: 7, login: "factory[bot]", type: "Bot" };
    expect(await botOfApp(inputs("factory", ""), options(bot))).toEqual({
      id: 7,
      login: "factory[bot]",
    });
  });

  test("is nobody where the job has no App, and nothing is asked", async () => {
    expect(await botOfApp(inputs("", ""), options())).toBeUndefined();
  });

  test.each([
    ["another App's token", "factory", "gardener"],
    ["a token where no App is named", "", "gardener"],
  ])("is refused with %s, before anything is asked", async (_, app, made) => {
    await expect(botOfApp(inputs(app, made), options())).rejects.toThrow(
      `the token is of the App "gardener", found "${app}". Pass app-slug: gardener.`,
    );
  });

  test.each([
    ["a person", { id: 7, login: "factory[bot]", type: "User" }],
    ["another account", { id: 7, login: "gardener[bot]", type: "Bot" }],
  ])("is not %s", async (_, answer) => {
    await expect(botOfApp(inputs("factory", "factory"), options(answer))).rejects.toThrow(
      "expected the App whose bot is factory[bot]",
    );
  });
});
