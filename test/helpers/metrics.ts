import type { SimulatedOrganization } from "pulumi-anomify/simulator";

/** Replaces the metrics of an organization: all of them still send data. */
export function setMetrics(organization: SimulatedOrganization, names: readonly string[]): void {
  organization.edit((state) => {
    state.metrics = names.map((name, id) => ({ id, name, first_timestamp: 1, stopped_timestamp: null }));
  });
}
