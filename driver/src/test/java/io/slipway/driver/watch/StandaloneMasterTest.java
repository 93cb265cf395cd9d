package io.slipway.driver.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.slipway.driver.start.DriverFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StandaloneMasterTest {
    @Test
    void a_master_leads_alone_and_has_nobody_at_first() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        StandaloneMaster master = StandaloneMaster.start("127.0.0.1", port, "s".repeat(32), "p".repeat(32));
        await().atMost(Duration.ofSeconds(60)).until(master::leads);
        assertThat(master.state().workers()).isEmpty();
        assertThat(master.state().activeApps()).isEmpty();
        master.decommission("10.0.0.99");
    }

    @Test
    void a_port_that_is_taken_is_not_replaced_by_another() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> StandaloneMaster.start("127.0.0.1", taken.getLocalPort(), "s", "p"))
                    .satisfies(e -> assertThat(DriverFailure.of(e).code()).isEqualTo("PORT_TAKEN"));
        }
    }

    @Test
    void a_master_without_secrets_does_not_start() {
        assertThatThrownBy(() -> StandaloneMaster.start("127.0.0.1", 1, "", "p"))
                .isInstanceOf(DriverFailure.class);
        assertThatThrownBy(() -> StandaloneMaster.start("127.0.0.1", 1, "s", ""))
                .isInstanceOf(DriverFailure.class);
    }
}
