package io.kubespring.node.netlink;

import java.util.List;

/**
 * One network device with its IPv4 addresses.
 *
 * @param addresses without prefix lengths, in the kernel's order
 */
public record NetworkInterfaceState(String name, int mtu, List<String> addresses) {}
