package io.kubespring.apiserver.admission.plugins;

import io.kubespring.api.time.RandomSource;
import io.kubespring.apiserver.admission.AdmissionChain;
import io.kubespring.apiserver.admission.limits.LimitRanger;
import io.kubespring.apiserver.authorization.Authorizer;
import io.kubespring.apiserver.authorization.ObjectSource;
import io.kubespring.apiserver.authorization.rbac.RbacRules;
import java.util.List;

/** The plugins that are on unless {@code --disable-admission-plugins} says otherwise, in upstream's order. */
public final class AdmissionPlugins {

    private AdmissionPlugins() {}

    public static AdmissionChain standard(
            ObjectSource objects, RbacRules rules, Authorizer authorizer, RandomSource random) {
        return new AdmissionChain(List.of(
                new NamespaceLifecycle(objects),
                new LimitRanger(objects),
                new ServiceAccountAdmission(objects, random),
                new NodeRestriction(objects),
                new TaintNodesByCondition(),
                new PriorityAdmission(objects),
                new DefaultTolerationSeconds(),
                new RuntimeClassAdmission(objects),
                SignerPermission.toApprove(authorizer),
                SignerPermission.toSign(authorizer),
                new CertificateSubjectRestriction(),
                new RbacEscalation(rules, authorizer)));
    }
}
