package io.kubespring.apiserver.authorization;

/**
 * An authorizer's answer.
 *
 * @param reason for the audit log and, when refused, for the client; may be empty
 */
public record Decision(Verdict verdict, String reason) {

    public enum Verdict {
        ALLOW,
        /** Refused whatever the next authorizer would say. */
        DENY,
        /** Ask the next authorizer; refused if there is none. */
        NO_OPINION
    }

    public static final Decision NO_OPINION = new Decision(Verdict.NO_OPINION, "");

    public static Decision allow(String reason) {
        return new Decision(Verdict.ALLOW, reason);
    }

    public static Decision deny(String reason) {
        return new Decision(Verdict.DENY, reason);
    }

    public static Decision noOpinion(String reason) {
        return reason.isEmpty() ? NO_OPINION : new Decision(Verdict.NO_OPINION, reason);
    }

    public boolean allowed() {
        return verdict == Verdict.ALLOW;
    }
}
