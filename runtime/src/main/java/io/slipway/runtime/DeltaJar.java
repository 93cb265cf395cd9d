package io.slipway.runtime;

/**
 * A jar that the build copies out of Maven: Delta, or a library of Delta's that Spark does not bring.
 *
 * @param sha256 lower-case hex
 * @param size in bytes
 */
public record DeltaJar(String file, String sha256, long size) {}
