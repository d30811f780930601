/**
 * The property `__provider` of a resource of the given kind: what Pulumi's dynamic provider host evaluates. It is part of
 * every state, so not one byte of it may ever change; what it loads may.
 */
export function providerText(kind: string): string {
  return `exports.handler=()=>{try{return require("pulumi-anomify/dynamic").${kind}}catch(e){if(e&&e.code==="MODULE_NOT_FOUND")e.message+="\\nInstall pulumi-anomify next to this Pulumi program: resources in the stack state need it.";throw e}};`;
}

/** Type token of a kind in Pulumi's state. */
export function typeToken(kind: string): `pulumi-nodejs:dynamic/anomify:${string}` {
  return `pulumi-nodejs:dynamic/anomify:${kind}`;
}
