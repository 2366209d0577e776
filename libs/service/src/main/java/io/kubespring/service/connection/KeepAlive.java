package io.kubespring.service.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;

/**
 * Has the kernel find out that a peer vanished without a word (no FIN, no RST): after three silent minutes it is asked, nine
 * times in 15 s each, as upstream's servers do; then the connection fails. Without it a silent watch, or a stream that
 * nobody types into, would stay for ever.
 */
public final class KeepAlive {

    static final Duration IDLE = Duration.ofMinutes(3);
    static final Duration INTERVAL = Duration.ofSeconds(15);
    static final int PROBES = 9;

    private KeepAlive() {}

    /** To be called when the connection is there, of either transport. */
    public static void enable(Channel channel) {
        ChannelConfig config = channel.config();
        int idle = (int) IDLE.toSeconds();
        int interval = (int) INTERVAL.toSeconds();
        config.setOption(ChannelOption.SO_KEEPALIVE, true);
        if (!config.setOption(EpollChannelOption.TCP_KEEPIDLE, idle)) {
            config.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), idle);
            config.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), interval);
            config.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), PROBES);
        } else {
            config.setOption(EpollChannelOption.TCP_KEEPINTVL, interval);
            config.setOption(EpollChannelOption.TCP_KEEPCNT, PROBES);
        }
    }
}
