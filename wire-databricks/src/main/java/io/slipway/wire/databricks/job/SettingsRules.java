package io.slipway.wire.databricks.job;

import io.slipway.spark.compute.ClusterSpec;
import java.util.function.Consumer;

/**
 * What settings are checked against that the document does not say.
 *
 * @param clusters refuses a cluster that could not be made
 * @param owner as whom the job runs
 */
record SettingsRules(Consumer<ClusterSpec> clusters, String owner) {}
