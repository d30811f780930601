#!/usr/bin/env node
// Stands in for Pulumi's own `pulumi-language-nodejs` where only the CLI itself could be had. It runs Node.js programs for preview,
// up, refresh, import and destroy, and policy packs and providers written for Node.js; it installs nothing and generates no code. A link named
// `pulumi-language-nodejs` on PATH is all the CLI needs.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

// gRPC and protobuf are dependencies of the SDK, so they are looked up from there.
const load = createRequire(createRequire(import.meta.url).resolve("@pulumi/pulumi/package.json"));
const grpc = load("@grpc/grpc-js");
const messages = load("./proto/language_pb.js");
const plugin = load("./proto/plugin_pb.js");
const { LanguageRuntimeService } = load("./proto/language_grpc_pb.js");

/** Exit code of the SDK's runner when it has shown the error itself: the CLI must not add another one. */
const ALREADY_REPORTED = 32;
const engineAddress = process.argv.at(-1);

/** Turns a function from call to response into a gRPC handler. */
function unary(handle) {
  return (call, callback) => {
    Promise.resolve(call)
      .then(handle)
      .then(
        (response) => callback(null, response),
        (error) => callback({ code: grpc.status.UNKNOWN, details: String(error?.stack ?? error) }),
      );
  };
}

function about() {
  const response = new messages.AboutResponse();
  response.setExecutable(process.execPath);
  response.setVersion(process.version);
  return response;
}

function pluginInfo() {
  const info = new plugin.PluginInfo();
  info.setVersion(JSON.parse(readFileSync(load.resolve("./package.json"), "utf8")).version);
  return info;
}

/** TypeScript support costs a second, so it is loaded for programs that need it. */
function needsTypeScript(directory, entry) {
  const manifest = join(directory, "package.json");
  const main = entry === "." && existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")).main : entry;
  if (main && main !== ".") return /\.[cm]?tsx?$/.test(main);
  return !existsSync(join(directory, "index.js")) && existsSync(join(directory, "index.ts"));
}

function runnerArguments(request, directory, entry) {
  const info = request.getInfo();
  const args = [
    "--monitor",
    request.getMonitorAddress(),
    "--engine",
    engineAddress,
    "--organization",
    request.getOrganization(),
  ];
  args.push("--project", request.getProject(), "--stack", request.getStack(), "--pwd", request.getPwd() || directory);
  if (info?.getRootDirectory()) args.push("--root-directory", info.getRootDirectory());
  if (request.getDryrun()) args.push("--dry-run");
  return [...args, "--parallel", String(request.getParallel()), entry, ...request.getArgsList()];
}

/** Runs the program in a child process. When the engine gives up, so does the program. */
function runProgram(call) {
  const request = call.request;
  const directory = request.getInfo()?.getProgramDirectory() || request.getPwd();
  const entry = request.getInfo()?.getEntryPoint() || request.getProgram() || ".";
  const runner = createRequire(join(directory, "package.json")).resolve("@pulumi/pulumi/cmd/run");
  const config = {};
  request.getConfigMap().forEach((value, key) => {
    config[key] = value;
  });
  const child = spawn(process.execPath, [runner, ...runnerArguments(request, directory, entry)], {
    cwd: request.getPwd() || directory,
    // The first line on our own stdout is the port; after it, output belongs to the user.
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      ...process.env,
      PULUMI_CONFIG: JSON.stringify(config),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
      PULUMI_NODEJS_TYPESCRIPT: String(needsTypeScript(directory, entry)),
    },
  });
  call.on("cancelled", () => child.kill());
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      const response = new messages.RunResponse();
      if (code === ALREADY_REPORTED) response.setBail(true);
      else if (code !== 0) response.setError(`Program exited with non-zero exit code: ${code ?? signal}`);
      resolve(response);
    });
  });
}

/**
 * Runs a plugin and passes on what it prints, of which the first line is its port. It serves until the engine gives up this
 * call. The runner comes with the SDK that the plugin's folder has installed.
 */
function serve(call, runner, ...args) {
  const directory = call.request.getInfo()?.getProgramDirectory();
  const script = createRequire(join(directory, "package.json")).resolve(`@pulumi/pulumi/cmd/${runner}`);
  const child = spawn(process.execPath, [script, ...args], {
    cwd: directory,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...Object.fromEntries(call.request.getEnvList().map(variable)) },
  });
  const forward = (set) => (value) => {
    const response = new messages.RunPluginResponse();
    response[set](value);
    call.write(response);
  };
  child.stdout.on("data", forward("setStdout"));
  child.stderr.on("data", forward("setStderr"));
  child.once("error", (error) => fail(call, error));
  child.once("close", (code) => {
    if (call.cancelled) return;
    forward("setExitcode")(code ?? 1);
    call.end();
  });
  call.on("cancelled", () => child.kill());
}

const variable = (text) => [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)];

/** A stream that is only destroyed ends without a status, and the engine would wait for it. */
const fail = (call, error) => call.emit("error", { code: grpc.status.UNKNOWN, details: error.message });

function runPlugin(call) {
  try {
    const directory = call.request.getInfo()?.getProgramDirectory();
    const kind = call.request.getKind();
    if (kind === "analyzer") serve(call, "run-policy-pack", engineAddress, directory);
    else if (kind === "resource") serve(call, "run-plugin", directory, ...call.request.getArgsList());
    else throw new Error(`plugins of the kind ${kind} are not run here`);
  } catch (error) {
    fail(call, error);
  }
}

const unimplemented = (method) => (_call, callback) =>
  callback({
    code: grpc.status.UNIMPLEMENTED,
    details: `${method} is not part of this stand-in for pulumi-language-nodejs`,
  });

const server = new grpc.Server({ "grpc.max_receive_message_length": 400 * 1024 * 1024 });
server.addService(LanguageRuntimeService, {
  ...Object.fromEntries(Object.keys(LanguageRuntimeService).map((method) => [method, unimplemented(method)])),
  handshake: unary(() => new messages.LanguageHandshakeResponse()),
  getPluginInfo: unary(pluginInfo),
  getRequiredPlugins: unary(() => new messages.GetRequiredPluginsResponse()),
  getRequiredPackages: unary(() => new messages.GetRequiredPackagesResponse()),
  about: unary(about),
  run: unary(runProgram),
  runPlugin,
  // Whoever needs this stand-in has no registry to install from: what is there has to do.
  installDependencies: (call) => call.end(),
});
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});
