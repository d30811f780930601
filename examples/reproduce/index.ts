// Anomify organization "Acme Shop" (id 101).
// Stacks of other organizations say in their config what is called otherwise there.

import * as pulumi from "@pulumi/pulumi";
import { AcmeShopAlerts } from "./component";

const config = new pulumi.Config();

new AcmeShopAlerts("acme-shop", config.getObject("mapping"));
