import { z } from "zod";

/** Tools with known private registries, by the file or the variables that each documents. */
export const REGISTRY_TOOLS = ["npm", "pip", "maven", "go", "cargo", "git"] as const;
export type RegistryTool = (typeof REGISTRY_TOOLS)[number];

const Word = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, "expected one word");

/** A private registry that `setup` reads with a token. No other command gets the token. */
const Registry = z
  .strictObject({
    use: z.enum(REGISTRY_TOOLS),
    url: z
      .url({ protocol: /^https$/, error: "expected an address that begins with https://" })
      .max(300)
      .refine(
        (url) => !/[?#@\s"'\\<>]/.test(url),
        "expected an address without credentials, query and fragment",
      ),
    token: z
      .string()
      .regex(
        /^[A-Z][A-Z0-9_]{0,99}$/,
        "expected the name of a token, like NPM_TOKEN, never its value",
      ),
    user: Word.optional(),
    name: Word.optional(),
    scopes: z
      .array(z.string().regex(/^@[a-z0-9][a-z0-9._-]{0,99}$/))
      .min(1)
      .max(20)
      .optional(),
  })
  .superRefine(({ use, name, scopes }, context) => {
    const fault = (message: string, key: string) =>
      context.addIssue({ code: "custom", message, path: [key] });
    if (scopes !== undefined && use !== "npm") fault("belongs to npm: leave it out", "scopes");
    const isNamed = use === "maven" || use === "cargo";
    if (isNamed && name === undefined) fault(`expected the name that ${use} knows it by`, "name");
    if (!isNamed && name !== undefined) fault("belongs to maven and cargo: leave it out", "name");
  });
export type Registry = z.infer<typeof Registry>;

export const Registries = z.array(Registry).max(20);
