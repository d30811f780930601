// A simulated Anomify service, for tests and for trying things out without an account.

export type { CacheMode } from "./cache.ts";
export type { Difference } from "./differences.ts";
export type { Fault, FaultAction, Faults } from "./faults.ts";
export type { Journal, JournalEntry } from "./journal.ts";
export type { SimulatedOrganization } from "./organization.ts";
export type { Rate, RateLimit, RateReport } from "./rate.ts";
export type { ReplyField, Shape, ShapeContext, ShapeMode } from "./shapes.ts";
export { shapes } from "./shapes.ts";
export type { Simulator, SimulatorOptions } from "./simulator.ts";
export { startSimulator } from "./simulator.ts";
export type {
  Credentials,
  OrganizationState,
  SentAdminAlert,
  SentMessage,
  StoredAnomaly,
  StoredEvent,
  StoredExclusion,
  StoredMatch,
  StoredMetric,
  StoredPattern,
  Telemetry,
} from "./state.ts";
export type { MetricFamily, Tenant, TenantExclusion, TenantUser, TenantWatcher } from "./tenant.ts";
export { tenantNames } from "./tenants/index.ts";
export type { ThresholdRule } from "./threshold-rules.ts";
export type {
  WatcherAlertMethod,
  WireAdminAlert,
  WireAlert,
  WireAlertMuting,
  WireChannel,
  WireExclusion,
  WireExclusionType,
  WireOnboardingFlags,
  WireOrg,
  WireThreshold,
  WireUser,
  WireWatcher,
} from "./wire.ts";
