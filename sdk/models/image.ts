import { z } from "zod";

/** A picture: its bytes, and its media type as sent, e.g. `image/png`. */
export const Image = z.object({ bytes: z.instanceof(Uint8Array), contentType: z.string() });
export type Image = z.infer<typeof Image>;
