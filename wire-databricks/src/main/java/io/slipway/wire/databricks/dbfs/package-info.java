/** DBFS API 2.0. */
@NullMarked
package io.slipway.wire.databricks.dbfs;

import org.jspecify.annotations.NullMarked;
