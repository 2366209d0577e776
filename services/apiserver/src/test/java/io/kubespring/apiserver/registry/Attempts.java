package io.kubespring.apiserver.registry;

import io.kubespring.api.GroupResource;
import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.authorization.ObjectSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Plays the pipeline's part for tests of strategies: makes attempts and ends them. */
public final class Attempts {

    public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static final UserInfo ALICE = new UserInfo("alice", "1", List.of("dev", "ops"), Map.of());

    private final ResourceType type;
    private final List<ObjectNode> stored = new ArrayList<>();

    public Attempts(String group, String version, String plural) {
        type = Objects.requireNonNull(Catalog.builtIn().find(group, version, plural));
    }

    /** Something that is in the store already. */
    public Attempts with(ObjectNode object) {
        stored.add(object);
        return this;
    }

    public Context attempt(String subresource) {
        return new Context(type, subresource, "default", ALICE, NOW, false, source());
    }

    public Context attempt() {
        return attempt("");
    }

    public static void abort(Context context) {
        context.abort();
    }

    public static void commit(Context context) {
        context.commit();
    }

    /**
     * Takes what the attempt claims, and gives it back where that fails.
     *
     * @return false if somebody was faster and the attempt should begin again
     */
    public static boolean claim(Context context) {
        try {
            context.takeClaims().join();
            return true;
        } catch (CompletionException failed) {
            context.abort();
            if (Failures.cause(failed) instanceof Claim.Lost lost) {
                lost.informed().join();
                return false;
            }
            throw (RuntimeException) Failures.cause(failed);
        }
    }

    /** Waits for what the attempt gives away. */
    public static void settle(Context context) {
        context.settled("").join();
    }

    private ObjectSource source() {
        return new ObjectSource() {
            @Override
            public Object changeToken(GroupResource resource) {
                return stored.size();
            }

            @Override
            public Collection<? extends Item> list(GroupResource resource, @Nullable String namespace) {
                return stored.stream().map(Stored::new).toList();
            }

            @Override
            public @Nullable Item get(GroupResource resource, String namespace, String name) {
                return null;
            }
        };
    }

    private record Stored(ObjectNode tree) implements ObjectSource.Item {
        @Override
        public String namespace() {
            return "default";
        }

        @Override
        public String name() {
            return tree.path("metadata").path("name").asString("");
        }

        @Override
        public long revision() {
            return 1;
        }
    }
}
