package io.slipway.runtime;

/**
 * One entry of Clusters API 2.1 {@code clusters/spark-versions}.
 *
 * @param key for instance {@code 18.2.x-scala2.13}
 * @param name for instance {@code 18.2 (includes Apache Spark 4.2.1, Scala 2.13)}; clients search it for {@code LTS},
 *     {@code Beta} and {@code Apache Spark <version>}
 */
public record SparkVersion(String key, String name) {}
