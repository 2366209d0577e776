package io.kubespring.dns.forward;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The name servers of a {@code resolv.conf}; a file that is missing has none. */
public final class ResolvConf {

    /** As many as the C library asks. */
    private static final int MAX_SERVERS = 3;

    private ResolvConf() {}

    public static List<InetSocketAddress> nameServers(Path file) throws IOException {
        List<InetSocketAddress> servers = new ArrayList<>();
        if (!Files.exists(file)) {
            return servers;
        }
        for (String line : Files.readAllLines(file)) {
            String[] words = line.trim().split("\\s+");
            if (words.length >= 2 && words[0].equals("nameserver") && servers.size() < MAX_SERVERS) {
                byte[] address = NetUtil.createByteArrayFromIpAddressString(words[1]);
                if (address != null) {
                    servers.add(new InetSocketAddress(InetAddress.getByAddress(address), 53));
                }
            }
        }
        return servers;
    }
}
