package io.kubespring.apimachinery.protobuf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All messages. The facts are indexed when first needed; a message is made of its line when it is first met. */
final class MessageTypes {

    private static final String RESOURCE = "messages.txt";
    private static final String META = "meta.v1";

    private final Map<String, String> facts = new HashMap<>();
    private final Map<String, MessageType> built = new ConcurrentHashMap<>();

    private static final class Holder {
        private static final MessageTypes INSTANCE = new MessageTypes();
    }

    private MessageTypes() {
        try (InputStream in = MessageTypes.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + RESOURCE);
            }
            new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().forEach(line -> {
                int space = line.indexOf(' ');
                facts.put(space < 0 ? line : line.substring(0, space), space < 0 ? "" : line.substring(space + 1));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MessageTypes get() {
        return Holder.INSTANCE;
    }

    /** Null for a kind that has no protobuf form. */
    @Nullable
    MessageType ofKind(String apiVersion, String kind) {
        String own = packageOf(apiVersion) + "." + kind;
        if (facts.containsKey(own)) {
            return named(own);
        }
        String shared = META + "." + kind;
        return facts.containsKey(shared) ? named(shared) : null;
    }

    /** "rbac.authorization.k8s.io/v1" is "rbac.v1", "v1" is "core.v1". */
    private static String packageOf(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        if (slash < 0) {
            return "core." + apiVersion;
        }
        int dot = apiVersion.indexOf('.');
        String label = apiVersion.substring(0, dot < 0 || dot > slash ? slash : dot);
        return label + "." + apiVersion.substring(slash + 1);
    }

    /** @throws IllegalArgumentException if there is none of that name */
    MessageType named(String name) {
        MessageType known = built.get(name);
        return known != null ? known : built.computeIfAbsent(name, this::build);
    }

    private MessageType build(String name) {
        String line = facts.get(name);
        if (line == null) {
            throw new IllegalArgumentException("no such message: " + name);
        }
        String[] words = line.isEmpty() ? new String[0] : line.split(" ");
        Field[] fields = new Field[words.length];
        for (int i = 0; i < words.length; i++) {
            fields[i] = Field.parse(words[i]);
        }
        return new MessageType(name, fields);
    }
}
