package io.slipway.wire.databricks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.store.Manifest;
import io.slipway.wire.WireJson;

/** Manifests of this wire: JSON objects, as requests have them. */
public final class ManifestJson {
    private ManifestJson() {}

    /** Its own object each time, to write into; empty if nothing was sent. */
    public static ObjectNode read(Manifest manifest) {
        if (manifest.text().isEmpty()) {
            return WireJson.mapper().createObjectNode();
        }
        try {
            return (ObjectNode) WireJson.mapper().readTree(manifest.text());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored manifest is damaged", e);
        }
    }
}
