package io.kubespring.gateway.access;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line a request, written by a thread of its own: no event loop waits for a slow console. What does not fit into the
 * queue is counted and not written.
 */
public final class AccessLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("access");
    private static final int WAITING = 8192;

    private final boolean on;
    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(WAITING);
    private final Counter dropped;
    private final Thread writer;

    /**
     * A request that is over.
     *
     * @param path without its query, which may hold commands and other people's secrets
     * @param status 0 where nothing was answered
     */
    public record Entry(
            String client,
            String user,
            String method,
            String path,
            int status,
            long micros,
            String server,
            String agent) {

        String line() {
            return client + " " + user + " \"" + method + " " + path + "\" " + status + " " + micros + "us " + server
                    + " \"" + agent + "\"";
        }
    }

    public AccessLog(boolean on, MeterRegistry metrics) {
        this.on = on;
        dropped = Counter.builder("gateway_access_log_dropped_total")
                .description("Requests that the access log had no room for")
                .register(metrics);
        writer = Thread.ofVirtual().name("access-log").unstarted(this::write);
        if (on) {
            writer.start();
        }
    }

    public void add(Entry entry) {
        if (on && !queue.offer(entry)) {
            dropped.increment();
        }
    }

    private void write() {
        try {
            while (true) {
                LOG.info("{}", printable(queue.take().line()));
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nobody writes lines of their own into the log. */
    static String printable(String line) {
        var text = new StringBuilder(line.length());
        line.chars().forEach(each -> text.append(each < ' ' || each > '~' ? '?' : (char) each));
        return text.toString();
    }

    @Override
    public void close() {
        writer.interrupt();
    }
}
