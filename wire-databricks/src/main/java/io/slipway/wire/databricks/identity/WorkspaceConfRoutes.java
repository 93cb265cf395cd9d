package io.slipway.wire.databricks.identity;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.identity.setting.WorkspaceConf;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.wire.Request;
import io.slipway.wire.databricks.DatabricksApi;
import io.slipway.wire.databricks.DatabricksDialect;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Workspace configuration API 2.0, and by its older path: all values are texts, sent and shown as they are. */
public final class WorkspaceConfRoutes {
    private final WorkspaceConf conf;

    public WorkspaceConfRoutes(WorkspaceConf conf) {
        this.conf = conf;
    }

    public void add(DatabricksApi api) {
        api.family(DatabricksDialect.STANDARD, "/api/2.0/workspace-conf", "/api/2.0/preview/workspace-conf")
                .get("", this::get)
                .patch("", this::change);
    }

    private Object get(Request request) {
        List<String> keys = Arrays.stream(
                        Request.require(request.query("keys"), "keys").split(",", -1))
                .map(String::strip)
                .toList();
        return conf.get(request.caller(), keys);
    }

    private Object change(Request request) {
        Map<String, String> wanted = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : request.tree().properties()) {
            if (!field.getValue().isTextual()) {
                throw new PlatformException(
                        ErrorCode.INVALID_PARAMETER_VALUE, "Values must be strings", Map.of("reason", "BAD_REQUEST"));
            }
            wanted.put(field.getKey(), field.getValue().asText());
        }
        conf.change(request.caller(), wanted, request.address());
        return Request.nothing();
    }
}
