package io.concordat.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.transport.Transport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The door of a server. It lets in only so many connections, has each of them speak at the pace of the HTTP layer, and puts
 * out those that do not come to the end of their first request head in time: the HTTP layer does not know of a connection
 * before that.
 */
final class Gate {
    private final int maxConnections;
    private final Duration patience;
    private final AtomicInteger connections = new AtomicInteger();
    private final Map<Visitor, Channel> inside = new ConcurrentHashMap<>();
    private final Map<Visitor, ScheduledFuture<?>> undecided = new ConcurrentHashMap<>();

    Gate(int maxConnections, Duration patience) {
        this.maxConnections = maxConnections;
        this.patience = patience;
    }

    /** The other end of a connection. */
    private record Visitor(String address, int port) {
        static Visitor of(SocketAddress remote) {
            return new Visitor(remote.hostAddress(), remote.port());
        }
    }

    /** The transport whose servers have this door. */
    io.vertx.core.transport.Transport transport() {
        Transport guarded = new GuardedTransport(io.vertx.core.transport.Transport.NIO.implementation());
        return new io.vertx.core.transport.Transport() {
            @Override
            public String name() {
                return "nio";
            }

            @Override
            public boolean available() {
                return true;
            }

            @Override
            @SuppressWarnings("NullAway") // Null is how this interface says that nothing is wrong.
            public Throwable unavailabilityCause() {
                return null;
            }

            @Override
            public Transport implementation() {
                return guarded;
            }
        };
    }

    /** Whether nobody is in. */
    boolean isEmpty() {
        return connections.get() == 0 && inside.isEmpty() && undecided.isEmpty();
    }

    /** Leaves a connection to the HTTP layer: it has begun to speak. */
    void passed(SocketAddress remote) {
        forget(Visitor.of(remote));
    }

    /**
     * Passes over whatever else a connection sends: its last request is there. The HTTP layer would count what follows, and give
     * up on the whole connection. Called on its event loop.
     */
    void ignoreRest(SocketAddress remote) {
        Channel channel = inside.get(Visitor.of(remote));
        Pacer pacer = channel == null ? null : channel.pipeline().get(Pacer.class);
        if (pacer != null) {
            pacer.ignoreRest();
        }
    }

    /** Ends a connection at once. The HTTP layer would first send what is waiting, and whoever does not read has time. */
    void putOut(SocketAddress remote) {
        Channel channel = inside.get(Visitor.of(remote));
        if (channel != null) {
            channel.eventLoop().execute(() -> channel.unsafe().close(channel.voidPromise()));
        }
    }

    private void forget(Visitor visitor) {
        ScheduledFuture<?> eviction = undecided.remove(visitor);
        if (eviction != null) {
            eviction.cancel(false);
        }
    }

    /** Stands before the acceptor of a listening socket. */
    @Sharable
    private final class Doorkeeper extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            Channel visitor = (Channel) message;
            if (connections.incrementAndGet() > maxConnections) {
                connections.decrementAndGet();
                visitor.unsafe().closeForcibly();
                return;
            }
            visitor.closeFuture().addListener(closed -> connections.decrementAndGet());
            visitor.pipeline().addFirst(new Pacer()).addFirst(new Patience());
            context.fireChannelRead(message);
        }
    }

    /** Watches one connection until it has passed. */
    private final class Patience extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            Channel channel = context.channel();
            if (channel.remoteAddress() instanceof InetSocketAddress remote) {
                Visitor visitor = new Visitor(remote.getAddress().getHostAddress(), remote.getPort());
                Runnable eviction = () -> {
                    ChannelFuture unused = channel.close();
                };
                undecided.put(
                        visitor, context.executor().schedule(eviction, patience.toMillis(), TimeUnit.MILLISECONDS));
                inside.put(visitor, channel);
                channel.closeFuture().addListener(closed -> {
                    inside.remove(visitor, channel);
                    forget(visitor);
                });
            }
            context.pipeline().remove(this);
            context.fireChannelActive();
        }
    }

    /** Another transport, with a doorkeeper on its listening sockets. */
    @SuppressWarnings("deprecation") // One method of the interface takes a deprecated type.
    private final class GuardedTransport implements Transport {
        private final Transport transport;

        GuardedTransport(Transport transport) {
            this.transport = transport;
        }

        @Override
        public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
            ChannelFactory<? extends ServerChannel> factory = transport.serverChannelFactory(domainSocket);
            return () -> {
                ServerChannel channel = factory.newChannel();
                channel.pipeline().addFirst(new Doorkeeper());
                return channel;
            };
        }

        @Override
        public IoHandlerFactory ioHandlerFactory() {
            return transport.ioHandlerFactory();
        }

        @Override
        public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory factory, int ioRatio) {
            return transport.eventLoopGroup(type, threads, factory, ioRatio);
        }

        @Override
        public DatagramChannel datagramChannel(InternetProtocolFamily family) {
            return transport.datagramChannel(family);
        }

        @Override
        public ChannelFactory<? extends DatagramChannel> datagramChannelFactory() {
            return transport.datagramChannelFactory();
        }

        @Override
        public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
            return transport.channelFactory(domainSocket);
        }
    }
}
