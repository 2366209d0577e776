package io.kubespring.apiserver.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.authentication.UserInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForbiddenMessageTest {

    private static final UserInfo X = UserInfo.of("x");

    @Test
    void namesWhatTheUserCannotDo() {
        assertThat(ForbiddenMessage.of(Attributes.resource(X, "list", "", "pods", "", "default", ""), ""))
                .hasMessage("pods is forbidden: User \"x\" cannot list resource \"pods\" in API group \"\""
                        + " in the namespace \"default\"");
        assertThat(ForbiddenMessage.of(Attributes.resource(X, "get", "apps", "deployments", "scale", "a", "web"), ""))
                .hasMessage("deployments.apps \"web\" is forbidden: User \"x\" cannot get resource"
                        + " \"deployments/scale\" in API group \"apps\" in the namespace \"a\"");
        assertThat(ForbiddenMessage.of(Attributes.resource(X, "list", "", "nodes", "", "", ""), "no relationship"))
                .hasMessage("nodes is forbidden: User \"x\" cannot list resource \"nodes\" in API group \"\""
                        + " at the cluster scope: no relationship");
        assertThat(ForbiddenMessage.of(Attributes.path(X, "get", "/metrics"), ""))
                .hasMessage("forbidden: User \"x\" cannot get path \"/metrics\"");
    }

    @Test
    void detailsNameTheResource() {
        var details = ForbiddenMessage.of(Attributes.resource(X, "get", "apps", "deployments", "", "a", "web"), "")
                .details();

        assertThat(details.name()).isEqualTo("web");
        assertThat(details.group()).isEqualTo("apps");
        assertThat(details.kind()).isEqualTo("deployments");
    }

    @Test
    void unionTakesTheFirstOpinionAndKeepsReasons() {
        Authorizer shrugs = attributes -> Decision.noOpinion("no relationship");
        Authorizer denies = attributes -> Decision.deny("never");
        var allows = new AlwaysAllowAuthorizer();
        var asked = Attributes.path(X, "get", "/");

        assertThat(new AuthorizerUnion(List.of(shrugs, allows, denies))
                        .authorize(asked)
                        .allowed())
                .isTrue();
        assertThat(new AuthorizerUnion(List.of(shrugs, denies, allows)).authorize(asked))
                .isEqualTo(Decision.deny("never"));
        assertThat(new AuthorizerUnion(List.of(shrugs)).authorize(asked).reason())
                .isEqualTo("no relationship");
    }

    @Test
    void mastersMayDoEverything() {
        var authorizer = new PrivilegedGroupAuthorizer();

        assertThat(authorizer
                        .authorize(Attributes.path(UserInfo.apiServer(), "get", "/"))
                        .allowed())
                .isTrue();
        assertThat(authorizer.authorize(Attributes.path(X, "get", "/"))).isEqualTo(Decision.NO_OPINION);
    }
}
