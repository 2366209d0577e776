package io.kubespring.apiserver.proxy;

import io.kubespring.api.error.StatusException;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses the server lets itself be sent to: global unicast ones (as Go's net.IP says it), so that nobody reaches
 * the server's own machine or a cloud's metadata service through it.
 */
final class ProxyableAddress {

    private ProxyableAddress() {}

    static StatusException refused() {
        return StatusException.badRequest("address not allowed");
    }

    /** False also for what is no address. */
    static boolean allows(String text) {
        InetAddress address = literal(text);
        return address != null && allows(address);
    }

    static boolean allows(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean broadcast = bytes.length == 4 && bytes[0] == -1 && bytes[1] == -1 && bytes[2] == -1 && bytes[3] == -1;
        return !broadcast
                && !address.isAnyLocalAddress()
                && !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isMulticastAddress();
    }

    static @Nullable InetAddress literal(String text) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        if (bytes == null) {
            return null;
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            return null;
        }
    }
}
