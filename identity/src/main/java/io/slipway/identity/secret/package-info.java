/** Secrets: scopes of them, who may read, write and manage each scope, and the values, which are sealed. */
@NullMarked
package io.slipway.identity.secret;

import org.jspecify.annotations.NullMarked;
