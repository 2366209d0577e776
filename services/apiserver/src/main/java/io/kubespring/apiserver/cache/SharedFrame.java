package io.kubespring.apiserver.cache;

/** One event in one encoding, made when the first watcher sends it and shared by the others. */
final class SharedFrame extends SharedBytes {

    private final EventType type;
    private final StoredObject object;
    private final long emittedRevision;
    private final FrameEncoder encoder;

    SharedFrame(EventType type, StoredObject object, long emittedRevision, FrameEncoder encoder) {
        this.type = type;
        this.object = object;
        this.emittedRevision = emittedRevision;
        this.encoder = encoder;
    }

    boolean is(EventType otherType, FrameEncoder otherEncoder) {
        return type == otherType && encoder.equals(otherEncoder);
    }

    /** About how many bytes it keeps reachable. */
    int size() {
        return object.stored().length;
    }

    @Override
    byte[] make() {
        return encoder.event(type, object, emittedRevision);
    }
}
