package io.kubespring.apiserver.authentication.token;

import io.kubespring.api.GroupResource;
import io.kubespring.api.cache.BoundedCache;
import io.kubespring.apiserver.authentication.token.ServiceAccountClaims.Reference;
import io.kubespring.apiserver.authorization.ObjectSource;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Whether the objects that a token is bound to still exist, as the same objects (by uid). An object that is being deleted
 * counts for another minute, so that its workload can finish.
 */
final class BoundObjects {

    static final GroupResource SERVICE_ACCOUNTS = new GroupResource("", "serviceaccounts");
    static final GroupResource PODS = new GroupResource("", "pods");
    static final GroupResource SECRETS = new GroupResource("", "secrets");
    static final GroupResource NODES = new GroupResource("", "nodes");

    private static final Duration DELETION_LEEWAY = Duration.ofSeconds(60);
    private static final int REMEMBERED = 4096;

    private record Key(GroupResource resource, String namespace, String name) {}

    private record Facts(
            long revision, String uid, @Nullable Instant deletion) {}

    private final ObjectSource objects;
    private final BoundedCache<Key, Facts> known = new BoundedCache<>(REMEMBERED);

    BoundObjects(ObjectSource objects) {
        this.objects = objects;
    }

    /** @return the reason why the token no longer holds, or null */
    @Nullable
    String failure(ServiceAccountClaims claims, Instant now) {
        if (gone(SERVICE_ACCOUNTS, claims.namespace(), claims.serviceAccount(), now)) {
            return "service account token has been invalidated";
        }
        boolean boundGone = gone(SECRETS, claims.namespace(), claims.secret(), now)
                || gone(PODS, claims.namespace(), claims.pod(), now)
                || claims.pod() == null && gone(NODES, "", claims.node(), now);
        return boundGone ? "service account token has been invalidated" : null;
    }

    private boolean gone(GroupResource resource, String namespace, @Nullable Reference wanted, Instant now) {
        if (wanted == null) {
            return false;
        }
        ObjectSource.Item item = objects.get(resource, namespace, wanted.name());
        if (item == null) {
            return true;
        }
        Facts facts = facts(new Key(resource, namespace, wanted.name()), item);
        return !facts.uid().equals(wanted.uid())
                || facts.deletion() != null
                        && facts.deletion().plus(DELETION_LEEWAY).isBefore(now);
    }

    private Facts facts(Key key, ObjectSource.Item item) {
        Facts facts = known.get(key);
        if (facts == null || facts.revision() != item.revision()) {
            JsonNode metadata = item.tree().path("metadata");
            String deletion = metadata.path("deletionTimestamp").asString("");
            facts = new Facts(
                    item.revision(),
                    metadata.path("uid").asString(""),
                    deletion.isEmpty() ? null : Instant.parse(deletion));
            known.put(key, facts);
        }
        return facts;
    }
}
