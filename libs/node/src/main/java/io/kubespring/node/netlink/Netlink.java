package io.kubespring.node.netlink;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A machine's network as the kernel holds it. An interface so that agents can be tested without root. */
public interface Netlink {

    /** Every device that has an IPv4 address. */
    List<NetworkInterfaceState> interfaces() throws IOException;

    /** The device of the default route, or null. */
    @Nullable
    String defaultDevice() throws IOException;

    /** The VXLAN device of that name, or null. */
    @Nullable
    VxlanDevice vxlan(String name) throws IOException;

    /**
     * Has the device be there and up. One that fits is kept with its entries, so traffic goes on; another of that name is
     * replaced.
     */
    void ensure(VxlanDevice device) throws IOException;

    /** Removes a device if it is there. */
    void removeDevice(String name) throws IOException;

    /**
     * What is there now.
     *
     * @param device whose entries are read; empty for none
     */
    OverlayState overlay(String device) throws IOException;

    /**
     * Brings the machine from one state to another.
     *
     * @throws IOException naming what the kernel refused; everything else was done
     */
    void apply(OverlayState.Commands commands) throws IOException;
}
