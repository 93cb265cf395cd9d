/** How rooms talk to the Spark driver of a cluster (driver protocol 2, docs/protocols/driver.md). */
@NullMarked
package io.slipway.spark.driver;

import org.jspecify.annotations.NullMarked;
