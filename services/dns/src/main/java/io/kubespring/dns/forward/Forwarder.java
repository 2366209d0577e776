package io.kubespring.dns.forward;

import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.TimeSource;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;

/**
 * Sends queries on, byte for byte but for their id, and hands the answers back the same way; so record types that we do
 * not know pass too. Servers are asked in order, each for two seconds. At most {@value #MAX_PENDING} queries wait at once;
 * an answer is taken only from the server that was asked, under an unpredictable id.
 */
public final class Forwarder implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int MAX_PENDING = 4096;
    private static final int MAX_MESSAGE = 65_535;

    private record Pending(int clientId, InetSocketAddress server, CompletableFuture<ByteBuf> answer) {}

    private final List<InetSocketAddress> servers;
    private final TimeSource time;
    private final RandomSource random;
    private final EventLoopGroup loops;
    private final Map<Integer, Pending> pending = new ConcurrentHashMap<>();
    private final Channel socket;

    public Forwarder(List<InetSocketAddress> servers, EventLoopGroup loops, TimeSource time, RandomSource random) {
        this.servers = List.copyOf(servers);
        this.loops = loops;
        this.time = time;
        this.random = random;
        this.socket = new Bootstrap()
                .group(loops)
                .channel(NioDatagramChannel.class)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new io.netty.channel.FixedRecvByteBufAllocator(4096))
                .handler(new SimpleChannelInboundHandler<DatagramPacket>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
                        received(packet.sender(), packet.content());
                    }
                })
                .bind(0)
                .syncUninterruptibly()
                .channel();
    }

    /**
     * @param query a whole message; not kept, not released
     * @return the answer, owned by the caller; fails if no server answers in time or too many queries wait
     */
    public CompletableFuture<ByteBuf> ask(ByteBuf query, boolean overTcp) {
        return ask(query.copy(), overTcp, 0);
    }

    private CompletableFuture<ByteBuf> ask(ByteBuf query, boolean overTcp, int serverIndex) {
        if (serverIndex >= servers.size()) {
            query.release();
            return CompletableFuture.failedFuture(
                    new TimeoutException(servers.isEmpty() ? "no upstream name server" : "no name server answered"));
        }
        InetSocketAddress server = servers.get(serverIndex);
        CompletableFuture<ByteBuf> once =
                overTcp ? askOverTcp(query.retainedDuplicate(), server) : askOverUdp(query.retainedDuplicate(), server);
        return once.handle((answer, failure) -> {
                    if (failure != null) {
                        return ask(query, overTcp, serverIndex + 1);
                    }
                    query.release();
                    return CompletableFuture.completedFuture(answer);
                })
                .thenCompose(next -> next);
    }

    private CompletableFuture<ByteBuf> askOverUdp(ByteBuf query, InetSocketAddress server) {
        var answer = new CompletableFuture<ByteBuf>();
        int clientId = query.getUnsignedShort(query.readerIndex());
        int id = claimId(new Pending(clientId, server, answer));
        if (id < 0) {
            query.release();
            answer.completeExceptionally(new IllegalStateException("too many queries wait for upstream name servers"));
            return answer;
        }
        ByteBuf message = query.copy();
        query.release();
        message.setShort(message.readerIndex(), id);
        var timer = time.schedule(PATIENCE, () -> {
            pending.remove(id);
            answer.completeExceptionally(new TimeoutException(server + " does not answer"));
        });
        answer.whenComplete((done, failure) -> timer.cancel());
        socket.writeAndFlush(new DatagramPacket(message, server)).addListener(sent -> {
            if (!sent.isSuccess()) {
                pending.remove(id);
                answer.completeExceptionally(sent.cause());
            }
        });
        return answer;
    }

    private int claimId(Pending entry) {
        if (pending.size() >= MAX_PENDING) {
            return -1;
        }
        while (true) {
            int id = random.nextInt(65_536);
            if (pending.putIfAbsent(id, entry) == null) {
                return id;
            }
        }
    }

    private void received(InetSocketAddress sender, ByteBuf message) {
        if (message.readableBytes() < 12) {
            return;
        }
        int id = message.getUnsignedShort(message.readerIndex());
        Pending entry = pending.get(id);
        if (entry == null || !entry.server().equals(sender) || !pending.remove(id, entry)) {
            return;
        }
        ByteBuf answer = message.copy();
        answer.setShort(answer.readerIndex(), entry.clientId());
        if (!entry.answer().complete(answer)) {
            answer.release();
        }
    }

    private CompletableFuture<ByteBuf> askOverTcp(ByteBuf query, InetSocketAddress server) {
        var answer = new CompletableFuture<ByteBuf>();
        new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) PATIENCE.toMillis())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new LengthFieldBasedFrameDecoder(MAX_MESSAGE, 0, 2, 0, 2))
                                .addLast(new LengthFieldPrepender(2))
                                .addLast(new TcpAnswer(answer));
                    }
                })
                .connect(server)
                .addListener((io.netty.channel.ChannelFuture connected) -> {
                    if (!connected.isSuccess()) {
                        query.release();
                        answer.completeExceptionally(connected.cause());
                        return;
                    }
                    Channel channel = connected.channel();
                    channel.writeAndFlush(query);
                    var timer = time.schedule(PATIENCE, () -> answer.completeExceptionally(new TimeoutException()));
                    answer.whenComplete((done, failure) -> {
                        timer.cancel();
                        channel.close();
                    });
                });
        return answer;
    }

    private static final class TcpAnswer extends SimpleChannelInboundHandler<ByteBuf> {
        private final CompletableFuture<ByteBuf> answer;

        TcpAnswer(CompletableFuture<ByteBuf> answer) {
            this.answer = answer;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
            if (!answer.complete(message.retain())) {
                message.release();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            answer.completeExceptionally(new java.io.EOFException("upstream closed the connection"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            answer.completeExceptionally(cause);
            context.close();
        }
    }

    @Override
    public void close() {
        socket.close();
        pending.values().forEach(each -> each.answer().completeExceptionally(new IllegalStateException("closed")));
        pending.clear();
    }
}
