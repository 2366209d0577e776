package io.kubespring.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.regex.Pattern;

/** A {@code kubectl port-forward} that runs until it is closed or gives up. */
final class PortForward implements AutoCloseable {

    private static final int MOST_WAIT_MILLIS = 60_000;

    private final Running kubectl;

    PortForward(StreamPods.Protocol protocol, String what) throws IOException {
        kubectl = new Running(protocol.kubectl("port-forward " + what));
    }

    /** A connection to what kubectl listens on for that port. */
    Socket connect(int port) throws IOException {
        var line = Pattern.compile("Forwarding from 127\\.0\\.0\\.1:(\\d+) -> " + port + "\\n");
        String shown = kubectl.await(output -> line.matcher(output).find());
        var local = line.matcher(shown);
        assertThat(local.find()).as(shown).isTrue();
        var socket = new Socket("127.0.0.1", Integer.parseInt(local.group(1)));
        socket.setSoTimeout(MOST_WAIT_MILLIS);
        return socket;
    }

    /** Waits for kubectl to give up by itself.
     *
     * @return all that it said
     */
    String awaitEnd() throws InterruptedException {
        return kubectl.awaitEnd().output();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        kubectl.close();
    }
}
