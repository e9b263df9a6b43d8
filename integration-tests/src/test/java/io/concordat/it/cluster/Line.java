package io.concordat.it.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A line to a port of this machine that can be cut: then nothing comes through, and nobody is told. */
final class Line implements AutoCloseable {
    private final ServerSocket door;
    private final int target;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private final Object state = new Object();
    private boolean cut;
    private volatile boolean closed;

    private Line(ServerSocket door, int target) {
        this.door = door;
        this.target = target;
    }

    static Line to(int target) throws IOException {
        Line line = new Line(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), target);
        start(line::accept);
        return line;
    }

    /** Where it begins. */
    int port() {
        return door.getLocalPort();
    }

    /** Holds back whatever is sent, in both directions. */
    void cut() {
        synchronized (state) {
            cut = true;
        }
    }

    /** Lets everything through again, what was held back first. */
    void mend() {
        synchronized (state) {
            cut = false;
            state.notifyAll();
        }
    }

    /** Loses what was held back and ends all conversations; new ones come through. */
    void reset() {
        hangUp();
        mend();
    }

    private void hangUp() {
        ends.forEach(Line::close);
    }

    private void accept() {
        try {
            while (!closed) {
                Socket caller = door.accept();
                ends.add(caller);
                start(() -> connect(caller));
            }
        } catch (IOException e) {
            if (!closed) {
                throw new UncheckedIOException("the line to port " + target + " has broken", e);
            }
        }
    }

    private void connect(Socket caller) {
        try {
            Socket called = new Socket(InetAddress.getLoopbackAddress(), target);
            ends.add(called);
            called.setTcpNoDelay(true);
            caller.setTcpNoDelay(true);
            start(() -> pass(called, caller));
            pass(caller, called);
        } catch (IOException e) {
            end(caller);
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] bytes = new byte[64 << 10];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                awaitMended();
                out.write(bytes, 0, count);
            }
            awaitMended();
        } catch (IOException | InterruptedException e) {
            // One of the two has gone: the other is told below.
        } finally {
            end(from);
            end(to);
        }
    }

    private void awaitMended() throws InterruptedException {
        synchronized (state) {
            while (cut && !closed) {
                state.wait();
            }
        }
    }

    private void end(Socket socket) {
        close(socket);
        ends.remove(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "line");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        door.close();
        hangUp();
        mend();
    }
}
