package io.slipway.driver.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZmqSocketTest {
    private Path folder;
    private FakeKernel kernel;

    @BeforeEach
    void listen() throws IOException {
        folder = Files.createTempDirectory(Path.of("/tmp"), "zmq");
        kernel = new FakeKernel(folder.resolve("k"));
    }

    @AfterEach
    void stop() throws IOException {
        kernel.close();
        PythonProcess.removeFolder(folder);
    }

    /** Does what the kernel does while the other side does its part. */
    private static <T> CompletableFuture<T> meanwhile(java.util.concurrent.Callable<T> work) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return work.call();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    private ZmqSocket connected(String type) throws IOException {
        var accepted = meanwhile(kernel::accept);
        ZmqSocket socket = ZmqSocket.connect(folder.resolve("k"), type);
        String said = accepted.join();
        assertThat(said).startsWith("\5READY").contains("\13Socket-Type\0\0\0").contains(type);
        return socket;
    }

    private static void same(List<byte[]> seen, List<byte[]> expected) {
        assertThat(seen).hasSameSizeAs(expected);
        for (int i = 0; i < seen.size(); i++) {
            assertThat(Arrays.equals(seen.get(i), expected.get(i)))
                    .as("part %s", i)
                    .isTrue();
        }
    }

    private static byte[] bytes(int size) {
        var bytes = new byte[size];
        Arrays.fill(bytes, (byte) 'x');
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 262_144, 262_145, 3_000_000})
    void messages_of_every_size_go_both_ways(int size) throws IOException {
        try (ZmqSocket socket = connected("DEALER")) {
            List<byte[]> message = List.of(bytes(size), bytes(3), bytes(size));
            var sent = meanwhile(() -> {
                kernel.send(message);
                return kernel.receive();
            });
            same(socket.receive(), message);
            socket.send(message);
            same(sent.join(), message);
        }
    }

    @Test
    void what_the_transport_says_of_itself_is_no_message() throws IOException {
        try (ZmqSocket socket = connected("SUB")) {
            byte[] ping = "\4PING\0\0".getBytes(StandardCharsets.US_ASCII);
            kernel.frame(4, ping);
            kernel.frame(1, bytes(1));
            kernel.frame(4, ping);
            kernel.frame(0, bytes(2));
            assertThat(socket.receive()).extracting(part -> part.length).containsExactly(1, 2);
        }
    }

    @Test
    void a_subscriber_subscribes_to_all() throws IOException {
        try (ZmqSocket socket = connected("SUB")) {
            socket.subscribeAll();
            same(kernel.receive(), List.of(new byte[] {1}));
        }
    }

    @Test
    void messages_of_two_threads_do_not_mix() throws Exception {
        try (ZmqSocket socket = connected("DEALER")) {
            var received = meanwhile(() -> {
                for (int i = 0; i < 200; i++) {
                    List<byte[]> message = kernel.receive();
                    assertThat(message).hasSize(2);
                    assertThat(message.get(0)).isEqualTo(message.get(1));
                }
                return true;
            });
            var threads = new Thread[2];
            for (int t = 0; t < 2; t++) {
                byte[] part = bytes(100 + t * 1_000);
                threads[t] = new Thread(() -> {
                    try {
                        for (int i = 0; i < 100; i++) {
                            socket.send(List.of(part, part));
                        }
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
                threads[t].start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(received.join()).isTrue();
        }
    }

    @Test
    void a_kernel_that_dies_in_the_middle_of_a_message_is_noticed() throws IOException {
        try (ZmqSocket socket = connected("DEALER")) {
            kernel.write(new byte[] {0, 100, 'x'});
            kernel.hangUp();
            assertThatThrownBy(socket::receive).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void a_size_that_no_message_has_is_not_believed() throws IOException {
        for (long size : new long[] {-1, 1L << 40}) {
            try (ZmqSocket socket = connected("DEALER")) {
                kernel.write(ByteBuffer.allocate(9).put((byte) 2).putLong(size).array());
                assertThatThrownBy(socket::receive)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("too large");
            }
        }
    }

    @Test
    void who_speaks_something_else_is_not_taken_for_a_kernel() {
        byte[] refusal = new byte[64 + 8];
        refusal[0] = (byte) 0xFF;
        refusal[10] = 3;
        System.arraycopy(new byte[] {4, 6, 5, 'E', 'R', 'R', 'O', 'R'}, 0, refusal, 64, 8);
        byte[] old = new byte[64];
        old[0] = (byte) 0xFF;
        old[10] = 1;
        for (byte[] said : List.of("HTTP/1.1 200 OK\r\n".repeat(9).getBytes(StandardCharsets.US_ASCII), old, refusal)) {
            var accepted = meanwhile(() -> {
                kernel.acceptAndSay(said);
                return true;
            });
            assertThatThrownBy(() -> ZmqSocket.connect(folder.resolve("k"), "DEALER"))
                    .isInstanceOf(IOException.class);
            accepted.join();
        }
    }
}
