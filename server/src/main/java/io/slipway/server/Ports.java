package io.slipway.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Asks the system about ports. */
public final class Ports {
    private Ports() {}

    /** Whether this process may listen on a port of 127.0.0.1 and nobody else does. */
    public static boolean canBind(int port) {
        return canBind(Exposure.LOOPBACK, port);
    }

    /** Whether this process may listen on a port of an address and nobody else does. */
    public static boolean canBind(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** A port of 127.0.0.1 that nobody listens on at this moment. */
    public static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
