package io.kubespring.apiserver.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.ZlibCodecFactory;
import io.netty.handler.codec.compression.ZlibWrapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** A page on its way through the proxy: unpacked where it is compressed, with its links rewritten. Never held as a whole. */
final class HtmlBody {

    private static final Set<String> ENCODINGS = Set.of("", "gzip", "deflate");
    /** Compressed bytes that are unpacked at once: at most a thousand times as many come out. */
    private static final int SLICE = 1024;

    private HtmlBody() {}

    static boolean understands(String encoding) {
        return ENCODINGS.contains(encoding);
    }

    static Flux<ByteBuf> rewritten(Flux<byte[]> page, String encoding, LinkRewriter links) {
        return Flux.defer(() -> {
            var html = new HtmlLinks(links::rewrite);
            return unpacked(page, encoding)
                    .map(html::next)
                    .concatWith(Flux.defer(() -> Flux.just(html.end())))
                    .filter(piece -> piece.length > 0)
                    .map(Unpooled::wrappedBuffer);
        });
    }

    private static Flux<byte[]> unpacked(Flux<byte[]> page, String encoding) {
        if (encoding.isEmpty()) {
            return page;
        }
        var decoder = new EmbeddedChannel(ZlibCodecFactory.newZlibDecoder(
                encoding.equals("gzip") ? ZlibWrapper.GZIP : ZlibWrapper.ZLIB_OR_NONE, 0));
        return page.concatMapIterable(HtmlBody::slices, 1)
                .concatMapIterable(slice -> decode(decoder, slice), 1)
                .doFinally(end -> decoder.finishAndReleaseAll());
    }

    private static List<ByteBuf> slices(byte[] piece) {
        List<ByteBuf> slices = new ArrayList<>();
        for (int at = 0; at < piece.length; at += SLICE) {
            slices.add(Unpooled.wrappedBuffer(piece, at, Math.min(SLICE, piece.length - at)));
        }
        return slices;
    }

    private static List<byte[]> decode(EmbeddedChannel decoder, ByteBuf slice) {
        decoder.writeInbound(slice);
        List<byte[]> pieces = new ArrayList<>();
        for (ByteBuf next = read(decoder); next != null; next = read(decoder)) {
            byte[] bytes = new byte[next.readableBytes()];
            next.readBytes(bytes).release();
            pieces.add(bytes);
        }
        return pieces;
    }

    private static @Nullable ByteBuf read(EmbeddedChannel decoder) {
        return decoder.readInbound();
    }
}
