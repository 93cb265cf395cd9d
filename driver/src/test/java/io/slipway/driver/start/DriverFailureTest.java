package io.slipway.driver.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import org.junit.jupiter.api.Test;

class DriverFailureTest {
    @Test
    void theRootSentenceAndItsKindAreFound() {
        var users = DriverFailure.of(new IllegalStateException("outer", new NumberFormatException("Size must be…")));
        assertThat(users.code()).isEqualTo("INVALID_ARGUMENT");
        assertThat(users).hasMessage("Size must be…");
        assertThat(DriverFailure.of(new RuntimeException(new BindException("Address already in use")))
                        .code())
                .isEqualTo("PORT_TAKEN");
        assertThat(DriverFailure.of(new RuntimeException("no idea")).code()).isEqualTo("SPARK_STARTUP_FAILURE");
    }
}
