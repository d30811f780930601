import { z } from "zod";

const Stored = z
  .strictObject({
    endpoint: z.url(),
    sessionId: z.string().min(1).exactOptional(),
    token: z.string().min(1).exactOptional(),
    email: z.string().exactOptional(),
    demo: z.boolean().exactOptional(),
  })
  .refine(({ sessionId, token }) => (sessionId === undefined) !== (token === undefined));

/** The file of stored logins: by name, each with either a session or a token. */
export const ProfilesFile = z.strictObject({ profiles: z.record(z.string(), Stored) });
