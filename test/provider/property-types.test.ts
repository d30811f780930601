// By the compiler: `check:types` fails where a property of any class does not hold.
import type * as pulumi from "@pulumi/pulumi";
import type * as dynamic from "pulumi-anomify";
import type * as native from "pulumi-anomify/native";
import { expectTypeOf, test } from "vitest";

type Kind = "AdminAlert" | "Exclusion" | "OrgSettings" | "ThresholdWatcher" | "User" | "Watcher";
type ArgsOf<Class> = Class extends abstract new (
  name: string,
  args: infer Args,
  ...rest: never[]
) => unknown
  ? Args
  : never;
type OutputsOf<Class> = Class extends abstract new (...args: never[]) => infer Instance ? Instance : never;

/** The inputs that the output of the same name cannot feed: without such an output, or with one of another type. */
type Unfed<Class> = {
  [Key in keyof ArgsOf<Class>]-?: Key extends keyof OutputsOf<Class>
    ? OutputsOf<Class>[Key] extends ArgsOf<Class>[Key]
      ? never
      : Key
    : Key;
}[keyof ArgsOf<Class>];

/** The properties of a class that are no outputs. */
type NotOutputs<Class> = {
  [Key in keyof OutputsOf<Class>]: OutputsOf<Class>[Key] extends pulumi.Output<unknown> ? never : Key;
}[keyof OutputsOf<Class>];

test("of every class, each output can be the input of the same property", () => {
  expectTypeOf<Unfed<typeof dynamic.AdminAlert>>().toEqualTypeOf<never>();
  expectTypeOf<Unfed<typeof dynamic.Exclusion>>().toEqualTypeOf<never>();
  expectTypeOf<Unfed<typeof dynamic.OrgSettings>>().toEqualTypeOf<never>();
  expectTypeOf<Unfed<typeof dynamic.ThresholdWatcher>>().toEqualTypeOf<never>();
  expectTypeOf<Unfed<typeof dynamic.User>>().toEqualTypeOf<never>();
  expectTypeOf<Unfed<typeof dynamic.Watcher>>().toEqualTypeOf<never>();
});

test("a property that cannot feed its input is named", () => {
  interface Args {
    kept: pulumi.Input<string>;
    changed: pulumi.Input<string>;
    absent?: pulumi.Input<string>;
  }
  interface Instance {
    kept: pulumi.Output<string>;
    changed: pulumi.Output<number>;
  }
  expectTypeOf<Unfed<new (name: string, args: Args) => Instance>>().toEqualTypeOf<"changed" | "absent">();
  expectTypeOf<keyof ArgsOf<typeof dynamic.Watcher>>().toEqualTypeOf<keyof dynamic.WatcherArgs>();
});

test("so do the classes of the native plugin, and into those of the other host", () => {
  expectTypeOf<Unfed<typeof native.AdminAlert>>().toEqualTypeOf<never>();
  expectTypeOf<Unfed<typeof native.Exclusion>>().toEqualTypeOf<never>();
  expectTypeOf<Unfed<typeof native.OrgSettings>>().toEqualTypeOf<never>();
  expectTypeOf<Unfed<typeof native.ThresholdWatcher>>().toEqualTypeOf<never>();
  expectTypeOf<Unfed<typeof native.User>>().toEqualTypeOf<never>();
  expectTypeOf<Unfed<typeof native.Watcher>>().toEqualTypeOf<never>();
  expectTypeOf<ArgsOf<typeof native.Watcher>>().toEqualTypeOf<ArgsOf<typeof dynamic.Watcher>>();
});

test("there are no classes but these, and every property of theirs is an output", () => {
  type Classes<Module> = {
    [Name in keyof Module]: Module[Name] extends { get(...args: never[]): unknown } ? Name : never;
  }[keyof Module];
  expectTypeOf<Classes<typeof dynamic>>().toEqualTypeOf<Kind>();
  expectTypeOf<Classes<typeof native>>().toEqualTypeOf<Kind>();
  expectTypeOf<NotOutputs<(typeof dynamic)[Kind]>>().toEqualTypeOf<NotOutputs<typeof pulumi.CustomResource>>();
});

test("known words come with free text", () => {
  expectTypeOf<"skip_analysis">().toExtend<dynamic.ExclusionArgs["type"]>();
  expectTypeOf<string>().toExtend<dynamic.ExclusionArgs["type"]>();
  expectTypeOf<string>().toExtend<dynamic.OrgSettingsArgs["timezone"]>();
  expectTypeOf<{ frequency: string; emailUsers: string[] }>().toExtend<dynamic.WatcherArgs["summaryReport"]>();
});
