package io.slipway.driver.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.driver.output.Journal;
import io.slipway.protocol.driver.CommandSpec;
import org.junit.jupiter.api.Test;

class CommandTest {
    private static final long NOW = 1_700_000_000_000L;

    @Test
    void aRepeatedCancellationInterruptsAgainOnlyAfterTheCodeHadTimeToEnd() {
        var code = new CommandSpec.Code("python", "while True: pass");
        var command = new Command("context", "1", code, new Journal(), () -> {});
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
