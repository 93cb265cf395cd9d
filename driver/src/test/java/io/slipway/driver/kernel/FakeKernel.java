package io.slipway.driver.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.json.Json;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.NullUnmarked;

/** The far end of a kernel's socket: the accepting side of ZMTP 3.0, and what Jupyter says over it. */
@NullUnmarked
final class FakeKernel implements AutoCloseable {
    private final ServerSocketChannel server;
    private SocketChannel peer;

    FakeKernel(Path socket) throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
    }

    /** Takes a connection and shakes hands; answers what the other side says of itself. */
    String accept() throws IOException {
        peer = server.accept();
        byte[] greeting = new byte[64];
        greeting[0] = (byte) 0xFF;
        greeting[9] = 0x7F;
        greeting[10] = 3;
        System.arraycopy("NULL".getBytes(StandardCharsets.US_ASCII), 0, greeting, 12, 4);
        write(greeting);
        read(64);
        String said = new String(receive().get(0), StandardCharsets.US_ASCII);
        byte[] ready = "\5READY".getBytes(StandardCharsets.US_ASCII);
        write(new byte[] {4, (byte) ready.length});
        write(ready);
        return said;
    }

    /** Takes a connection and sends these bytes, whatever they mean. */
    void acceptAndSay(byte[] bytes) throws IOException {
        peer = server.accept();
        write(bytes);
    }

    void write(byte[] bytes) throws IOException {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            peer.write(buffer);
        }
    }

    /** A frame in the shortest form that holds it. */
    void frame(int flags, byte[] body) throws IOException {
        var head = body.length > 255
                ? ByteBuffer.allocate(9).put((byte) (flags | 2)).putLong(body.length)
                : ByteBuffer.allocate(2).put((byte) flags).put((byte) body.length);
        write(head.array());
        write(body);
    }

    void send(List<byte[]> parts) throws IOException {
        for (int i = 0; i < parts.size(); i++) {
            frame(i < parts.size() - 1 ? 1 : 0, parts.get(i));
        }
    }

    List<byte[]> receive() throws IOException {
        var parts = new ArrayList<byte[]>();
        int flags;
        do {
            flags = read(1).get();
            long size = (flags & 2) == 0 ? read(1).get() & 0xFF : read(8).getLong();
            parts.add(read((int) size).array());
        } while ((flags & 1) != 0);
        return parts;
    }

    private ByteBuffer read(int size) throws IOException {
        var buffer = ByteBuffer.allocate(size);
        while (buffer.hasRemaining()) {
            if (peer.read(buffer) < 0) {
                throw new EOFException();
            }
        }
        return buffer.flip();
    }

    /** A message from the kernel, signed with the key. */
    static List<byte[]> message(String key, String type, String parentId, JsonNode content) {
        ObjectNode header = Json.object().put("msg_type", type).put("msg_id", "kernels-own");
        List<byte[]> signed = List.of(
                Json.bytes(header),
                Json.bytes(Json.object().put("msg_id", parentId)),
                Json.bytes(Json.object().put("m", 1)),
                Json.bytes(content));
        var parts = new ArrayList<byte[]>();
        parts.add("topic".getBytes(StandardCharsets.US_ASCII));
        parts.add("<IDS|MSG>".getBytes(StandardCharsets.US_ASCII));
        parts.add(signature(key, signed).getBytes(StandardCharsets.US_ASCII));
        parts.addAll(signed);
        return parts;
    }

    static String signature(String key, List<byte[]> parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            parts.forEach(mac::update);
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The kernel's process is gone. */
    void hangUp() throws IOException {
        peer.close();
    }

    @Override
    public void close() throws IOException {
        server.close();
        if (peer != null) {
            peer.close();
        }
    }
}
