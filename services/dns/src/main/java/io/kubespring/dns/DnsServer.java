package io.kubespring.dns;

import io.kubespring.dns.forward.Forwarder;
import io.kubespring.dns.wire.Query;
import io.kubespring.dns.wire.ResponseWriter;
import io.kubespring.dns.wire.ResponseWriter.Code;
import io.kubespring.dns.zone.Answer;
import io.kubespring.dns.zone.ClusterZone;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers DNS over UDP and TCP at one address: names of the cluster's zone from memory on the event loop, all others by
 * asking upstream. A message that is no query gets no answer, so nobody can be flooded through us.
 */
final class DnsServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DnsServer.class);
    private static final int MAX_UDP = 4096;
    private static final int MAX_TCP = 65_535;
    private static final int IDLE_SECONDS = 10;
    private static final int CLASS_IN = 1;
    private static final int CLASS_ANY = 255;

    private final ClusterZone zone;
    private final Forwarder forwarder;
    private final ResponseWriter writer;
    private final DnsMetrics metrics;
    private final List<Channel> sockets = new ArrayList<>();

    DnsServer(ClusterZone zone, Forwarder forwarder, int timeToLive, DnsMetrics metrics) {
        this.zone = zone;
        this.forwarder = forwarder;
        this.writer = new ResponseWriter(timeToLive, zone.origin());
        this.metrics = metrics;
    }

    /** @return the address that is listened on, which tells the port where 0 was asked for */
    InetSocketAddress listen(InetSocketAddress address, EventLoopGroup loops) {
        Channel tcp = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 128)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new ReadTimeoutHandler(IDLE_SECONDS))
                                .addLast(new LengthFieldBasedFrameDecoder(MAX_TCP, 0, 2, 0, 2))
                                .addLast(new LengthFieldPrepender(2))
                                .addLast(new TcpHandler());
                    }
                })
                .bind(address)
                .syncUninterruptibly()
                .channel();
        sockets.add(tcp);
        var bound = (InetSocketAddress) tcp.localAddress();
        sockets.add(new Bootstrap()
                .group(loops)
                .channel(NioDatagramChannel.class)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_UDP))
                .option(ChannelOption.SO_RCVBUF, 1 << 20)
                .handler(new UdpHandler())
                .bind(new InetSocketAddress(address.getAddress(), bound.getPort()))
                .syncUninterruptibly()
                .channel());
        return bound;
    }

    private void handle(ByteBuf message, boolean tcp, ChannelHandlerContext context, Consumer<ByteBuf> reply) {
        Query query = Query.parse(message);
        if (query == null) {
            return;
        }
        long askedAt = metrics.asked(query.type(), tcp);
        if (query.opcode() != 0) {
            metrics.answered(Code.NOT_IMPLEMENTED, askedAt);
            reply.accept(error(query, message, Code.NOT_IMPLEMENTED, context));
            return;
        }
        String name = query.lowerCaseName();
        boolean internet = query.dnsClass() == CLASS_IN || query.dnsClass() == CLASS_ANY;
        Answer answer = internet ? local(name, query.type()) : null;
        if (answer != null) {
            ByteBuf out = context.alloc().buffer(512);
            writer.write(query, message, answer, out, tcp ? MAX_TCP : query.maxPayload());
            metrics.answered(answer.found() ? Code.NO_ERROR : Code.NAME_ERROR, askedAt);
            reply.accept(out);
            return;
        }
        metrics.forwarded();
        ByteBuf kept = message.retainedDuplicate();
        forwarder.ask(message, tcp).whenComplete((response, failure) -> {
            if (failure != null) {
                metrics.forwardFailed();
                metrics.answered(Code.SERVER_FAILURE, askedAt);
                reply.accept(error(query, kept, Code.SERVER_FAILURE, context));
            } else {
                metrics.answered(Code.of(response.getUnsignedByte(response.readerIndex() + 3) & 0xF), askedAt);
                reply.accept(response);
            }
            kept.release();
        });
    }

    /** The zone's answer, or null for a name that is not ours. */
    private @org.jspecify.annotations.Nullable Answer local(String name, int type) {
        if (zone.contains(name)) {
            return zone.resolve(name, type(type));
        }
        return name.endsWith(".arpa.") ? zone.reverse(name) : null;
    }

    private ByteBuf error(Query query, ByteBuf message, Code code, ChannelHandlerContext context) {
        ByteBuf out = context.alloc().buffer(128);
        writer.writeError(query, message, code, out);
        return out;
    }

    private static ClusterZone.Type type(int number) {
        return switch (number) {
            case 1 -> ClusterZone.Type.A;
            case 28 -> ClusterZone.Type.AAAA;
            case 33 -> ClusterZone.Type.SRV;
            case 5 -> ClusterZone.Type.CNAME;
            case 12 -> ClusterZone.Type.PTR;
            case 16 -> ClusterZone.Type.TXT;
            case 255 -> ClusterZone.Type.ANY;
            default -> ClusterZone.Type.OTHER;
        };
    }

    @Override
    public void close() {
        sockets.forEach(each -> each.close().syncUninterruptibly());
    }

    private final class UdpHandler extends SimpleChannelInboundHandler<DatagramPacket> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            handle(
                    packet.content(),
                    false,
                    context,
                    response -> context.writeAndFlush(new DatagramPacket(response, packet.sender())));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.debug("udp: {}", cause.toString());
        }
    }

    private final class TcpHandler extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
            handle(message, true, context, context::writeAndFlush);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
