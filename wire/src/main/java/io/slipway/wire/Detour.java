package io.slipway.wire;

import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServerBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Leads some requests to a path of their own, before the HTTP library looks at where they go: it refuses paths that climb,
 * squeezes slashes, promises to read a body before anybody has asked who sends it, and knows one limit of length for each path. Where a
 * request went then stands in a header, behind a secret, so that nobody else can send it.
 */
public final class Detour {
    private static final String TARGET = "x-slipway-target";
    private static final String EXPECT = "x-slipway-expect";
    private static final String DECODER = "HttpServerCodec";
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

    /** Puts signposts where requests are decoded, unless they are there. Whether there is one by now. */
    private boolean place(ChannelPipeline pipeline) {
        boolean placed = pipeline.get(Signpost.class) != null;
        for (Map.Entry<String, ChannelHandler> each : pipeline) {
            if (each.getValue() instanceof Http2ConnectionHandler second) {
                place(second);
                return true;
            }
            if (!placed && each.getValue().getClass().getSimpleName().equals(DECODER)) {
                pipeline.addAfter(each.getKey(), null, new Signpost());
                placed = true;
            }
        }
        return placed;
    }

    private void place(Http2ConnectionHandler second) {
        Http2FrameListener listener = second.decoder().frameListener();
        if (!(listener instanceof SecondSignpost)) {
            second.decoder().frameListener(new SecondSignpost(listener));
        }
    }

    /** Without TLS the library chooses its decoder by the first four bytes. They are shown to it before the others. */
    private final class FirstBytes extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof ByteBuf bytes && bytes.readableBytes() > ENOUGH_TO_TELL) {
                context.fireChannelRead(bytes.readRetainedSlice(ENOUGH_TO_TELL));
            }
            boolean unused = place(context.pipeline());
            context.fireChannelRead(message);
            if (place(context.pipeline())) {
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
            }
            context.fireUserEventTriggered(event);
        }
    }

    /** Of HTTP/1. */
    private final class Signpost extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ChannelPipeline pipeline = context.pipeline();
            if (message instanceof HttpRequest request
                    && request.decoderResult().isSuccess()) {
                look(new FirstHead(request));
            }
            context.fireChannelRead(message);
            if (message instanceof LastHttpContent) {
                // The request may have made the connection one of HTTP/2.
                boolean unused = place(pipeline);
            }
        }
    }

    /** Of HTTP/2. */
    private final class SecondSignpost extends Http2FrameListenerDecorator {
        SecondSignpost(Http2FrameListener listener) {
            super(listener);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean end)
                throws Http2Exception {
            lookAt(headers);
            super.onHeadersRead(context, stream, headers, padding, end);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context,
                int stream,
                Http2Headers headers,
                int dependency,
                short weight,
                boolean exclusive,
                int padding,
                boolean end)
                throws Http2Exception {
            lookAt(headers);
            super.onHeadersRead(context, stream, headers, dependency, weight, exclusive, padding, end);
        }

        /** Trailers have no path. */
        private void lookAt(Http2Headers headers) {
            if (headers.path() != null) {
                look(new SecondHead(headers));
            }
        }
    }

    /** A head that can be changed still. */
    private interface OpenHead extends Head {
        void set(String name, String value);

        void remove(String name);

        void target(String path);
    }

    private record FirstHead(HttpRequest request) implements OpenHead {
        @Override
        public String target() {
            return plain(request.uri());
        }

        @Override
        public Optional<String> header(String name) {
            return Optional.ofNullable(request.headers().get(name));
        }

        @Override
        public void set(String name, String value) {
            request.headers().set(name, value);
        }

        @Override
        public void remove(String name) {
            request.headers().remove(name);
        }

        @Override
        public void target(String path) {
            request.setUri(path);
        }
    }

    private record SecondHead(Http2Headers headers) implements OpenHead {
        @Override
        public String target() {
            return plain(String.valueOf(headers.path()));
        }

        @Override
        public Optional<String> header(String name) {
            Optional<CharSequence> value = Optional.ofNullable(headers.get(name));
            return value.or(() -> name.equals("host") ? Optional.ofNullable(headers.authority()) : Optional.empty())
                    .map(CharSequence::toString);
        }

        @Override
        public void set(String name, String value) {
            headers.set(name, value);
        }

        @Override
        public void remove(String name) {
            headers.remove(name);
        }

        @Override
        public void target(String path) {
            headers.path(path);
        }
    }

    private void look(OpenHead head) {
        head.remove(TARGET);
        head.remove(EXPECT);
        if (mine.test(head)) {
            head.set(TARGET, secret + " " + head.target());
            if (head.header("expect").filter("100-continue"::equalsIgnoreCase).isPresent()) {
                head.remove("expect");
                head.set(EXPECT, "1");
            }
            head.target(path);
        }
    }

    /** Without the address that proxies are sent, and with all bytes beyond ASCII encoded. */
    private static String plain(String uri) {
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
