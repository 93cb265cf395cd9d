package io.slipway.wire.databricks.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.content.tree.Cell;
import io.slipway.content.tree.CellLanguage;
import io.slipway.content.tree.Language;
import io.slipway.kit.PlatformException;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.spark.kernel.Command;
import io.slipway.spark.kernel.CommandState;
import io.slipway.spark.kernel.Context;
import io.slipway.spark.kernel.ContextOptions;
import io.slipway.spark.kernel.ContextState;
import io.slipway.spark.kernel.Contexts;
import io.slipway.wire.Request;
import io.slipway.wire.WireJson;
import io.slipway.wire.databricks.DatabricksApi;
import io.slipway.wire.databricks.DatabricksDialect;
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

    public void add(DatabricksApi api) {
        api.family(DatabricksDialect.COMMAND_EXECUTION, "/api/1.2/contexts")
                .post("/create", this::create)
                .get("/status", this::contextStatus)
                .post("/destroy", this::destroy);
        api.family(DatabricksDialect.COMMAND_EXECUTION, "/api/1.2/commands")
                .post("/execute", this::execute)
                .get("/status", this::commandStatus)
                .post("/cancel", this::cancel);
    }

    /** In the words of the real service, which clients look for. */
    private static <T> T required(Optional<T> value, String field) {
        return value.orElseThrow(() -> PlatformException.invalid("requirement failed: missing " + field));
    }

    record Asked(
            @JsonProperty("clusterId") Optional<String> clusterId,
            @JsonProperty("contextId") Optional<String> contextId,
            @JsonProperty("commandId") Optional<String> commandId,
            Optional<String> language,
            Optional<String> command) {

        String cluster() {
            return required(clusterId, "clusterId");
        }

        String context() {
            return required(contextId, "contextId");
        }

        String languageName() {
            String name = required(language, "language").toLowerCase(Locale.ROOT);
            if (!CONTEXT_LANGUAGES.contains(name)) {
                throw PlatformException.invalid(
                        "language must be one of " + String.join(", ", CONTEXT_LANGUAGES) + ", got " + name + ".");
            }
            return name;
        }
    }

    private Object create(Request request) {
        Asked asked = request.body(Asked.class);
        Context context = contexts.create(request.caller(), asked.cluster(), asked.languageName(), ContextOptions.NONE);
        return Map.of("id", context.id());
    }

    private Context context(Request request, Asked asked) {
        Context context = contexts.get(request.caller(), asked.context());
        if (!context.clusterId().equals(asked.cluster())) {
            throw PlatformException.notFound("Context " + asked.context() + " is not on cluster " + asked.cluster());
        }
        return context;
    }

    private Object contextStatus(Request request) {
        Context context = context(request, request.query(Asked.class));
        return Map.of("id", context.id(), "status", spoken(context.state()));
    }

    private static String spoken(ContextState state) {
        return switch (state) {
            case PENDING -> "Pending";
            case RUNNING -> "Running";
            case ERROR, DESTROYING -> "Error";
        };
    }

    private Object destroy(Request request) {
        Asked asked = request.body(Asked.class);
        contexts.destroy(request.caller(), context(request, asked).id());
        return Map.of("id", asked.context());
    }

    private Object execute(Request request) {
        Asked asked = request.body(Asked.class);
        Context context = context(request, asked);
        String language = asked.language().isPresent() ? asked.languageName() : context.language();
        CommandSpec command = command(language, required(asked.command(), "command"));
        return Map.of(
                "id", contexts.execute(request.caller(), context.id(), command).id());
    }

    /** A command may begin with a magic as a cell may; text for readers and what is skipped run as nothing. */
    private static CommandSpec command(String language, String text) {
        Language own = Language.valueOf(language.toUpperCase(Locale.ROOT));
        Cell cell = new Cell(text);
        if (cell.language(own) == CellLanguage.RUN) {
            throw PlatformException.invalid(
                    "%run is not available here: a command has no notebook beside which another one"
                            + " could be found. Run the notebook as a job, or send what it holds.");
        }
        return cell.silent(own)
                ? new CommandSpec.Code(language, "")
                : new CommandSpec.Code(cell.language(own).kernel(), cell.sent());
    }

    /** The context may be gone already, and is then not asked which cluster it was on. */
    private Command command(Request request, Asked asked) {
        String id = required(asked.commandId(), "commandId");
        Command command = contexts.result(request.caller(), id, Long.MAX_VALUE).command();
        if (!command.contextId().equals(asked.context())) {
            throw PlatformException.notFound("Command " + id + " is not of context " + asked.context());
        }
        if (contexts.find(request.caller(), command.contextId()).isPresent()) {
            context(request, asked);
        }
        return command;
    }

    private Object commandStatus(Request request) {
        Command command = command(request, request.query(Asked.class));
        ObjectNode out = WireJson.mapper().createObjectNode();
        out.put("id", command.id());
        out.put("status", spoken(command.state()));
        if (command.state().ended()) {
            // Not before: clients ask often, and output may be long.
            out.set(
                    "results",
                    CommandResult.of(
                            contexts.result(request.caller(), command.id(), 0).frames()));
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

    private Object cancel(Request request) {
        Asked asked = request.body(Asked.class);
        String id = command(request, asked).id();
        contexts.cancel(request.caller(), id);
        return Map.of("id", id);
    }
}
