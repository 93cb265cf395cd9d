package io.slipway.driver.kernel;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A connected ZeroMQ socket over a Unix domain socket: the connecting side of ZMTP 3.0 (https://rfc.zeromq.org/spec/23/) with
 * the NULL mechanism, as much as a Jupyter client needs. A socket file in a private folder keeps other users of the machine
 * out, which a TCP port does not.
 */
final class ZmqSocket implements AutoCloseable {
    private static final int MORE = 1;
    private static final int LONG = 2;
    private static final int COMMAND = 4;
    /** A thread keeps native memory of the size of its longest read or write for ever. */
    private static final int PIECE = 256 * 1024;

    private static final int MAX_FRAME = 512 * 1024 * 1024;

    private final SocketChannel channel;

    private ZmqSocket(SocketChannel channel) {
        this.channel = channel;
    }

    /** {@code type} is the ZeroMQ socket type of this side: DEALER or SUB. */
    static ZmqSocket connect(Path path, String type) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(path));
            var socket = new ZmqSocket(channel);
            socket.greet();
            socket.shakeHands(type);
            return socket;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void greet() throws IOException {
        byte[] greeting = new byte[64];
        greeting[0] = (byte) 0xFF;
        greeting[9] = 0x7F;
        greeting[10] = 3;
        byte[] mechanism = "NULL".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(mechanism, 0, greeting, 12, mechanism.length);
        write(ByteBuffer.wrap(greeting));
        ByteBuffer theirs = read(64);
        if (theirs.get(0) != (byte) 0xFF || theirs.get(10) < 3) {
            throw new IOException("the other side does not speak ZMTP 3");
        }
    }

    private void shakeHands(String type) throws IOException {
        var body = ByteBuffer.allocate(256);
        putShort(body, "READY");
        putProperty(body, "Socket-Type", type);
        if (type.equals("DEALER")) {
            putProperty(body, "Identity", "");
        }
        body.flip();
        byte[] ready = new byte[body.remaining()];
        body.get(ready);
        write(frame(ready, COMMAND));
        ByteBuffer head = read(1);
        boolean isLong = (head.get(0) & LONG) != 0;
        byte[] answer = body(isLong);
        if (answer.length < 6 || !new String(answer, 1, 5, StandardCharsets.US_ASCII).equals("READY")) {
            throw new IOException("the other side refused the connection");
        }
    }

    private static void putShort(ByteBuffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        out.put((byte) bytes.length).put(bytes);
    }

    private static void putProperty(ByteBuffer out, String name, String value) {
        putShort(out, name);
        byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
        out.putInt(bytes.length).put(bytes);
    }

    /** Subscribes a SUB socket to everything. */
    void subscribeAll() throws IOException {
        write(frame(new byte[] {1}, 0));
    }

    synchronized void send(List<byte[]> parts) throws IOException {
        for (int i = 0; i < parts.size(); i++) {
            write(frame(parts.get(i), i < parts.size() - 1 ? MORE : 0));
        }
    }

    /** One whole message; commands of the transport (pings) are left out. */
    List<byte[]> receive() throws IOException {
        var parts = new ArrayList<byte[]>();
        while (true) {
            int flags = read(1).get(0);
            byte[] body = body((flags & LONG) != 0);
            if ((flags & COMMAND) != 0) {
                continue;
            }
            parts.add(body);
            if ((flags & MORE) == 0) {
                return parts;
            }
        }
    }

    private byte[] body(boolean isLong) throws IOException {
        long size = isLong ? read(8).getLong(0) : read(1).get(0) & 0xFF;
        if (size < 0 || size > MAX_FRAME) {
            throw new IOException("a frame of " + size + " bytes is too large");
        }
        return read((int) size).array();
    }

    private static ByteBuffer frame(byte[] body, int flags) {
        boolean isLong = body.length > 255;
        var buffer = ByteBuffer.allocate(body.length + 9);
        buffer.put((byte) (flags | (isLong ? LONG : 0)));
        if (isLong) {
            buffer.putLong(body.length);
        } else {
            buffer.put((byte) body.length);
        }
        return buffer.put(body).flip();
    }

    private ByteBuffer read(int size) throws IOException {
        var buffer = ByteBuffer.allocate(size);
        while (buffer.position() < size) {
            buffer.limit(Math.min(size, buffer.position() + PIECE));
            if (channel.read(buffer) < 0) {
                throw new EOFException("the kernel closed the connection");
            }
        }
        return buffer;
    }

    private void write(ByteBuffer buffer) throws IOException {
        int end = buffer.limit();
        while (buffer.position() < end) {
            buffer.limit(Math.min(end, buffer.position() + PIECE));
            channel.write(buffer);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException gone) {
            // Nothing was promised about a connection that is being given up.
        }
    }
}
