package io.kubespring.apiserver.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Compresses large answers for clients that ask for it, quickly rather than tightly, piece by piece. */
final class Gzip {

    /** Upstream's threshold: below it the time is not worth the bytes. */
    static final int THRESHOLD = 128 * 1024;

    private Gzip() {}

    /** As upstream, which looks at no quality: "gzip;q=0" is not it. */
    static boolean accepted(ServerHttpRequest request) {
        String accepted = request.getHeaders().getFirst("accept-encoding");
        if (accepted != null) {
            for (String each : accepted.split(",")) {
                if (each.strip().equals("gzip")) {
                    return true;
                }
            }
        }
        return false;
    }

    static byte[] whole(byte[] body) {
        var stream = new Stream();
        byte[] start = stream.piece(body);
        byte[] end = stream.end();
        byte[] all = java.util.Arrays.copyOf(start, start.length + end.length);
        System.arraycopy(end, 0, all, start.length, end.length);
        return all;
    }

    static Flux<byte[]> streamed(Flux<byte[]> body) {
        return Flux.defer(() -> {
            var stream = new Stream();
            return body.map(stream::piece)
                    .concatWith(Mono.fromSupplier(stream::end))
                    .filter(piece -> piece.length > 0);
        });
    }

    /** One answer's compressor; not for several threads at once. */
    private static final class Stream {
        private final ByteArrayOutputStream compressed = new ByteArrayOutputStream(32 * 1024);
        private final GZIPOutputStream gzip;

        Stream() {
            try {
                gzip = new GZIPOutputStream(compressed, 8 * 1024) {
                    {
                        def.setLevel(Deflater.BEST_SPEED);
                    }
                };
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }

        byte[] piece(byte[] plain) {
            try {
                gzip.write(plain);
                return taken();
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }

        byte[] end() {
            try {
                gzip.close();
                return taken();
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }

        private byte[] taken() {
            byte[] bytes = compressed.toByteArray();
            compressed.reset();
            return bytes;
        }
    }
}
