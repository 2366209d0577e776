package io.kubespring.apiserver.cache;

import org.jspecify.annotations.Nullable;

/** Bytes that several readers share and that can be made again: they are kept for as long as {@link EncodedForms} has room. */
abstract class SharedBytes {

    private volatile @Nullable Kept kept;

    /** The same content each time. */
    abstract byte[] make();

    final byte[] get(EncodedForms room) {
        byte[] known = known();
        return known == null ? made(room) : known;
    }

    private byte @Nullable [] known() {
        Kept present = kept;
        return present == null ? null : present.read();
    }

    private synchronized byte[] made(EncodedForms room) {
        byte[] known = known();
        if (known != null) {
            return known;
        }
        byte[] made = make();
        kept = room.keep(made);
        return made;
    }

    /** What {@link EncodedForms} holds on to: the bytes and nothing that they were made of. */
    static final class Kept {
        private volatile byte @Nullable [] bytes;
        private volatile boolean used;

        Kept(byte[] bytes) {
            this.bytes = bytes;
        }

        private byte @Nullable [] read() {
            if (!used) {
                used = true;
            }
            return bytes;
        }

        /** Whether somebody has read it since this was asked last. */
        boolean usedSince() {
            boolean was = used;
            used = false;
            return was;
        }

        /** Lets go of the bytes, and says how many they were. */
        int drop() {
            byte[] dropped = bytes;
            bytes = null;
            return dropped == null ? 0 : dropped.length;
        }
    }
}
