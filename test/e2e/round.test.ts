import { beforeAll, it } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { createCliStack } from "../helpers/cli-stack.ts";
import { roundOfAllKinds } from "../helpers/round.ts";

beforeAll(ensureBuilt);

it("each kind passes the round with the real CLI", () => roundOfAllKinds(createCliStack));
