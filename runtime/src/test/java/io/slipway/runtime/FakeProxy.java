package io.slipway.runtime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP proxy on the loopback address for one user, behind which there is one server, whatever host is asked for. */
final class FakeProxy implements AutoCloseable {
    /** First lines of what it has let through. */
    final List<String> passed = new CopyOnWriteArrayList<>();

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String authorization;
    private final int serverPort;

    FakeProxy(String userAndPassword, int serverPort) throws IOException {
        this.authorization =
                ": Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
        this.serverPort = serverPort;
        threads.execute(() -> {
            while (!socket.isClosed()) {
                try {
                    Socket client = socket.accept();
                    threads.execute(() -> serve(client));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    int port() {
        return socket.getLocalPort();
    }

    private void serve(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
            byte[] head = head(client.getInputStream());
            String text = new String(head, StandardCharsets.ISO_8859_1);
            OutputStream answer = client.getOutputStream();
            if (!text.contains(authorization + "\r\n")) {
                answer.write(
                        "HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.ISO_8859_1));
                return;
            }
            passed.add(text.lines().findFirst().orElseThrow());
            if (text.startsWith("CONNECT ")) {
                answer.write("HTTP/1.1 200 Go\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            } else {
                server.getOutputStream().write(head);
            }
            threads.execute(() -> pump(client, server));
            server.getInputStream().transferTo(answer);
        } catch (IOException gone) {
            // Either side may hang up; the client says what it missed.
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException gone) {
            // As above.
        }
    }

    private static byte[] head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int at = in.read(); at >= 0; at = in.read()) {
            head.write(at);
            if (at == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
