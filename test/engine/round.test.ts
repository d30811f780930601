import { createStack } from "pulumi-anomify/testing";
import { beforeAll, it } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { roundOfAllKinds } from "../helpers/round.ts";

beforeAll(ensureBuilt);

it("each kind passes the round with the embedded engine", () => roundOfAllKinds(createStack));
