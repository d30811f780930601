/** Environment variables of Pulumi that a user can set, by the name under which results are kept. */
export const settings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  default: {},
  "skip-checkpoints": { PULUMI_SKIP_CHECKPOINTS: "true" },
  "parallel-diff": { PULUMI_PARALLEL_DIFF: "true" },
  "no-backups": { PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true" },
  zstd: { PULUMI_DIY_BACKEND_ZSTD: "true" },
  "parallel-64": { PULUMI_PARALLEL: "64" },
};
