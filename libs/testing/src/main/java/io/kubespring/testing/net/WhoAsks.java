package io.kubespring.testing.net;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Answers whoever asks, over TCP and UDP on one port, with the answerer's name and the address that the question came from:
 * "name 10.244.0.2".
 */
public final class WhoAsks implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 3_000;
    /** Nearly what an overlay's packet can hold, so that a wrong MTU shows. */
    private static final int QUESTION_BYTES = 1_400;

    private final ServerSocket tcp;
    private final DatagramSocket udp;
    private final String name;

    private WhoAsks(ServerSocket tcp, DatagramSocket udp, String name) {
        this.tcp = tcp;
        this.udp = udp;
        this.name = name;
    }

    public static WhoAsks in(NetworkNamespace namespace, int port) throws Exception {
        return namespace.inside(() -> {
            var any = new InetSocketAddress("0.0.0.0", port);
            var tcp = new ServerSocket();
            tcp.bind(any);
            var answerer = new WhoAsks(tcp, new DatagramSocket(any), namespace.name());
            Thread.ofPlatform().daemon().start(answerer::answerStreams);
            Thread.ofPlatform().daemon().start(answerer::answerDatagrams);
            return answerer;
        });
    }

    private byte[] answer(InetAddress source) {
        return (name + " " + source.getHostAddress()).getBytes(StandardCharsets.UTF_8);
    }

    private void answerStreams() {
        while (!tcp.isClosed()) {
            try (Socket client = tcp.accept()) {
                client.getOutputStream().write(answer(client.getInetAddress()));
            } catch (IOException closed) {
                // Closed by us, or the client left: the loop's condition tells.
            }
        }
    }

    private void answerDatagrams() {
        var packet = new DatagramPacket(new byte[64], 64);
        while (!udp.isClosed()) {
            try {
                udp.receive(packet);
                byte[] answer = answer(packet.getAddress());
                udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException closed) {
                // Closed by us, or nobody takes the answer: the loop's condition tells.
            }
        }
    }

    /** Asks over TCP from within a namespace. */
    public static String tcp(NetworkNamespace from, String address, int port) throws Exception {
        return from.inside(() -> {
            try (var socket = new Socket()) {
                socket.setSoTimeout(PATIENCE_MILLIS);
                socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            }
        });
    }

    /** Asks over UDP, from a port of its own. */
    public static String udp(NetworkNamespace from, String address, int port) throws Exception {
        return udp(from, 0, address, port);
    }

    /** Asks over UDP from that port. */
    public static String udp(NetworkNamespace from, int sourcePort, String address, int port) throws Exception {
        return from.inside(() -> {
            try (var socket = new DatagramSocket(new InetSocketAddress("0.0.0.0", sourcePort))) {
                socket.setSoTimeout(PATIENCE_MILLIS);
                socket.send(new DatagramPacket(
                        new byte[QUESTION_BYTES], QUESTION_BYTES, new InetSocketAddress(address, port)));
                var packet = new DatagramPacket(new byte[128], 128);
                socket.receive(packet);
                return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
            }
        });
    }

    @Override
    public void close() throws IOException {
        tcp.close();
        udp.close();
    }
}
