/** Workspaces: the tenants of the account, and what the account keeps for them. */
@NullMarked
package io.slipway.identity.workspace;

import org.jspecify.annotations.NullMarked;
