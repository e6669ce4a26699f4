import { z } from "zod";

export const Id = z.int().positive();
/** An unknown kind of account may command nothing, like a bot. */
export const Sender = z.object({
  id: Id,
  login: z.string().min(1).max(100),
  type: z.enum(["User", "Bot", "Organization"]).catch("Bot"),
});
export const Text = z
  .string()
  .nullish()
  .transform((text) => text ?? "");
