package io.kubespring.service.upgrade;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;

/** The connections that left HTTP, so that a server that stops can end them. A closed one leaves by itself. */
public final class Tunnels implements AutoCloseable {

    private final ChannelGroup open = new DefaultChannelGroup("tunnels", GlobalEventExecutor.INSTANCE, true);

    public void add(Channel client) {
        open.add(client);
    }

    /** Ends all, also those that come later. */
    @Override
    public void close() {
        open.close();
    }
}
