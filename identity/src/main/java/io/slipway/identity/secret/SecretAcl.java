package io.slipway.identity.secret;

import io.slipway.identity.Principal;

/** What one principal may do with a scope. */
public record SecretAcl(Principal principal, SecretRight permission) {}
