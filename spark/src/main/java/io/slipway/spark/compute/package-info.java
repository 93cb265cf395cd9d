/** Clusters and the nodes they run on: what is wanted, what is observed, and the reconciler between them. */
@NullMarked
package io.slipway.spark.compute;

import org.jspecify.annotations.NullMarked;
