/** Jobs API 2.0, 2.1 and 2.2: one model, three renderings. */
@NullMarked
package io.slipway.wire.databricks.job;

import org.jspecify.annotations.NullMarked;
