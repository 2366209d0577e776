package io.kubespring.controllers.servicecidr;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IPAddress;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDR;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDRBuilder;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.Await;
import io.kubespring.client.Resources;
import io.kubespring.client.controller.Reconciler;
import io.kubespring.client.controller.Result;
import io.kubespring.client.informer.Lister;
import io.kubespring.kinds.service.AddressRange;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One ServiceCIDR. One that is being deleted is held as long as an address would be left in no other; then ten seconds more,
 * so that every API server has heard of the deletion and gives no address away from it.
 */
final class ServiceCidrReconciler implements Reconciler<String> {

    private static final String FINALIZER = "networking.k8s.io/service-cidr-finalizer";
    private static final String READY = "Ready";
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Lister<ServiceCIDR> cidrs;
    private final Lister<IPAddress> addresses;
    private final Resources<ServiceCIDR> client;
    private final TimeSource time;

    ServiceCidrReconciler(
            Lister<ServiceCIDR> cidrs, Lister<IPAddress> addresses, Resources<ServiceCIDR> client, TimeSource time) {
        this.cidrs = cidrs;
        this.addresses = addresses;
        this.client = client;
        this.time = time;
    }

    @Override
    public Result reconcile(String name) {
        ServiceCIDR cidr = cidrs.get("", name);
        if (cidr == null) {
            return Result.DONE;
        }
        String deleted = cidr.getMetadata().getDeletionTimestamp();
        if (deleted == null) {
            setCondition(protect(cidr), "True", "", "Kubernetes Service CIDR is ready");
            return Result.DONE;
        }
        if (leavesAddressesAlone(cidr)) {
            setCondition(
                    cidr,
                    "False",
                    "Terminating",
                    "There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new"
                            + " ServiceCIDR");
            return Result.DONE;
        }
        Duration left = Duration.between(time.now(), Instant.parse(deleted).plus(GRACE));
        if (left.isPositive()) {
            return Result.after(left);
        }
        release(cidr);
        return Result.DONE;
    }

    private ServiceCIDR protect(ServiceCIDR cidr) {
        if (cidr.getMetadata().getFinalizers().contains(FINALIZER)) {
            return cidr;
        }
        return Await.value(client.update(new ServiceCIDRBuilder(cidr)
                .editMetadata()
                .addToFinalizers(FINALIZER)
                .endMetadata()
                .build()));
    }

    private void release(ServiceCIDR cidr) {
        if (cidr.getMetadata().getFinalizers().contains(FINALIZER)) {
            Await.done(client.update(new ServiceCIDRBuilder(cidr)
                    .editMetadata()
                    .removeFromFinalizers(FINALIZER)
                    .endMetadata()
                    .build()));
        }
    }

    private void setCondition(ServiceCIDR cidr, String status, String reason, String message) {
        Condition before = ready(cidr);
        if (before != null && before.getStatus().equals(status)) {
            return;
        }
        Condition condition = new ConditionBuilder()
                .withType(READY)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .withLastTransitionTime(
                        time.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .build();
        Await.done(client.updateStatus(new ServiceCIDRBuilder(cidr)
                .withNewStatus()
                .withConditions(condition)
                .endStatus()
                .build()));
    }

    private static @Nullable Condition ready(ServiceCIDR cidr) {
        if (cidr.getStatus() == null) {
            return null;
        }
        return cidr.getStatus().getConditions().stream()
                .filter(each -> READY.equals(each.getType()))
                .findFirst()
                .orElse(null);
    }

    private boolean leavesAddressesAlone(ServiceCIDR cidr) {
        List<AddressRange> mine = ranges(cidr);
        List<AddressRange> others = cidrs.list().stream()
                .filter(each ->
                        !each.getMetadata().getName().equals(cidr.getMetadata().getName()))
                .flatMap(each -> ranges(each).stream())
                .toList();
        if (mine.stream().allMatch(each -> others.stream().anyMatch(other -> other.contains(each)))) {
            return false;
        }
        return addresses.list().stream()
                .map(each -> each.getMetadata().getName())
                .anyMatch(address -> mine.stream().anyMatch(each -> each.contains(address))
                        && others.stream().noneMatch(other -> other.contains(address)));
    }

    private static List<AddressRange> ranges(ServiceCIDR cidr) {
        return cidr.getSpec().getCidrs().stream().map(AddressRange::parse).toList();
    }
}
