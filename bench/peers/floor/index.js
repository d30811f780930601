// What Pulumi itself costs: as many resources, whose provider does nothing.
const pulumi = require("@pulumi/pulumi");
const { count, changed } = require("../workload.json");

const TEXT = 'exports.handler=()=>require("bench-floor").Nothing;';

class Nothing extends pulumi.CustomResource {
  constructor(name, value) {
    super("pulumi-nodejs:dynamic/bench:Nothing", name, { value, __provider: TEXT });
  }
}

for (let index = 0; index < count; index += 1) new Nothing(`nothing ${index}`, changed && index === 0 ? 2 : 1);
