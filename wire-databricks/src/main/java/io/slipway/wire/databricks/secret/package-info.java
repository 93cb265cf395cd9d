/** Secrets API 2.0. */
@NullMarked
package io.slipway.wire.databricks.secret;

import org.jspecify.annotations.NullMarked;
