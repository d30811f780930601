// Generated from provider/catalog.ts by `npm run generate`. Do not edit.
import type * as pulumi from "@pulumi/pulumi";
import { nativeClass } from "./program/native-class.ts";
import { adminAlert } from "./resources/admin-alert/index.ts";
import { exclusion } from "./resources/exclusion/index.ts";
import { orgSettings } from "./resources/org-settings/index.ts";
import { thresholdWatcher } from "./resources/threshold-watcher/index.ts";
import { user } from "./resources/user/index.ts";
import { watcher } from "./resources/watcher/index.ts";
import type * as types from "./types.gen.ts";

type Id = pulumi.Input<pulumi.ID>;
type Options = pulumi.CustomResourceOptions;

/** Alerts people about anomalies in the metrics whose names match all its chips. */
export class Watcher extends nativeClass<types.WatcherArgs, types.WatcherOutputs>(watcher) {
  /** Reads an existing watcher without managing it. Fails when there is none with this id. */
  static get(name: string, id: Id, opts?: Options): Watcher {
    return new Watcher(name, {} as types.WatcherArgs, { ...opts, id });
  }
}

/** **Preview.** Alerts people when a metric whose name matches all its chips breaks a static rule. The rule's wire names are assumed: nothing of them is documented. */
export class ThresholdWatcher extends nativeClass<types.ThresholdWatcherArgs, types.ThresholdWatcherOutputs>(thresholdWatcher) {
  /** Reads an existing threshold watcher without managing it. Fails when there is none with this id. */
  static get(name: string, id: Id, opts?: Options): ThresholdWatcher {
    return new ThresholdWatcher(name, {} as types.ThresholdWatcherArgs, { ...opts, id });
  }
}

/** Leaves the metrics that match a pattern out of something, such as analysis. */
export class Exclusion extends nativeClass<types.ExclusionArgs, types.ExclusionOutputs>(exclusion) {
  /** Reads an existing exclusion without managing it. Fails when there is none with this id. */
  static get(name: string, id: Id, opts?: Options): Exclusion {
    return new Exclusion(name, {} as types.ExclusionArgs, { ...opts, id });
  }
}

/** Notifies people that the data feed itself stopped. Each organization has exactly one of each kind. */
export class AdminAlert extends nativeClass<types.AdminAlertArgs, types.AdminAlertOutputs>(adminAlert) {
  /** Reads an admin alert without managing it: id `1` is `all-metrics-stopped`, `2` is `some-metrics-stopped`. */
  static get(name: string, id: Id, opts?: Options): AdminAlert {
    return new AdminAlert(name, {} as types.AdminAlertArgs, { ...opts, id });
  }
}

/** Settings of the organization itself. Each organization has exactly one. */
export class OrgSettings extends nativeClass<types.OrgSettingsArgs, types.OrgSettingsOutputs>(orgSettings) {
  /** Reads the settings without managing them; the id is the organization's. */
  static get(name: string, id: Id, opts?: Options): OrgSettings {
    return new OrgSettings(name, {} as types.OrgSettingsArgs, { ...opts, id });
  }
}

/** A person of the organization: how alerts reach them. */
export class User extends nativeClass<types.UserArgs, types.UserOutputs>(user) {
  /** Reads a person without managing them, by user id. */
  static get(name: string, id: Id, opts?: Options): User {
    return new User(name, {} as types.UserArgs, { ...opts, id });
  }
}
