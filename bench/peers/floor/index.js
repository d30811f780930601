// What Pulumi itself costs: the same watchers as resources whose provider does nothing. Its text is as short as can be.
const pulumi = require("@pulumi/pulumi");
const { watchers } = require("../watchers.js");

const TEXT = 'exports.handler=()=>require("bench-floor").Nothing;';

class Nothing extends pulumi.CustomResource {
  constructor(name, args) {
    super("pulumi-nodejs:dynamic/bench:Nothing", name, { ...args, __provider: TEXT });
  }
}

for (const args of watchers(require("../workload.json"))) new Nothing(args.name, args);
