import * as pulumi from "@pulumi/pulumi";
import * as anomify from "pulumi-anomify";

const config = new pulumi.Config();
const endpoint = new pulumi.Config("anomify").get("endpoint");

function organization(name: string): anomify.Provider {
  const token = config.requireSecret(`${name}Token`);
  return new anomify.Provider(name, endpoint === undefined ? { token } : { token, endpoint });
}

function watchDatabase(name: string, email: string, provider: anomify.Provider): anomify.Watcher {
  const args = { name: "Database CPU", chips: ["cpu"], emailUsers: [email] };
  return new anomify.Watcher(`${name}-database`, args, { provider });
}

export const acme = watchDatabase("acme", "ana@acme.example", organization("acme")).watcherId;
export const globex = watchDatabase("globex", "greta@globex.example", organization("globex")).watcherId;
