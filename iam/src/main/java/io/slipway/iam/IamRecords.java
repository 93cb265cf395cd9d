package io.slipway.iam;

import io.slipway.iam.managed.ManagedPolicies;
import io.slipway.kit.Clock;
import io.slipway.store.Database;

/** What all calls of IAM and STS work with. */
record IamRecords(
        Database database,
        Clock clock,
        AccountStore accounts,
        EntityStore entities,
        PolicyStore policies,
        LinkStore links,
        KeyStore keyStore,
        Keys keys,
        ManagedPolicies managed,
        Loader loader) {}
