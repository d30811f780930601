import { z } from "zod";
import { EXCLUSION_TYPES } from "../../../domain/metrics/matching.ts";
import type { InputsOf, OutputsOf } from "../../runtime/definition.ts";
import { adoptInput } from "../adopt.ts";
import * as field from "../fields.ts";

export const exclusionInputs = {
  type: field.documented(field.text, {
    description: "Key of an exclusion type, as Anomify lists them. An unknown key is a warning, since the set is open.",
    completions: EXCLUSION_TYPES,
    evidence: "assumed",
  }),
  pattern: field.documented(field.text, {
    description: "What metric names are compared with. How Anomify matches is not documented.",
    evidence: "assumed",
  }),
  note: field.documented(field.text.optional(), {
    description: "Reason, for people.",
    evidence: "assumed",
  }),
  maxMetrics: field.documented(field.count.optional(), {
    description:
      "Most metrics that the pattern may leave out: a wider one is an error in the preview. Stays in the program. `anomify:exclusionMaxMetrics` sets one for all.",
  }),
  until: field.documented(field.day.optional(), {
    description:
      "Last day on which it is meant to be there, such as `2027-01-31` (UTC). Afterwards each preview warns, or fails with `anomify:strict`, and `anomify drift` lists it. Stays in the program: Anomify ends nothing by itself.",
  }),
  adopt: adoptInput("type, pattern and note"),
};

export const exclusionComputed = {
  exclusionId: field.documented(z.int(), {
    description: "Id of the exclusion in Anomify.",
    evidence: "assumed",
  }),
  effect: field.effect,
  lastWrite: field.lastWrite,
};

export type ExclusionInputs = InputsOf<typeof exclusionInputs>;
export type ExclusionComputed = OutputsOf<typeof exclusionComputed>;
