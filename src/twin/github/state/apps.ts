import { generateKeyPairSync, randomBytes } from "node:crypto";
import type { Account, AppOptions, AppToken, AppTokenRequest, CreatedApp } from "../twin-github.ts";
import { grants, installationToken } from "./access.ts";
import { findRepository, nextId, nextSmallId, type Twin } from "./state.ts";

export function createApp(twin: Twin, { slug, permissions }: AppOptions): CreatedApp {
  const login = `${slug}[bot]`;
  if (twin.accounts.has(login.toLowerCase()))
    throw new Error(`the account ${login} exists already`);
  const bot: Account = { id: nextSmallId(twin), login, type: "Bot" };
  const clientId = `Iv23li${randomBytes(7).toString("hex")}`;
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
  twin.accounts.set(login.toLowerCase(), bot);
  twin.apps.set(clientId, { slug, bot, privateKey, permissions, installationId: nextId(twin) });
  return { clientId, privateKey, bot };
}

/** Source: docs.github.com/en/rest/apps/apps#create-an-installation-access-token-for-an-app */
export function mintAppToken(twin: Twin, request: AppTokenRequest): AppToken {
  const app = twin.apps.get(request.clientId);
  if (app === undefined) throw new Error("Integration not found");
  // The twin has the key itself, so it does not check the signature of a JSON web token made with it.
  if (request.privateKey.trim() !== app.privateKey.trim()) {
    throw new Error("A JSON web token could not be decoded");
  }
  if (findRepository(twin, request.repository) === undefined) throw new Error("Not Found");
  const permissions = request.permissions ?? app.permissions;
  if (
    Object.entries(permissions).some(
      ([name, level]) => !grants(app.permissions, `${name}:${level}`),
    )
  ) {
    throw new Error("The permissions requested are not granted to this installation.");
  }
  const token = installationToken();
  twin.tokens.set(token, {
    kind: "app",
    account: app.bot,
    grant: { repository: request.repository, permissions },
  });
  return { token, slug: app.slug, installationId: app.installationId };
}
