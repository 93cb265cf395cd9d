package io.slipway.wire;

import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServerBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Leads some requests of HTTP/1 to a path of their own, before the HTTP library looks at where they go: it refuses paths that climb,
 * squeezes slashes, promises to read a body before anybody has asked who sends it, and knows one limit of length for each path. Where a
 * request went then stands in a header, behind a secret, so that nobody else can send it.
 */
public final class Detour {
    private static final String TARGET = "x-slipway-target";
    private static final String EXPECT = "x-slipway-expect";
    private static final String DECODER = "Http1RequestDecoder";
    private static final int ENOUGH_TO_TELL = 4;

    private final String secret;
    private final String path;
    private final Predicate<Head> mine;

    /** What is known of a request when it is decided where it goes. */
    public interface Head {
        /** Path and query as they were sent. */
        String target();

        Optional<String> header(String name);
    }

    /**
     * Where a request really went.
     *
     * @param target path and query as they were sent
     * @param expects whether the client waits for a word before it sends the body
     */
    public record Sent(String target, boolean expects) {}

    /**
     * @param secret that no client knows
     * @param path to which requests are led
     * @param mine which ones
     */
    public Detour(String secret, String path, Predicate<Head> mine) {
        this.secret = secret;
        this.path = path;
        this.mine = mine;
    }

    public void install(ServerBuilder server) {
        server.childChannelPipelineCustomizer(pipeline -> {
            pipeline.addFirst(new FirstBytes());
            pipeline.addLast(new AfterHandshake());
        });
    }

    /** Empty: it has come to the path by itself. */
    public Optional<Sent> sent(RequestHeaders headers) {
        String target = headers.get(TARGET, "");
        return target.startsWith(secret + " ")
                ? Optional.of(new Sent(target.substring(secret.length() + 1), headers.contains(EXPECT)))
                : Optional.empty();
    }

    /** Whether a header is one of those that are added here. */
    public static boolean added(String name) {
        return name.equals(TARGET) || name.equals(EXPECT);
    }

    /** Puts the signpost in front of the library's decoder. Whether it is there by now. */
    private boolean place(ChannelPipeline pipeline) {
        for (Map.Entry<String, ChannelHandler> each : pipeline) {
            if (each.getValue().getClass().getSimpleName().equals(DECODER)) {
                pipeline.addBefore(each.getKey(), null, new Signpost());
                return true;
            }
        }
        return false;
    }

    /** Without TLS the library chooses its decoder by the first four bytes. They are shown to it before the others. */
    private final class FirstBytes extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof ByteBuf bytes && bytes.readableBytes() > ENOUGH_TO_TELL) {
                context.fireChannelRead(bytes.readRetainedSlice(ENOUGH_TO_TELL));
            }
            boolean placed = place(context.pipeline());
            context.fireChannelRead(message);
            if (placed || place(context.pipeline())) {
                context.pipeline().remove(this);
            }
        }
    }

    /** With TLS it does so when hands are shaken. */
    private final class AfterHandshake extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslHandshakeCompletionEvent) {
                boolean unused = place(context.pipeline());
                Optional.ofNullable(context.pipeline().get(FirstBytes.class)).ifPresent(context.pipeline()::remove);
            }
            context.fireUserEventTriggered(event);
        }
    }

    private final class Signpost extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest request
                    && request.decoderResult().isSuccess()) {
                request.headers().remove(TARGET).remove(EXPECT);
                String target = target(request.uri());
                if (mine.test(new SeenHead(request, target))) {
                    lead(request, target);
                }
            }
            context.fireChannelRead(message);
        }
    }

    private record SeenHead(HttpRequest request, String target) implements Head {
        @Override
        public Optional<String> header(String name) {
            return Optional.ofNullable(request.headers().get(name));
        }
    }

    private void lead(HttpRequest request, String target) {
        request.headers().set(TARGET, secret + " " + target);
        String expected = request.headers().get("expect");
        if (expected != null && expected.equalsIgnoreCase("100-continue")) {
            request.headers().remove("expect");
            request.headers().set(EXPECT, "1");
        }
        request.setUri(path);
    }

    /** Without the address that proxies are sent, and with all bytes beyond ASCII encoded. */
    private static String target(String uri) {
        String target = uri;
        if (uri.startsWith("http://") || uri.startsWith("https://")) {
            int slash = uri.indexOf('/', uri.indexOf("//") + 2);
            target = slash < 0 ? "/" : uri.substring(slash);
        }
        StringBuilder out = new StringBuilder(target.length());
        for (int i = 0; i < target.length(); i++) {
            char each = target.charAt(i);
            if (each > ' ' && each < 0x7f) {
                out.append(each);
            } else {
                out.append(String.format("%%%02X", each & 0xff));
            }
        }
        return out.toString();
    }
}
