package io.kubespring.scheduler.framework;

import java.util.List;

/**
 * What a plugin says.
 *
 * @param reasons shown to users in the FailedScheduling event
 */
public record Outcome(Code code, List<String> reasons) {

    /** The codes of the framework. */
    public enum Code {
        SUCCESS,
        /** Does not fit now; may fit after something is preempted. */
        UNSCHEDULABLE,
        /** Does not fit, and preemption cannot change that. */
        UNRESOLVABLE,
        /** The plugin has nothing to do with this Pod; its later points are left out. */
        SKIP,
        ERROR
    }

    public static final Outcome SUCCESS = new Outcome(Code.SUCCESS, List.of());
    public static final Outcome SKIP = new Outcome(Code.SKIP, List.of());

    public static Outcome unschedulable(String... reasons) {
        return new Outcome(Code.UNSCHEDULABLE, List.of(reasons));
    }

    public static Outcome unresolvable(String... reasons) {
        return new Outcome(Code.UNRESOLVABLE, List.of(reasons));
    }

    public static Outcome error(String reason) {
        return new Outcome(Code.ERROR, List.of(reason));
    }

    public boolean isSuccess() {
        return code == Code.SUCCESS;
    }

    public boolean isSkip() {
        return code == Code.SKIP;
    }

    public boolean isRejection() {
        return code == Code.UNSCHEDULABLE || code == Code.UNRESOLVABLE;
    }
}
