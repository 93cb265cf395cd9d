package io.slipway.driver.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.driver.Json;
import org.junit.jupiter.api.Test;

class CommandTest {
    private static final long NOW = 1_700_000_000_000L;

    @Test
    void aRepeatedCancellationInterruptsAgainOnlyAfterTheCodeHadTimeToEnd() {
        var spec = Json.object().put("language", "python").put("code", "while True: pass");
        var command = new Command("context", "1", CommandSpec.of(spec));
        assertThat(command.start()).isTrue();
        assertThat(command.requestCancel()).isTrue();
        assertThat(command.strike(NOW)).isTrue();
        assertThat(command.requestCancel()).isTrue();
        assertThat(command.strike(NOW + 5)).isFalse();
        assertThat(command.strike(NOW + 1999)).isFalse();
        assertThat(command.strike(NOW + 2000)).isTrue();
        assertThat(command.strike(NOW + 2001)).isFalse();
    }
}
