/** Clusters API 2.0 and 2.1. */
@NullMarked
package io.slipway.wire.databricks.compute;

import org.jspecify.annotations.NullMarked;
