import { type Result, renderResult } from "pulumi-anomify/testing";
import { describe, expect, test } from "vitest";

const urn = "urn:pulumi:dev::p::pulumi-nodejs:dynamic/fake:Thing::only";
const base = { urn, type: "pulumi-nodejs:dynamic/fake:Thing", name: "only", status: "done" } as const;
const result = (fields: Partial<Result>): Result => ({
  ok: true,
  steps: [],
  changes: {},
  diagnostics: [],
  stdout: "",
  stderr: "",
  providerOutput: "",
  outputs: {},
  duration: 1400,
  kind: "up",
  ...fields,
});

describe("renderResult", () => {
  test("an update with its diff", () => {
    const step = { ...base, op: "update", old: { id: "1", inputs: {}, outputs: {} } } as const;
    const diff = [
      { path: "color", kind: "update", old: "red", new: "blue" } as const,
      { path: "password", kind: "add", new: "[secret]" } as const,
    ];
    expect(
      renderResult(result({ steps: [{ ...step, diff }], changes: { same: 1, update: 1 } }), { color: false }),
    ).toBe(
      [
        "~  pulumi-nodejs:dynamic/fake:Thing only  (update) [id=1]",
        '    ~ color: "red" => "blue"',
        "    + password: [secret]",
        "",
        "Resources:",
        "    ~  1 updated",
        "    1 change. 1 unchanged",
        "",
        "Duration: 1s",
      ].join("\n"),
    );
  });

  test("diagnostics without debug and status messages, and outputs", () => {
    const text = renderResult(
      result({
        ok: false,
        kind: "preview",
        steps: [{ ...base, op: "create", status: "failed", new: { inputs: { size: 1 }, outputs: {} } }],
        diagnostics: [
          { severity: "error", urn, message: "no\nway" },
          { severity: "debug", message: "inner workings" },
          { severity: "info", message: "working", ephemeral: true },
        ],
        outputs: { answer: 42 },
      }),
      { color: false },
    );
    expect(text).toContain("+  pulumi-nodejs:dynamic/fake:Thing only  (create failed)\n      size: 1\n");
    expect(text).toContain("Diagnostics:\n  only: error: no\n    way\n");
    expect(text).toContain("Outputs:\n    answer: 42\n");
    expect(text).not.toMatch(/inner workings|working/);
  });

  test("in color", () => {
    const steps = [{ ...base, op: "create" } as const];
    expect(renderResult(result({ steps }), { color: true })).toContain("\u001b[32m+  ");
  });
});
