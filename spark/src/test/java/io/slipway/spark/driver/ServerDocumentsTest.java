package io.slipway.spark.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.protocol.driver.CommandSpec;
import io.slipway.protocol.driver.DocumentsContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerDocumentsTest extends DocumentsContract {
    @Override
    protected String write(Object document) {
        return DriverJson.DOCUMENTS.write(document);
    }

    @Override
    protected Object read(String text, Class<?> type) {
        return DriverJson.DOCUMENTS.read(text, type);
    }

    @Test
    void a_wheel_that_was_stored_before_protocol_2_is_read() {
        String row = "{\"kind\":\"wheel\",\"package\":\"flights\",\"entryPoint\":\"main\",\"arguments\":[],"
                + "\"namedArguments\":{\"package\":\"x\"}}";
        assertThat(DriverJson.DOCUMENTS.read(row, CommandSpec.class))
                .isEqualTo(new CommandSpec.Wheel("flights", "main", List.of(), Map.of("package", "x")));
    }
}
