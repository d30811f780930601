import { z } from "zod";

/** Not as inferred: the declarations of TypeScript before 5.7 have no `Uint8Array` with a parameter. */
const bytes: z.ZodType<Uint8Array> = z.instanceof(Uint8Array);

/** A picture: its bytes, and its media type as sent, e.g. `image/png`. */
export const Image = z.object({ bytes, contentType: z.string() });
export type Image = z.infer<typeof Image>;
