package io.slipway.spark.compute;

/** What Spark may use on a node. */
public record NodeResources(int cores, int memoryMb) {}
