package io.kubespring.controllers.deployment;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.kubespring.api.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * The suffix of a ReplicaSet's name and the value of its pod-template-hash: FNV-1a of the template, in letters that spell
 * no words. Only uniqueness counts: a ReplicaSet is recognised by its template, not by this.
 */
final class TemplateHash {

    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private TemplateHash() {}

    /** @param collisions how often the name was taken by another template */
    static String of(PodTemplateSpec template, @Nullable Integer collisions) {
        int hash = 0x811C9DC5;
        for (byte each : Json.write(template)) {
            hash = (hash ^ (each & 0xFF)) * 0x01000193;
        }
        for (int rest = collisions == null ? 0 : collisions; rest != 0; rest >>>= 8) {
            hash = (hash ^ (rest & 0xFF)) * 0x01000193;
        }
        var text = new StringBuilder();
        for (char digit : Integer.toUnsignedString(hash).toCharArray()) {
            text.append(LETTERS.charAt(digit % LETTERS.length()));
        }
        return text.toString();
    }
}
