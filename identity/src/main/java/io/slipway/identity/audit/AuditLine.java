package io.slipway.identity.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An entry as a line of a file: the fields of Databricks' audit logs, schema version 2.0, and two of our own at the end, {@code route} and
 * {@code credentials}. A line from before a call was done has no {@code response}; the line from after it has the same
 * {@code requestId}, as long calls have there.
 */
final class AuditLine {
    /** Of all parameters of one line together. */
    private static final int MOST_PARAMETERS = 16_000;

    private static final String TRUNCATED = "TRUNCATED";
    private static final int NEW_LINE = '\n';

    private final String accountId;

    AuditLine(String accountId) {
        this.accountId = accountId;
    }

    /** With the new line at its end. */
    byte[] write(AuditEntry entry) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = Json.mapper().getFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("version", "2.0");
            json.writeStringField(
                    "auditLevel", entry.workspace().equals(WorkspaceId.ACCOUNT) ? "ACCOUNT_LEVEL" : "WORKSPACE_LEVEL");
            json.writeNumberField("timestamp", entry.at());
            json.writeStringField("orgId", entry.workspace().toString());
            json.writeStringField("shardName", "slipway");
            json.writeStringField("accountId", accountId);
            json.writeStringField("sourceIPAddress", entry.who().address());
            json.writeStringField("userAgent", entry.who().userAgent());
            text(json, "sessionId", entry.who().session());
            json.writeObjectFieldStart("userIdentity");
            text(json, "email", entry.who().name());
            json.writeEndObject();
            json.writeStringField("serviceName", entry.what().service());
            json.writeStringField("actionName", entry.what().action());
            json.writeStringField("requestId", entry.requestId());
            parameters(json, entry.what().parameters());
            if (entry.response().isPresent()) {
                AuditEntry.Response response = entry.response().get();
                json.writeObjectFieldStart("response");
                json.writeNumberField("statusCode", response.status());
                text(json, "errorMessage", response.error());
                text(json, "result", response.result());
                json.writeEndObject();
            }
            json.writeStringField("route", entry.what().route());
            json.writeStringField("credentials", entry.who().credentials());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("an entry of the audit log is not JSON", e);
        }
        out.write(NEW_LINE);
        return out.toByteArray();
    }

    private static void parameters(JsonGenerator json, Map<String, String> parameters) throws IOException {
        json.writeObjectFieldStart("requestParams");
        int left = MOST_PARAMETERS;
        for (Map.Entry<String, String> each : parameters.entrySet()) {
            left -= each.getKey().length() + each.getValue().length();
            if (left < 0) {
                json.writeStringField(TRUNCATED, "");
                break;
            }
            json.writeStringField(each.getKey(), each.getValue());
        }
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get());
        } else {
            json.writeNullField(name);
        }
    }

    /** Empty: no whole entry, as the last line of a server that was killed may be. */
    static Optional<AuditEntry> read(String line) {
        try {
            JsonNode json = Json.mapper().readTree(line);
            return json != null && json.path("requestId").isTextual() ? Optional.of(entry(json)) : Optional.empty();
        } catch (JsonProcessingException torn) {
            return Optional.empty();
        }
    }

    private static AuditEntry entry(JsonNode json) {
        Map<String, String> parameters = new LinkedHashMap<>();
        json.path("requestParams")
                .properties()
                .forEach(each -> parameters.put(each.getKey(), each.getValue().asText()));
        JsonNode response = json.path("response");
        return new AuditEntry(
                json.path("requestId").asText(),
                json.path("timestamp").asLong(),
                new WorkspaceId(json.path("orgId").asLong()),
                new AuditEntry.Who(
                        text(json.path("userIdentity").path("email")),
                        json.path("sourceIPAddress").asText(),
                        json.path("userAgent").asText(),
                        text(json.path("sessionId")),
                        json.path("credentials").asText()),
                new AuditEntry.What(
                        json.path("serviceName").asText(),
                        json.path("actionName").asText(),
                        json.path("route").asText(),
                        parameters),
                response.isObject()
                        ? Optional.of(new AuditEntry.Response(
                                response.path("statusCode").asInt(),
                                text(response.path("errorMessage")),
                                text(response.path("result"))))
                        : Optional.empty());
    }

    private static Optional<String> text(JsonNode value) {
        return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
    }
}
