package io.slipway.wire.databricks.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.kit.PlatformException;
import io.slipway.platform.kernel.CommandState;
import io.slipway.platform.kernel.Context;
import io.slipway.platform.kernel.ContextOptions;
import io.slipway.platform.kernel.ContextState;
import io.slipway.platform.kernel.Contexts;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.wire.databricks.Call;
import io.slipway.wire.databricks.Dialect;
import io.slipway.wire.databricks.Routes;
import io.slipway.wire.databricks.WireJson;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** API 1.2, contexts and commands. Its fields are in camelCase. */
public final class CommandRoutes {
    private static final List<String> CONTEXT_LANGUAGES = List.of("python", "scala", "sql", "r");

    private final Contexts contexts;

    public CommandRoutes(Contexts contexts) {
        this.contexts = contexts;
    }

    public void add(Routes routes) {
        routes.family(Dialect.COMMAND_EXECUTION, "/api/1.2/contexts")
                .post("/create", this::create)
                .get("/status", this::contextStatus)
                .post("/destroy", this::destroy);
        routes.family(Dialect.COMMAND_EXECUTION, "/api/1.2/commands")
                .post("/execute", this::execute)
                .get("/status", this::commandStatus)
                .post("/cancel", this::cancel);
    }

    record Asked(
            @JsonProperty("clusterId") Optional<String> clusterId,
            @JsonProperty("contextId") Optional<String> contextId,
            @JsonProperty("commandId") Optional<String> commandId,
            Optional<String> language,
            Optional<String> command) {

        String cluster() {
            return Call.require(clusterId, "clusterId");
        }

        String context() {
            return Call.require(contextId, "contextId");
        }

        String languageName() {
            String name = Call.require(language, "language").toLowerCase(Locale.ROOT);
            if (!CONTEXT_LANGUAGES.contains(name)) {
                throw PlatformException.invalid(
                        "language must be one of " + String.join(", ", CONTEXT_LANGUAGES) + ", got " + name + ".");
            }
            return name;
        }
    }

    private Object create(Call call) {
        Asked asked = call.body(Asked.class);
        Context context = contexts.create(call.caller(), asked.cluster(), asked.languageName(), ContextOptions.NONE);
        return Map.of("id", context.id());
    }

    private Context context(Call call, Asked asked) {
        Context context = contexts.get(call.caller(), asked.context());
        if (!context.clusterId().equals(asked.cluster())) {
            throw PlatformException.notFound("Context " + asked.context() + " is not on cluster " + asked.cluster());
        }
        return context;
    }

    private Object contextStatus(Call call) {
        Context context = context(call, call.query(Asked.class));
        return Map.of("id", context.id(), "status", spoken(context.state()));
    }

    private static String spoken(ContextState state) {
        return switch (state) {
            case PENDING -> "Pending";
            case RUNNING -> "Running";
            case ERROR, DESTROYING -> "Error";
        };
    }

    private Object destroy(Call call) {
        Asked asked = call.body(Asked.class);
        contexts.destroy(call.caller(), context(call, asked).id());
        return Map.of("id", asked.context());
    }

    private Object execute(Call call) {
        Asked asked = call.body(Asked.class);
        Context context = context(call, asked);
        String language = asked.language().isPresent() ? asked.languageName() : context.language();
        return Map.of(
                "id",
                contexts.execute(
                                call.caller(),
                                context.id(),
                                new CommandSpec.Code(language, Call.require(asked.command(), "command")))
                        .id());
    }

    private Object commandStatus(Call call) {
        Asked asked = call.query(Asked.class);
        Contexts.Result result = contexts.result(call.caller(), Call.require(asked.commandId(), "commandId"), 0);
        ObjectNode out = WireJson.mapper().createObjectNode();
        CommandState state = result.command().state();
        out.put("id", result.command().id());
        out.put("status", spoken(state));
        if (state.ended()) {
            out.set("results", CommandResult.of(result.frames()));
        } else {
            out.putNull("results");
        }
        return out;
    }

    private static String spoken(CommandState state) {
        return switch (state) {
            case QUEUED -> "Queued";
            case RUNNING -> "Running";
            case CANCELLING -> "Cancelling";
            case FINISHED -> "Finished";
            case CANCELLED -> "Cancelled";
            case LOST -> "Error";
        };
    }

    private Object cancel(Call call) {
        Asked asked = call.body(Asked.class);
        String id = Call.require(asked.commandId(), "commandId");
        contexts.cancel(call.caller(), id);
        return Map.of("id", id);
    }
}
