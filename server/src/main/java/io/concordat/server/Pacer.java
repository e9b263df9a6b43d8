package io.concordat.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Hands what a client sends to the HTTP layer in portions, and the next one only when the layer wants to read.
 *
 * <p>The layer does stop reading while requests wait their turn on a connection, but takes apart all of what has been read
 * before. A thousand requests in one packet would be more than it keeps in order.
 */
final class Pacer extends ChannelDuplexHandler {
    /** The shortest request has 16 bytes, and the HTTP layer keeps 128 of one connection in order. */
    private static final int PORTION = 1_024;

    private final Deque<ByteBuf> held = new ArrayDeque<>(0);
    private int handedOn;
    private boolean isHandingOn;
    private boolean isReadWanted;
    private boolean isDeaf;

    /** Passes over everything that comes from now on. */
    void ignoreRest() {
        isDeaf = true;
        dropHeld();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            context.fireChannelRead(message);
        } else if (isDeaf) {
            bytes.release();
        } else if (held.isEmpty() && handedOn + bytes.readableBytes() <= PORTION) {
            handedOn += bytes.readableBytes();
            context.fireChannelRead(bytes);
        } else {
            held.add(bytes);
            handOn(context);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (held.isEmpty()) {
            completePortion(context);
        }
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (held.isEmpty()) {
            context.read();
        } else {
            isReadWanted = true;
            if (!isHandingOn) {
                context.executor().execute(() -> handOn(context));
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        dropHeld();
        context.fireChannelInactive();
    }

    private void dropHeld() {
        held.forEach(ByteBuf::release);
        held.clear();
    }

    private void handOn(ChannelHandlerContext context) {
        if (isHandingOn) {
            return;
        }
        isHandingOn = true;
        try {
            if (handedOn > 0) {
                completePortion(context);
            }
            while (!held.isEmpty() && context.channel().config().isAutoRead()) {
                context.fireChannelRead(nextPortion());
                completePortion(context);
            }
        } finally {
            isHandingOn = false;
        }
        if (held.isEmpty() && isReadWanted) {
            isReadWanted = false;
            context.read();
        }
    }

    private ByteBuf nextPortion() {
        ByteBuf first = held.element();
        return first.readableBytes() > PORTION ? first.readRetainedSlice(PORTION) : held.remove();
    }

    private void completePortion(ChannelHandlerContext context) {
        handedOn = 0;
        context.fireChannelReadComplete();
    }
}
