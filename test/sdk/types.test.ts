import type { AnomifyClient, CallOptions, Reply, User, Watcher } from "pulumi-anomify/sdk";
import { expectTypeOf, test } from "vitest";

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
  expectTypeOf<Parameters<AnomifyClient["org"]["info"]>>().toEqualTypeOf<[options?: CallOptions]>();
  expectTypeOf<Parameters<AnomifyClient["user"]["delete"]>>().toEqualTypeOf<
    [params: { readonly user_id: number }, options?: CallOptions]
  >();
  expectTypeOf<Parameters<AnomifyClient["watchers"]["list"]>>().toEqualTypeOf<
    [params?: { readonly include_deleted?: boolean | undefined }, options?: CallOptions]
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
