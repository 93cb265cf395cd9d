package io.slipway.spark.kernel;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A stored piece of a command's output.
 *
 * @param seq its number among the command's frames, from 1 on
 * @param body a {@link io.slipway.protocol.driver.Frame} as JSON
 */
public record OutputFrame(long seq, JsonNode body) {}
