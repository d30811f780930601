/** Tests that start many processes, or make many calls: `npm run test:engine` has them, so that `npm test` stays short. */
export const longTests = [
  ...["adopt", "doctor", "export", "files", "login", "pipes", "restore"].map((name) => `test/cli/${name}.test.ts`),
  ...["first-contact", "promised", "traps-calls"].map((name) => `test/host/${name}.test.ts`),
  ...["both-hosts", "protocol", "sets", "engine-gone"].map((name) => `test/plugin/${name}.test.ts`),
  "test/contract/simulator-parameters.test.ts",
  ...["endpoint", "hostile-names"].map((name) => `test/security/${name}.test.ts`),
];
