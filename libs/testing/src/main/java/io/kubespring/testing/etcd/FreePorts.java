package io.kubespring.testing.etcd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** What nobody listened on a moment ago; a member keeps them through restarts. */
record FreePorts(int client, int peer, int metrics) {

    static FreePorts take() {
        try (ServerSocket first = free();
                ServerSocket second = free();
                ServerSocket third = free()) {
            return new FreePorts(first.getLocalPort(), second.getLocalPort(), third.getLocalPort());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static ServerSocket free() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
