import { z } from "zod";

const Stored = z
  .strictObject({
    endpoint: z.url(),
    sessionId: z.string().min(1).exactOptional(),
    token: z.string().min(1).exactOptional(),
    email: z.string().exactOptional(),
    demo: z.boolean().exactOptional(),
    /** Which secret the system's keychain has. */
    keychain: z.enum(["sessionId", "token"]).exactOptional(),
  })
  .refine(
    (stored) => [stored.sessionId, stored.token, stored.keychain].filter((one) => one !== undefined).length === 1,
  );

/** The file of stored logins: by name, each with a session, a token, or where the secret of it is. */
export const ProfilesFile = z.strictObject({ profiles: z.record(z.string(), Stored) });
