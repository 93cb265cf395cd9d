package io.slipway.driver.kernel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.driver.command.Command;
import io.slipway.driver.command.Scope;
import io.slipway.driver.json.Json;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.protocol.driver.CommandStatus.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code %run} gives to the notebook that it includes: a JSON object with the values of widgets. */
public final class WidgetsKernel implements Kernel {
    private final Scope scope;

    public WidgetsKernel(Scope scope) {
        this.scope = scope;
    }

    @Override
    public Outcome run(Command command) {
        Map<String, String> values = new LinkedHashMap<>();
        try {
            JsonNode given = Json.parse(((CommandSpec.Code) command.spec()).code());
            given.properties()
                    .forEach(
                            field -> values.put(field.getKey(), field.getValue().asText()));
        } catch (JsonProcessingException e) {
            return ErrorFrames.write(command.frames(), e);
        }
        scope.widgets().give(values);
        return Outcome.OK;
    }

    @Override
    public void interrupt() {}

    @Override
    public void close() {}
}
