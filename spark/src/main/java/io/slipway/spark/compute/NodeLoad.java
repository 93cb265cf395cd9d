package io.slipway.spark.compute;

/**
 * How busy a node was.
 *
 * @param at epoch milliseconds
 * @param cpuCores cores that its processes kept busy on average since the measurement before
 * @param memoryBytes resident memory of its processes
 * @param diskFreeBytes where it keeps its files
 */
public record NodeLoad(long at, double cpuCores, long memoryBytes, long diskFreeBytes) {}
