package io.kubespring.kinds.validation.storage;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.NameChecks;
import java.util.List;

/** VolumeAttachments: what is attached where never changes. */
public final class VolumeAttachmentValidation implements KindValidation {

    private static final int METADATA_MAX = 256 * 1024;
    private static final int MESSAGE_MAX = 1024;

    @Override
    public void create(Field attachment, Errors errors) {
        check(attachment, errors);
        Field attacher = attachment.at("spec", "attacher");
        NameChecks.csiDriver(attacher, errors);
        Field volume = attachment.at("spec", "source").at("persistentVolumeName");
        if (volume.present()) {
            errors.invalid(volume, Names.dnsSubdomain(volume.text()));
        }
    }

    private static void check(Field attachment, Errors errors) {
        Field spec = attachment.at("spec");
        if (spec.at("attacher").empty()) {
            errors.required(spec.at("attacher"), "");
        }
        source(spec.at("source"), errors);
        errors.invalid(
                spec.at("nodeName"), Names.dnsSubdomain(spec.at("nodeName").text()));
        Field status = attachment.at("status");
        long bytes = 0;
        for (Field entry : status.at("attachmentMetadata").entries()) {
            bytes += entry.name().length() + entry.text().length();
        }
        if (bytes > METADATA_MAX) {
            errors.tooLong(status.at("attachmentMetadata"), METADATA_MAX);
        }
        for (String each : List.of("attachError", "detachError")) {
            error(status.at(each), errors);
        }
    }

    private static void source(Field source, Errors errors) {
        boolean inline = source.at("inlineVolumeSpec").present();
        Field volume = source.at("persistentVolumeName");
        String one = "must specify exactly one of inlineVolumeSpec and persistentVolumeName";
        if (!inline && volume.absent()) {
            errors.required(source, one);
        } else if (inline && volume.present()) {
            errors.forbidden(source, one);
        } else if (inline) {
            PersistentVolumeValidation.spec(source.at("inlineVolumeSpec"), true, errors);
        } else if (volume.empty()) {
            errors.required(volume, "must specify non empty persistentVolumeName");
        }
    }

    private static void error(Field error, Errors errors) {
        if (error.at("message").text().length() > MESSAGE_MAX) {
            errors.tooLong(error.at("message"), METADATA_MAX);
        }
        if (error.at("errorCode").number() < 0) {
            errors.invalid(error.at("errorCode"), "must be between 0 and 2147483647, inclusive");
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        check(next, errors);
        errors.immutable(next.at("spec"), current.at("spec"));
    }

    @Override
    public void updateSubresource(String subresource, Field next, Field current, Errors errors) {
        check(next, errors);
    }
}
