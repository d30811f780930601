/** Tests of whole commands, each of which starts many processes: `npm run test:engine` has them, so that `npm test` stays short. */
export const longTests = [
  ...["adopt", "doctor", "export", "files", "login", "pipes", "restore"].map((name) => `test/cli/${name}.test.ts`),
  ...["endpoint", "hostile-names"].map((name) => `test/security/${name}.test.ts`),
];
