import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take minutes, by the end of their path. */
const LONG = [
  "e2e/engine-fidelity.test.ts",
  "e2e/adopt-interrupted.test.ts",
  "engine/golden-loop.test.ts",
  "reliability/model.suite.ts",
  "e2e/golden-loop.test.ts",
  "e2e/examples.test.ts",
];

/** Begins with the files that take longest, so that no worker is left alone with one of them at the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = LONG.findIndex((end) => moduleId.endsWith(end));
      return place < 0 ? LONG.length : place;
    };
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}
