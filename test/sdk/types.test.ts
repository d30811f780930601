import type { AnomifyClient, CallOptions, Reply, User, Watcher } from "pulumi-anomify/sdk";
import { expectTypeOf, test } from "vitest";
import type { DerivedClient } from "../../sdk/derived-client.ts";
import type * as models from "../../sdk/models/index.ts";
import type * as generated from "../../sdk/models.gen.ts";

type Params<Method extends (...args: never[]) => unknown> = Exclude<Parameters<Method>[0], undefined>;

test("a call gives the data and the status of its reply", () => {
  type List = AnomifyClient["watchers"]["list"];
  expectTypeOf<ReturnType<List>>().resolves.toEqualTypeOf<Reply<{ watchers: Watcher[] }>>();
  type Status = Awaited<ReturnType<List>>["status"];
  expectTypeOf<Status["code"]>().toEqualTypeOf<number>();
  expectTypeOf<Status["oldest_cached_component_age"]>().toEqualTypeOf<number | undefined>();
  expectTypeOf<Status>().not.toHaveProperty("session_id");
});

test("models are as sent", () => {
  expectTypeOf<Watcher["chips"]>().toEqualTypeOf<string[]>();
  expectTypeOf<Watcher["summary_report_frequency"]>().toEqualTypeOf<string | null | undefined>();
  expectTypeOf<User["phone_number"]>().toEqualTypeOf<string | null | undefined>();
  expectTypeOf<Watcher>().not.toHaveProperty("nmae");
  expectTypeOf<"email">().toExtend<NonNullable<Watcher["alerts"]>[number]["method"]>();
  expectTypeOf<"carrier_pigeon">().toExtend<NonNullable<Watcher["alerts"]>[number]["method"]>();
});

test("required parameters are required, others may be left out or undefined", () => {
  type Create = Params<AnomifyClient["watcher"]["create"]>;
  expectTypeOf<{ chips: readonly string[]; name: string }>().toExtend<Create>();
  expectTypeOf<{ chips: string[]; name: string; alert: undefined }>().toExtend<Create>();
  expectTypeOf<{ chips: string[] }>().not.toExtend<Create>();
  expectTypeOf<Create["expiration_time_unit"]>().toEqualTypeOf<
    "second" | "minute" | "hour" | "day" | "week" | undefined
  >();
});

test("what can be cleared takes null, an empty text or an empty list", () => {
  type Update = Params<AnomifyClient["watcher"]["update"]>;
  expectTypeOf<Update["slack_channel"]>().toEqualTypeOf<string | null | undefined>();
  expectTypeOf<Update["email_users"]>().toEqualTypeOf<readonly number[] | null | "" | undefined>();
  expectTypeOf<Update["name"]>().toEqualTypeOf<string | undefined>();
});

test("moments are dates or unix seconds", () => {
  type List = Params<AnomifyClient["anomalies"]["list"]>;
  expectTypeOf<List["from"]>().toEqualTypeOf<Date | number | undefined>();
});

test("a method without parameters takes only options", () => {
  expectTypeOf<Parameters<AnomifyClient["org"]["info"]>>().toEqualTypeOf<[options?: CallOptions | undefined]>();
  expectTypeOf<Parameters<AnomifyClient["user"]["delete"]>>().toEqualTypeOf<
    [params: { readonly user_id: number }, options?: CallOptions | undefined]
  >();
  expectTypeOf<Parameters<AnomifyClient["watchers"]["list"]>>().toEqualTypeOf<
    [params?: { readonly include_deleted?: boolean | undefined } | undefined, options?: CallOptions | undefined]
  >();
});

test("iterators give items", () => {
  type Iterate = AnomifyClient["anomalies"]["iterate"];
  expectTypeOf<ReturnType<Iterate>>().toExtend<AsyncIterable<{ metric: string; score: number }>>();
  type Quota = AnomifyClient["org"]["iterateQuotaMetrics"];
  expectTypeOf<ReturnType<Quota>>().toExtend<AsyncIterable<string>>();
});

test("pictures are bytes, scripts are texts", () => {
  type Graph = AnomifyClient["metric"]["graph"];
  expectTypeOf<Awaited<ReturnType<Graph>>["data"]["contentType"]>().toEqualTypeOf<string>();
  expectTypeOf<Awaited<ReturnType<Graph>>["data"]["bytes"]>().toExtend<Uint8Array>();
  type Script = AnomifyClient["js"]["eventSender"];
  expectTypeOf<Awaited<ReturnType<Script>>["data"]>().toEqualTypeOf<string>();
});

test("the generated client is what the table of endpoints says, both ways", () => {
  expectTypeOf<AnomifyClient>().toExtend<DerivedClient>();
  expectTypeOf<DerivedClient>().toExtend<AnomifyClient>();
});

/** Each model as its schema says. */
interface Inferred {
  AdminAlert: models.AdminAlert;
  AdminAlertTarget: models.AdminAlertTarget;
  Anomaly: models.Anomaly;
  Channel: models.Channel;
  Chip: models.Chip;
  Exclusion: models.Exclusion;
  ExclusionType: models.ExclusionType;
  ExpectedRange: models.ExpectedRange;
  Image: models.Image;
  Match: models.Match;
  Metric: models.Metric;
  OnboardingFlags: models.OnboardingFlags;
  Org: models.Org;
  Pattern: models.Pattern;
  Point: models.Point;
  ReplyStatus: models.ReplyStatus;
  Session: models.Session;
  Threshold: models.Threshold;
  User: models.User;
  Watcher: models.Watcher;
  WatcherAlert: models.WatcherAlert;
}
/** Each model as users read it. */
interface Generated {
  AdminAlert: generated.AdminAlert;
  AdminAlertTarget: generated.AdminAlertTarget;
  Anomaly: generated.Anomaly;
  Channel: generated.Channel;
  Chip: generated.Chip;
  Exclusion: generated.Exclusion;
  ExclusionType: generated.ExclusionType;
  ExpectedRange: generated.ExpectedRange;
  Image: generated.Image;
  Match: generated.Match;
  Metric: generated.Metric;
  OnboardingFlags: generated.OnboardingFlags;
  Org: generated.Org;
  Pattern: generated.Pattern;
  Point: generated.Point;
  ReplyStatus: generated.ReplyStatus;
  Session: generated.Session;
  Threshold: generated.Threshold;
  User: generated.User;
  Watcher: generated.Watcher;
  WatcherAlert: generated.WatcherAlert;
}

test("the generated models are what their schemas say, both ways, and none is left out", () => {
  expectTypeOf<keyof Inferred>().toEqualTypeOf<keyof typeof models>();
  expectTypeOf<Generated>().toExtend<Inferred>();
  expectTypeOf<Inferred>().toExtend<Generated>();
});
