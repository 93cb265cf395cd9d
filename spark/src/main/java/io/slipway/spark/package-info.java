/** Clusters and what runs on them. {@link io.slipway.spark.SparkArea} puts the rooms together. */
@NullMarked
package io.slipway.spark;

import org.jspecify.annotations.NullMarked;
