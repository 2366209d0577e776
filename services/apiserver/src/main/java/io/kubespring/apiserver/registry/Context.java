package io.kubespring.apiserver.registry;

import io.kubespring.api.catalog.ResourceType;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.authorization.ObjectSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * One attempt at one write, as a {@link ResourceStrategy} sees it. The pipeline runs again with a fresh context when the
 * compare-and-swap fails; what a strategy reserved in the failed attempt is given back through {@link #onAbort}.
 */
public final class Context {

    private final ResourceType type;
    private final String subresource;
    private final String namespace;
    private final UserInfo user;
    private final Instant now;
    private final boolean dryRun;
    private final ObjectSource objects;
    private final List<Runnable> aborts = new ArrayList<>(0);
    private final List<Runnable> commits = new ArrayList<>(0);
    private final List<Claim> claims = new ArrayList<>(0);
    private final List<CompletableFuture<?>> pending = new ArrayList<>(0);

    private boolean nameGenerated;

    public Context(
            ResourceType type,
            String subresource,
            String namespace,
            UserInfo user,
            Instant now,
            boolean dryRun,
            ObjectSource objects) {
        this.type = type;
        this.subresource = subresource;
        this.namespace = namespace;
        this.user = user;
        this.now = now;
        this.dryRun = dryRun;
        this.objects = objects;
    }

    public ResourceType type() {
        return type;
    }

    /** "status", "scale", …; empty for the object itself. */
    public String subresource() {
        return subresource;
    }

    /** Empty for a cluster-scoped resource. */
    public String namespace() {
        return namespace;
    }

    public UserInfo user() {
        return user;
    }

    public Instant now() {
        return now;
    }

    /** Nothing is stored; reservations made by a dry run must be given back in {@link #onAbort} as well. */
    public boolean dryRun() {
        return dryRun;
    }

    /** Other stored objects. */
    public ObjectSource objects() {
        return objects;
    }

    /** Runs {@code release} if this attempt is not stored (a later stage refuses, a conflict, a dry run). */
    public void onAbort(Runnable release) {
        aborts.add(release);
    }

    /** Runs {@code action} once this attempt is stored. */
    public void onCommit(Runnable action) {
        commits.add(action);
    }

    /** Takes {@code claim} before this attempt is stored, and gives it back if it is not. */
    public void claim(Claim claim) {
        claims.add(claim);
    }

    /** Holds the answer back until {@code work} ended: what was given away must be free when the client hears of it. */
    public void awaitBeforeAnswer(CompletableFuture<?> work) {
        pending.add(work);
    }

    boolean hasClaims() {
        return !claims.isEmpty();
    }

    /** Takes every claim; completes when each was answered, with a refusal before a loss. */
    CompletableFuture<Void> takeClaims() {
        return answered(claims.stream().map(Claim::take).toList());
    }

    CompletableFuture<Void> checkClaims() {
        return answered(claims.stream().map(Claim::check).toList());
    }

    /** {@code result}, once everything ended that must end before the answer; its failures are not the client's. */
    <T> CompletableFuture<T> settled(T result) {
        if (pending.isEmpty()) {
            return CompletableFuture.completedFuture(result);
        }
        return CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new))
                .handle((nothing, failure) -> result);
    }

    private static CompletableFuture<Void> answered(List<CompletableFuture<Void>> all) {
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).handle((nothing, failure) -> {
            if (failure != null) {
                throw all.stream()
                        .filter(CompletableFuture::isCompletedExceptionally)
                        .map(each -> Failures.cause(each.exceptionNow()))
                        .min(Comparator.comparing(Claim.Lost.class::isInstance))
                        .map(CompletionException::new)
                        .orElseThrow();
            }
            return null;
        });
    }

    /** Whether the object's name was made up, so that another is worth a try when it is taken. */
    boolean nameGenerated() {
        return nameGenerated;
    }

    void nameWasGenerated() {
        nameGenerated = true;
    }

    void abort() {
        aborts.forEach(Runnable::run);
        claims.forEach(Claim::giveBack);
        aborts.clear();
        claims.clear();
        commits.clear();
    }

    void commit() {
        commits.forEach(Runnable::run);
        aborts.clear();
        claims.clear();
        commits.clear();
    }
}
