package io.slipway.wire.databricks.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.identity.setting.SettingType;
import io.slipway.identity.setting.TypedSettings;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.wire.Request;
import io.slipway.wire.databricks.DatabricksApi;
import io.slipway.wire.databricks.DatabricksDialect;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Settings API 2.0 of a workspace: one value in an object whose name depends on the type, with a version. */
public final class TypedSettingRoutes {
    private final TypedSettings settings;

    public TypedSettingRoutes(TypedSettings settings) {
        this.settings = settings;
    }

    public void add(DatabricksApi api) {
        api.family(DatabricksDialect.STANDARD, "/api/2.0/settings/types/{type}/names/default")
                .get("", this::get)
                .patch("", this::change)
                .delete("", this::reset);
    }

    private static SettingType type(Request request) {
        String type = request.path("type");
        return SettingType.of(type)
                .orElseThrow(() -> new PlatformException(
                        ErrorCode.FEATURE_DISABLED, "Setting " + type + " is not offered by this platform."));
    }

    private static ObjectNode shown(TypedSettings.Current current) {
        SettingType type = current.type();
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        ObjectNode holder = shown.putObject(type.field());
        if (type.flag()) {
            holder.put(type.leaf(), Boolean.parseBoolean(current.value()));
        } else {
            holder.put(type.leaf(), current.value());
        }
        return shown.put("etag", current.etag()).put("setting_name", "default");
    }

    private Object get(Request request) {
        return shown(settings.get(request.caller(), type(request)));
    }

    record Change(Optional<Boolean> allowMissing, Optional<String> fieldMask, Optional<ObjectNode> setting) {}

    private Object change(Request request) {
        SettingType type = type(request);
        Change change = request.body(Change.class);
        ObjectNode setting = Request.require(change.setting(), "setting");
        Set<String> masks = Set.of("*", type.field(), type.field() + "." + type.leaf());
        change.fieldMask().filter(mask -> !masks.contains(mask)).ifPresent(mask -> {
            throw PlatformException.invalid("field_mask of setting " + type.type() + " must be " + type.field() + "."
                    + type.leaf() + ", not " + mask + ".");
        });
        return shown(settings.set(
                request.caller(),
                type,
                value(type, setting),
                Optional.ofNullable(setting.get("etag")).map(JsonNode::asText),
                change.allowMissing().orElse(false)));
    }

    private static String value(SettingType type, ObjectNode setting) {
        String path = "setting." + type.field() + "." + type.leaf();
        JsonNode value = setting.path(type.field()).path(type.leaf());
        // A client leaves a flag out that is false.
        if (type.flag() && value.isMissingNode() && setting.path(type.field()).isObject()) {
            return "false";
        }
        if (type.flag() ? !value.isBoolean() : !value.isTextual()) {
            throw PlatformException.invalid("Missing required field '" + path + "'");
        }
        return value.asText();
    }

    private Object reset(Request request) {
        return Map.of("etag", settings.reset(request.caller(), type(request), request.query("etag")));
    }
}
