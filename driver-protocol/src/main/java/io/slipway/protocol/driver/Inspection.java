package io.slipway.protocol.driver;

import java.util.Map;

/** What is known of a name, as a Jupyter MIME bundle. */
public record Inspection(boolean found, Map<String, Object> data) {}
