package io.slipway.platform.compute;

/** What Spark may use on a node. */
public record NodeResources(int cores, int memoryMb) {}
