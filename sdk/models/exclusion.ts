import { z } from "zod";
import { User } from "./person.ts";
import { evidence, model } from "./shape.ts";

/** Metrics left out of something. There is no update: change means add and delete. */
export const Exclusion = evidence(
  "assumed",
  model({
    id: z.int(),
    /** Key of an exclusion type. */
    type: z.string(),
    pattern: z.string(),
    note: z.string().nullable(),
    /** Unix seconds. */
    created_timestamp: z.int(),
    /** Null when made with the organization token. */
    created_user: User.nullable(),
  }),
);
export type Exclusion = z.infer<typeof Exclusion>;

/** Kind of exclusion. The set is open and must be read at run time. */
export const ExclusionType = evidence(
  "assumed",
  model({ type: z.string(), name: z.string(), description: z.string() }),
);
export type ExclusionType = z.infer<typeof ExclusionType>;
