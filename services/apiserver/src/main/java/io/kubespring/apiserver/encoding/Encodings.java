package io.kubespring.apiserver.encoding;

import io.kubespring.apiserver.cache.EncodedForms;
import io.kubespring.apiserver.cache.StoredObject;

/** Stored objects in any form, made once and shared while there is room. */
public final class Encodings {

    private final EncodedForms room;

    public Encodings(EncodedForms room) {
        this.room = room;
    }

    /** An object as it stands in a list. Shared, not to be changed. */
    public byte[] content(StoredObject object, ObjectForm form) {
        return form.stored()
                ? form.json(object, object.revision())
                : room.of(object, form, (wanted, each) -> wanted.content(each, each.revision()));
    }

    /** The same under another revision, as a DELETED event shows it. */
    byte[] content(StoredObject object, ObjectForm form, long emittedRevision) {
        return emittedRevision == object.revision() ? content(object, form) : form.content(object, emittedRevision);
    }

    public byte[] document(StoredObject object, ObjectForm form) {
        return form.document(content(object, form));
    }
}
