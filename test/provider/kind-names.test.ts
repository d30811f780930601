import { expect, test } from "vitest";
import { catalog } from "../../provider/catalog.ts";
import { kindNames } from "../../provider/kind-names.gen.ts";

test("the names of the kinds are those of the catalog, in its order", () => {
  expect(kindNames).toEqual(catalog.map(({ kind }) => kind));
});
