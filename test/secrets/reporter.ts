import type { SerializedError, UserConsoleLog } from "vitest";
import type { Reporter, TestCase, TestModule, TestSuite } from "vitest/node";
import { transcript } from "./transcript.ts";

/** Hands over what the tests print and how they fail. */
export class SecretSearchReporter implements Reporter {
  onUserConsoleLog({ content, type }: UserConsoleLog): void {
    transcript(`${type} of a test`, content);
  }

  onTestCaseResult(test: TestCase): void {
    handOver(`failure of the test "${test.fullName}"`, test.result().errors);
  }

  onTestSuiteResult(suite: TestSuite): void {
    handOver(`failure of the suite "${suite.fullName}"`, suite.errors());
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    for (const module of modules) handOver(`failure of ${module.relativeModuleId}`, module.errors());
    handOver("unhandled error", unhandled);
  }
}

function handOver(source: string, errors: readonly SerializedError[] = []): void {
  for (const { name, message, stack, diff, cause } of errors) {
    transcript(source, JSON.stringify({ name, message, stack, diff, cause }));
  }
}
