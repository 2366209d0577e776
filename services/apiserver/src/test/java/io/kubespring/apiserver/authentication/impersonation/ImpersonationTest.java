package io.kubespring.apiserver.authentication.impersonation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.authorization.Authorizer;
import io.kubespring.apiserver.authorization.Decision;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImpersonationTest {

    private static final UserInfo ADMIN = UserInfo.of("admin", "system:authenticated");

    /** What the requester may impersonate, as "group/resource/subresource ns/name". */
    private static Impersonation allowing(String... things) {
        Set<String> allowed = Set.of(things);
        Authorizer authorizer = asked -> asked.verb().equals("impersonate")
                        && allowed.contains(asked.apiGroup() + "/" + asked.qualifiedResource() + " " + asked.namespace()
                                + "/" + asked.name())
                ? Decision.allow("")
                : Decision.NO_OPINION;
        return new Impersonation(authorizer);
    }

    @Test
    void withoutHeadersNothingChanges() {
        assertThat(allowing().effectiveUser(ADMIN, Map.of("accept", List.of("*/*"))))
                .isSameAs(ADMIN);
    }

    @Test
    void userGroupsUidAndExtraReplaceTheRequester() {
        UserInfo user = allowing(
                        "/users /jane",
                        "/groups /dev",
                        "/groups /ops",
                        "authentication.k8s.io/uids /7",
                        "authentication.k8s.io/userextras/scopes /view",
                        "authentication.k8s.io/userextras/acme.com/project /x")
                .effectiveUser(
                        ADMIN,
                        Map.of(
                                "impersonate-user", List.of("jane"),
                                "impersonate-group", List.of("dev", "ops"),
                                "impersonate-uid", List.of("7"),
                                "impersonate-extra-scopes", List.of("view"),
                                "impersonate-extra-acme.com%2fproject", List.of("x")));

        assertThat(user)
                .isEqualTo(new UserInfo(
                        "jane",
                        "7",
                        List.of("dev", "ops", "system:authenticated"),
                        Map.of("scopes", List.of("view"), "acme.com/project", List.of("x"))));
    }

    @Test
    void serviceAccountsAreCheckedAsSuchAndGetTheirGroups() {
        var headers = Map.of("impersonate-user", List.of("system:serviceaccount:ci:robot"));

        assertThat(allowing("/serviceaccounts ci/robot")
                        .effectiveUser(ADMIN, headers)
                        .groups())
                .containsExactly("system:serviceaccounts", "system:serviceaccounts:ci", "system:authenticated");
        assertThatThrownBy(
                        () -> allowing("/users /system:serviceaccount:ci:robot").effectiveUser(ADMIN, headers))
                .hasMessage("serviceaccounts \"robot\" is forbidden: User \"admin\" cannot impersonate resource"
                        + " \"serviceaccounts\" in API group \"\" in the namespace \"ci\"");
    }

    @Test
    void anonymousIsNotAuthenticated() {
        assertThat(allowing("/users /system:anonymous")
                        .effectiveUser(ADMIN, Map.of("impersonate-user", List.of("system:anonymous")))
                        .groups())
                .containsExactly("system:unauthenticated");
    }

    @Test
    void groupsCannotBeSneakedInBesideAnAllowedUser() {
        var headers = Map.of("impersonate-user", List.of("jane"), "impersonate-group", List.of("system:masters"));

        assertThatThrownBy(() -> allowing("/users /jane").effectiveUser(ADMIN, headers))
                .hasMessage("groups \"system:masters\" is forbidden: User \"admin\" cannot impersonate resource"
                        + " \"groups\" in API group \"\" at the cluster scope");
    }

    @Test
    void extraAndUidAreAuthorizedToo() {
        assertThatThrownBy(() -> allowing("/users /jane")
                        .effectiveUser(
                                ADMIN,
                                Map.of("impersonate-user", List.of("jane"), "impersonate-extra-a", List.of("b"))))
                .hasMessageContaining("resource \"userextras/a\" in API group \"authentication.k8s.io\"");
        assertThatThrownBy(() -> allowing("/users /jane")
                        .effectiveUser(
                                ADMIN, Map.of("impersonate-user", List.of("jane"), "impersonate-uid", List.of("1"))))
                .hasMessageContaining("resource \"uids\"");
    }

    @Test
    void groupsWithoutUserAreRefused() {
        assertThatThrownBy(() ->
                        allowing("/groups /dev").effectiveUser(ADMIN, Map.of("impersonate-group", List.of("dev"))))
                .hasMessageContaining("without impersonating a user");
        assertThatThrownBy(() -> allowing().effectiveUser(ADMIN, Map.of("impersonate-extra-scopes", List.of("view"))))
                .hasMessageContaining("without impersonating a user");
    }
}
