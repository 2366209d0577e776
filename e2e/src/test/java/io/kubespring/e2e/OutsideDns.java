package io.kubespring.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name server of the world outside the cluster: every name has the address {@value #ADDRESS}. */
final class OutsideDns {

    static final String ADDRESS = "192.0.2.77";
    private static final byte[] RECORD = {(byte) 0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 5, 0, 4, (byte) 192, 0, 2, 77};

    private OutsideDns() {}

    /** Starts once a folder.
     *
     * @return a resolv.conf that names it
     */
    static Path start(Path folder) {
        Path file = folder.resolve("resolv.conf");
        if (Files.exists(file)) {
            return file;
        }
        try {
            var socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 53));
            Thread.ofPlatform().daemon().start(() -> serve(socket));
            Files.createDirectories(folder);
            Files.writeString(file, "nameserver 127.0.0.1\n");
            return file;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void serve(DatagramSocket socket) {
        byte[] buffer = new byte[1500];
        while (true) {
            try {
                var query = new DatagramPacket(buffer, buffer.length);
                socket.receive(query);
                byte[] answer = answer(ByteBuffer.wrap(buffer, 0, query.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, query.getSocketAddress()));
            } catch (IOException ended) {
                return;
            }
        }
    }

    /** The question again, with one answer where it asks for an IPv4 address. */
    private static byte[] answer(ByteBuffer query) {
        int end = 12;
        while (query.get(end) != 0) {
            end += query.get(end) + 1;
        }
        end += 5;
        boolean address = query.getShort(end - 4) == 1;
        ByteBuffer answer = ByteBuffer.allocate(end + RECORD.length);
        answer.put(query.slice(0, end));
        answer.putShort(2, (short) 0x8180)
                .putShort(6, (short) (address ? 1 : 0))
                .putInt(8, 0);
        if (address) {
            answer.put(RECORD);
        }
        return java.util.Arrays.copyOf(answer.array(), answer.position());
    }
}
