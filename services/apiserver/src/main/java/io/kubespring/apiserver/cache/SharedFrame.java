package io.kubespring.apiserver.cache;

import org.jspecify.annotations.Nullable;

/** One event in one encoding, made when the first watcher sends it and shared by the others. */
final class SharedFrame {

    private final EventType type;
    private final StoredObject object;
    private final long emittedRevision;
    private final FrameEncoder encoder;
    private byte @Nullable [] bytes;

    SharedFrame(EventType type, StoredObject object, long emittedRevision, FrameEncoder encoder) {
        this.type = type;
        this.object = object;
        this.emittedRevision = emittedRevision;
        this.encoder = encoder;
    }

    boolean is(EventType otherType, FrameEncoder otherEncoder) {
        return type == otherType && encoder.equals(otherEncoder);
    }

    synchronized byte[] bytes() {
        byte[] made = bytes;
        if (made == null) {
            made = encoder.event(type, object, emittedRevision);
            bytes = made;
        }
        return made;
    }
}
