package io.kubespring.testing.net;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Between a client and a server on loopback. Each connection is cut when it has brought the client as many bytes as its
 * turn in the list of budgets says; connections beyond the list last.
 */
public final class TcpProxy implements AutoCloseable {

    private final ServerSocket listening;
    private final int target;
    private final Iterator<Long> budgets;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cuts = new AtomicInteger();
    private final Gate gate = new Gate();

    public TcpProxy(int targetPort, Long... budgets) {
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        target = targetPort;
        this.budgets = List.of(budgets).iterator();
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** How many connections have been cut for having used up their budget. */
    public int cuts() {
        return cuts.get();
    }

    /** Cuts every connection there is; new ones are taken. */
    public void cutAll() {
        open.forEach(TcpProxy::close);
    }

    /** From here on nothing passes, on no connection, new ones included, and nobody is told: a network that swallows. */
    public void stall() {
        gate.set(false);
    }

    /** What was held back passes. */
    public void flow() {
        gate.set(true);
    }

    private static final class Gate {
        private boolean open = true;

        synchronized void set(boolean to) {
            open = to;
            notifyAll();
        }

        synchronized void pass() throws IOException {
            while (!open) {
                try {
                    wait();
                } catch (InterruptedException interrupted) {
                    throw new IOException(interrupted);
                }
            }
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                var server = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(client);
                open.add(server);
                var left = new AtomicLong(budgets.hasNext() ? budgets.next() : Long.MAX_VALUE);
                Thread.ofVirtual().start(() -> copy(client, server, new AtomicLong(Long.MAX_VALUE)));
                Thread.ofVirtual().start(() -> copy(server, client, left));
            } catch (IOException closedOrRefused) {
                // The client sees a connection that ends at once, or none.
            }
        }
    }

    private void copy(Socket from, Socket to, AtomicLong budget) {
        byte[] buffer = new byte[16 << 10];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                gate.pass();
                int pass = (int) Math.min(read, budget.get());
                out.write(buffer, 0, pass);
                if (budget.addAndGet(-read) <= 0) {
                    cuts.incrementAndGet();
                    return;
                }
            }
        } catch (IOException broken) {
            // Closing both sides is the answer to that.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void close(Closeable each) {
        try {
            each.close();
        } catch (IOException ignored) {
            // It is closed.
        }
    }

    @Override
    public void close() {
        close(listening);
        cutAll();
        flow();
    }
}
