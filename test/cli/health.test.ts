import { startSimulator } from "pulumi-anomify/simulator";
import { expect, onTestFinished, test } from "vitest";
import { typeToken } from "../../provider/hosts/dynamic/provider-text.ts";
import { anomify } from "../helpers/anomify.ts";

test("problems of an organization and of a state are reported, with exit code 3", async () => {
  const simulator = await startSimulator({ tenants: ["acme"] });
  onTestFinished(() => simulator.stop());
  const acme = simulator.organization("acme");
  const env = { ANOMIFY_ENDPOINT: simulator.url, ANOMIFY_TOKEN: acme.token, ANOMIFY_RETRIES: "0" };

  const well = await anomify(["health", "--severity", "error"], { env });
  expect(well.stdout).toContain("Acme Shop (101)");
  expect(well.code, well.stdout + well.stderr).toBe(0);

  acme.edit((state) => {
    state.users = state.users.filter(({ id }) => id !== 102);
  });
  const ill = await anomify(["health", "--json"], { env });
  expect(ill.code, ill.stderr).toBe(3);
  const { problems } = JSON.parse(ill.stdout) as {
    problems: Array<{ code: string; resource: string; property: string }>;
  };
  const found = problems.map(({ code, resource, property }) => `${resource} ${property}: ${code}`);
  expect(found).toContain('Watcher "Checkout latency" summaryReport.emailUsers: person-left');
  expect(found).toContain('Watcher "Everything on web1" alert: alert-off');
  expect(found).toContain('AdminAlert "some-metrics-stopped" emailUsers: person-left');

  const exclusion = { type: "skip_analysis", pattern: "staging", note: null, until: "2020-01-31" };
  const state = {
    version: 3,
    deployment: {
      resources: [
        {
          urn: `urn:pulumi:dev::shop::${typeToken("Exclusion")}::x`,
          type: typeToken("Exclusion"),
          id: "31",
          outputs: exclusion,
        },
      ],
    },
  };
  const declared = await anomify(["health", "--state", "-"], { env, stdin: JSON.stringify(state) });
  expect(declared.code, declared.stderr).toBe(3);
  expect(declared.stdout).toContain("the exclusion should have ended on 2020-01-31");
  expect(simulator.journal.writes()).toEqual([]);
});
