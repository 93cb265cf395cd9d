package io.slipway.wire;

import com.linecorp.armeria.common.Flags;
import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.common.util.ThreadFactories;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The thread that accepts the connections of a port. It ends when it is told to; one of the library's own stays for two seconds more, in
 * case somebody gives it something to do, and every end of a server would wait for that.
 */
final class Accepting extends MultiThreadIoEventLoopGroup {
    private static final long MOST_SECONDS = 15;

    private Accepting(ThreadFactory threads, IoHandlerFactory transport) {
        super(1, threads, transport);
    }

    /** By the same transport as the threads of the connections, which the library chooses. */
    static EventLoopGroup named(String name) {
        ThreadFactory threads = ThreadFactories.newThreadFactory(name, false);
        return switch (Flags.transportType()) {
            case EPOLL -> new Accepting(threads, EpollIoHandler.newFactory());
            case NIO -> new Accepting(threads, NioIoHandler.newFactory());
            default -> EventLoopGroups.newEventLoopGroup(1, threads);
        };
    }

    @Override
    public Future<?> shutdownGracefully() {
        return shutdownGracefully(0, MOST_SECONDS, TimeUnit.SECONDS);
    }
}
