const { Watcher } = require("pulumi-anomify/native");
const { watchers } = require("../watchers.js");

for (const args of watchers(require("../workload.json"))) new Watcher(args.name, args);
