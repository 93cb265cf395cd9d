package io.slipway.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A proxy for HTTPS that takes whatever name a client connects to for one port of this machine, so that clients can be given names that no
 * machine has told them.
 */
final class Tunnel implements AutoCloseable {
    private static final String END = "\r\n\r\n";

    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int port;

    /** @param port to which everybody is connected */
    Tunnel(int port) throws IOException {
        this.port = port;
        threads.execute(this::listen);
    }

    /** As clients take it from {@code HTTPS_PROXY}. */
    String url() {
        return "http://127.0.0.1:" + door.getLocalPort();
    }

    private void listen() {
        try {
            while (true) {
                Socket client = door.accept();
                threads.execute(() -> connect(client));
            }
        } catch (IOException closed) {
            // The end.
        }
    }

    private void connect(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            StringBuilder head = new StringBuilder();
            while (head.indexOf(END) < 0) {
                int next = client.getInputStream().read();
                if (next < 0) {
                    return;
                }
                head.append((char) next);
            }
            client.getOutputStream().write(("HTTP/1.1 200 OK" + END).getBytes(StandardCharsets.US_ASCII));
            threads.execute(() -> pump(server, client));
            pump(client, server);
        } catch (IOException gone) {
            // The client notices.
        }
    }

    private static void pump(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            long unused = in.transferTo(out);
        } catch (IOException gone) {
            // Both are closed by now.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        threads.shutdownNow();
    }
}
