package io.slipway.spark.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the platform relies on wherever its machines come from: every call may be repeated, and nothing is lost or left behind. */
@NullUnmarked
public abstract class NodeProviderContract {
    private NodeProvider provider;

    protected abstract NodeProvider open();

    @BeforeEach
    void start() {
        provider = open();
    }

    private static Node node(String id, Node.Role role) {
        return new Node(id, "c-1", role, "m5.large", 1, Node.State.ACQUIRING, "", "", 0, 0, List.of());
    }

    @Test
    void a_node_that_is_asked_for_again_is_the_same_machine() {
        Node driver = node("i-1", Node.Role.DRIVER);
        NodeProvider.Acquired first = provider.acquire(driver);
        assertThat(first.instanceId()).isNotEmpty();
        assertThat(first.address()).isNotEmpty();
        assertThat(provider.acquire(driver)).isEqualTo(first);
        assertThat(provider.list()).containsExactly("i-1");
        provider.release(driver);
    }

    @Test
    void nodes_have_addresses_of_their_own_where_the_provider_says_so() {
        Node driver = node("i-1", Node.Role.DRIVER);
        Node worker = node("i-2", Node.Role.WORKER);
        String address = provider.acquire(driver).address();
        if (provider.ownAddresses()) {
            assertThat(provider.acquire(worker).address()).isNotEqualTo(address);
        }
        provider.release(worker);
        provider.release(driver);
    }

    @Test
    void a_node_that_is_given_back_is_gone_and_may_be_given_back_again() {
        Node driver = node("i-1", Node.Role.DRIVER);
        Node other = node("i-2", Node.Role.WORKER);
        assertThat(List.of(provider.acquire(driver), provider.acquire(other))).hasSize(2);
        provider.release(driver);
        provider.release(driver);
        assertThat(provider.list()).containsExactly("i-2");
        provider.release(other);
        assertThat(provider.list()).isEmpty();
    }

    @Test
    void a_node_that_is_in_no_row_is_listed_and_given_back_by_its_id() {
        assertThat(provider.acquire(node("i-9", Node.Role.WORKER)).address()).isNotEmpty();
        assertThat(provider.list()).containsExactly("i-9");
        provider.releaseUnknown("i-9");
        provider.releaseUnknown("i-9");
        assertThat(provider.list()).isEmpty();
    }

    @Test
    void a_node_that_was_never_made_is_kept_and_given_back_without_complaint() {
        Node never = node("i-7", Node.Role.WORKER);
        provider.keep(never);
        provider.release(never);
        assertThat(provider.list()).isEmpty();
    }

    @Test
    void every_type_gets_cores_and_memory() {
        for (NodeType type : NodeTypes.bundled().all()) {
            NodeResources real = provider.resources(type);
            assertThat(real.cores()).as(type.id()).isPositive();
            assertThat(real.memoryMb()).as(type.id()).isPositive();
        }
    }
}
