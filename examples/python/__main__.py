"""Alerts of a small shop in Python: two watchers, an exclusion, and the admin alert."""

import pulumi
import pulumi_anomify as anomify

ana = anomify.get_user(email="ana@acme.example")

# Who is called when customers wait at the checkout.
checkout = anomify.Watcher(
    "checkout-latency",
    name="Checkout is slow",
    chips=["checkout", "latency"],
    email_users=[ana.email],
    sms_users=["ana@acme.example"],
    slack_channel="#ops-alerts",
    expiration="15m",
)

database = anomify.Watcher(
    "database-cpu",
    name="Database CPU",
    chips=["db1", "cpu"],
    email_users=["ana@acme.example", "ben@acme.example"],
    summary_report={
        "frequency": "weekly-monday",
        "email_users": ["ben@acme.example"],
    },
)

# Load tests are no anomalies.
load_tests = anomify.Exclusion(
    "load-tests",
    type="skip_analysis",
    pattern="staging.loadtest.web2",
    note="Load tests run every night",
)

# The data feed itself stopped.
anomify.AdminAlert(
    "no-data",
    alert="all-metrics-stopped",
    email_users=["ana@acme.example"],
    wait_seconds=600,
)

pulumi.export("checkoutWatcher", checkout.watcher_id)
pulumi.export("databaseWatcher", database.watcher_id)
pulumi.export("exclusion", load_tests.id)
