// Alerts of a small shop in Go: two watchers, an exclusion, and the admin alert.
package main

import (
	"github.com/anomify/pulumi-anomify/sdk/go/anomify"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func declare(ctx *pulumi.Context) error {
	email := "ana@acme.example"
	// A look-up: GetUser reads the resource User.
	ana, err := anomify.LookupUser(ctx, &anomify.LookupUserArgs{Email: &email})
	if err != nil {
		return err
	}

	// Who is called when customers wait at the checkout.
	checkout, err := anomify.NewWatcher(ctx, "checkout-latency", &anomify.WatcherArgs{
		Name:         pulumi.String("Checkout is slow"),
		Chips:        pulumi.ToStringArray([]string{"checkout", "latency"}),
		EmailUsers:   pulumi.ToStringArray([]string{ana.Email}),
		SmsUsers:     pulumi.ToStringArray([]string{"ana@acme.example"}),
		SlackChannel: pulumi.String("#ops-alerts"),
		Expiration:   pulumi.String("15m"),
	})
	if err != nil {
		return err
	}

	database, err := anomify.NewWatcher(ctx, "database-cpu", &anomify.WatcherArgs{
		Name:       pulumi.String("Database CPU"),
		Chips:      pulumi.ToStringArray([]string{"db1", "cpu"}),
		EmailUsers: pulumi.ToStringArray([]string{"ana@acme.example", "ben@acme.example"}),
	})
	if err != nil {
		return err
	}

	// Load tests are no anomalies.
	loadTests, err := anomify.NewExclusion(ctx, "load-tests", &anomify.ExclusionArgs{
		Type:    pulumi.String("skip_analysis"),
		Pattern: pulumi.String("staging.loadtest.web2"),
		Note:    pulumi.String("Load tests run every night"),
	})
	if err != nil {
		return err
	}

	// The data feed itself stopped.
	_, err = anomify.NewAdminAlert(ctx, "no-data", &anomify.AdminAlertArgs{
		Alert:       anomify.AdminAlertAlertAllMetricsStopped,
		EmailUsers:  pulumi.ToStringArray([]string{"ana@acme.example"}),
		WaitSeconds: pulumi.Int(600),
	})
	if err != nil {
		return err
	}

	ctx.Export("checkoutWatcher", checkout.WatcherId)
	ctx.Export("databaseWatcher", database.WatcherId)
	ctx.Export("exclusion", loadTests.ID())
	return nil
}
