package io.slipway.runtime;

/**
 * A jar that the build copies out of Maven: Delta and the sources for Avro and Kafka, with those of their libraries that Spark does not bring.
 *
 * @param sha256 lower-case hex
 * @param size in bytes
 */
public record BundledJar(String file, String sha256, long size) {}
