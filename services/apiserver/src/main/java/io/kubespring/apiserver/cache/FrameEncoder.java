package io.kubespring.apiserver.cache;

/**
 * Writes watch events in one encoding. Equal encoders share what they have encoded, so an encoder is a constant or a
 * record.
 */
public interface FrameEncoder {

    /** One event, with its delimiter. */
    byte[] event(EventType type, StoredObject object, long emittedRevision);

    /** A BOOKMARK event, with its delimiter. */
    byte[] bookmark(long revision, boolean endOfInitialEvents);
}
