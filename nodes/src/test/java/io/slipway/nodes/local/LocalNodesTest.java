package io.slipway.nodes.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.kit.Clock;
import io.slipway.kit.Ids;
import io.slipway.spark.compute.Node;
import io.slipway.spark.compute.NodeProvider;
import io.slipway.spark.compute.NodeProviderContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalNodesTest extends NodeProviderContract {
    @TempDir
    Path home;

    @Override
    protected NodeProvider open() {
        return new LocalNodes(
                home.resolve("nodes"),
                home.resolve("logs"),
                home.resolve("no-agent.jar"),
                "http://127.0.0.1:1",
                id -> "token",
                Ids.system(Clock.system()),
                new LocalNodes.Machine(2, 4096, true));
    }

    /** Spark leaves what it spills and what a driver holds readable for all. */
    @Test
    void only_the_owner_looks_into_the_folder_of_a_node() throws IOException {
        NodeProvider nodes = open();
        Node node =
                new Node("i-1", "c-1", Node.Role.DRIVER, "m5.large", 1, Node.State.ACQUIRING, "", "", 0, 0, List.of());

        nodes.acquire(node);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("nodes/i-1"))))
                .isEqualTo("rwx------");
        nodes.release(node);
        assertThat(nodes.list()).isEmpty();
    }
}
