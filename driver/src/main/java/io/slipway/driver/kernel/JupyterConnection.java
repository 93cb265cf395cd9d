package io.slipway.driver.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;

/**
 * The four sockets of a Jupyter kernel that a client needs. One thread per socket reads; what it reads comes out of one queue
 * in the order of arrival. When the kernel's end closes, the queue gets {@link #CLOSED}.
 */
final class JupyterConnection implements AutoCloseable {
    static final JupyterMessage CLOSED = new JupyterMessage("closed", "", Json.object(), Json.object());
    private static final int SHELL = 1;
    private static final int IOPUB = 2;
    private static final int CONTROL = 4;

    private final String key = UUID.randomUUID().toString();
    private final String session = UUID.randomUUID().toString();
    private final Path folder;
    private final BlockingQueue<JupyterMessage> inbox = new LinkedBlockingQueue<>();
    private final List<ZmqSocket> sockets = new ArrayList<>();

    /** {@code folder}: private, and short enough for a socket path (107 bytes). */
    JupyterConnection(Path folder) {
        this.folder = folder;
    }

    /** Writes the connection file that the kernel is started with. */
    Path writeConnectionFile() throws IOException {
        ObjectNode file = Json.object()
                .put("transport", "ipc")
                .put("ip", folder.resolve("k").toString())
                .put("key", key)
                .put("signature_scheme", "hmac-sha256")
                .put("kernel_name", "python3")
                .put("shell_port", SHELL)
                .put("iopub_port", IOPUB)
                .put("stdin_port", 3)
                .put("control_port", CONTROL)
                .put("hb_port", 5);
        Path path = folder.resolve("connection.json");
        Files.write(path, Json.bytes(file));
        return path;
    }

    /** Waits for the kernel's sockets, connects, and waits until the kernel publishes to us. */
    void open(BooleanSupplier alive) throws IOException, InterruptedException {
        ZmqSocket iopub = connect(IOPUB, "SUB", alive);
        iopub.subscribeAll();
        ZmqSocket shell = connect(SHELL, "DEALER", alive);
        ZmqSocket control = connect(CONTROL, "DEALER", alive);
        listen(iopub, "iopub");
        listen(shell, "shell");
        listen(control, "control");
    }

    private ZmqSocket connect(int port, String type, BooleanSupplier alive) throws IOException, InterruptedException {
        Path path = folder.resolve("k-" + port);
        while (true) {
            try {
                ZmqSocket socket = ZmqSocket.connect(path, type);
                sockets.add(socket);
                return socket;
            } catch (IOException notYet) {
                if (!alive.getAsBoolean()) {
                    throw new IOException("the kernel process ended before it was ready", notYet);
                }
                Thread.sleep(10);
            }
        }
    }

    private void listen(ZmqSocket socket, String name) {
        var thread = new Thread(
                () -> {
                    try {
                        while (true) {
                            inbox.add(JupyterMessage.read(key, socket.receive()));
                        }
                    } catch (IOException closed) {
                        inbox.add(CLOSED);
                    }
                },
                "kernel-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    BlockingQueue<JupyterMessage> inbox() {
        return inbox;
    }

    void shell(String id, String type, ObjectNode content) throws IOException {
        sockets.get(1).send(JupyterMessage.request(key, session, id, type, content));
    }

    void control(String type) throws IOException {
        if (sockets.size() > 2) {
            sockets.get(2)
                    .send(JupyterMessage.request(key, session, UUID.randomUUID().toString(), type, Json.object()));
        }
    }

    @Override
    public void close() {
        sockets.forEach(ZmqSocket::close);
    }
}
