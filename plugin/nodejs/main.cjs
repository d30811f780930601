// What Pulumi's Node.js language host loads where this folder is named as a provider: PulumiPlugin.yaml says so.
import("../../dist/plugin/main.js");
