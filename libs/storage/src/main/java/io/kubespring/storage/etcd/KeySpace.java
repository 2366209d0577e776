package io.kubespring.storage.etcd;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Between our keys, which begin with {@link EtcdOptions#LOGICAL_ROOT}, and etcd's, which begin with the prefix asked for. */
final class KeySpace {

    /** As a key the first there is, as the end of a range: no end. */
    static final ByteString ZERO = ByteString.copyFrom(new byte[1]);

    private final String prefix;
    private final boolean same;

    KeySpace(String prefix) {
        String slashed = prefix.startsWith("/") ? prefix : "/" + prefix;
        this.prefix = slashed.endsWith("/") ? slashed.substring(0, slashed.length() - 1) : slashed;
        same = this.prefix.equals(EtcdOptions.LOGICAL_ROOT);
    }

    ByteString toEtcd(String key) {
        String stored = same ? key : prefix + belowRoot(key);
        return UnsafeByteOperations.unsafeWrap(stored.getBytes(StandardCharsets.UTF_8));
    }

    private static String belowRoot(String key) {
        if (!key.startsWith(EtcdOptions.LOGICAL_ROOT)) {
            throw new IllegalArgumentException(key + " is not under " + EtcdOptions.LOGICAL_ROOT);
        }
        return key.substring(EtcdOptions.LOGICAL_ROOT.length());
    }

    /** @return null for a key that is not ours */
    @Nullable
    String fromEtcd(ByteString key) {
        String stored = key.toStringUtf8();
        if (same) {
            return stored;
        }
        boolean ours = stored.startsWith(prefix) && stored.startsWith("/", prefix.length());
        return ours ? EtcdOptions.LOGICAL_ROOT + stored.substring(prefix.length()) : null;
    }

    String prefix() {
        return prefix;
    }

    /** Of our keys in etcd the first that there may be. */
    ByteString first() {
        return ByteString.copyFromUtf8(prefix + "/");
    }

    /** The first key after ours. */
    ByteString end() {
        return ByteString.copyFromUtf8(prefix + (char) ('/' + 1));
    }

    /** A key that is asked for and never there, for what an answer says besides. */
    ByteString nothing() {
        return ByteString.copyFromUtf8(prefix + "/health");
    }

    /** Written where only a change of ours tells how far a watch is; of no kind, and without a value. */
    ByteString mark() {
        return ByteString.copyFromUtf8(prefix + "/kubespring.io/progress");
    }

    static ByteString wrap(byte[] value) {
        return UnsafeByteOperations.unsafeWrap(value);
    }
}
