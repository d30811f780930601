import { z } from "zod";
import { User } from "./person.ts";
import { evidence, maybe, model, unsaid } from "./shape.ts";

/** Metrics left out of something. There is no update: change means add and delete. */
export const Exclusion = evidence(
  "assumed",
  model({
    id: z.int(),
    /** Key of an exclusion type. */
    type: z.string(),
    pattern: z.string(),
    note: unsaid(z.string().nullable()),
    /** Unix seconds. */
    created_timestamp: maybe(z.int()),
    /** Null when made with the organization token. */
    created_user: maybe(User.nullable()),
  }),
);
export type Exclusion = z.infer<typeof Exclusion>;

/** Kind of exclusion. The set is open and must be read at run time. */
export const ExclusionType = evidence(
  "assumed",
  model({ type: z.string(), name: maybe(z.string()), description: maybe(z.string()) }),
);
export type ExclusionType = z.infer<typeof ExclusionType>;
