package io.kubespring.apiserver.openapi;

import java.util.ArrayList;
import java.util.List;

/** Which parameters requests take, with what these mean. */
final class Parameters {

    private static final String CORE = "io.k8s.api.core.v1.";

    private final Descriptions descriptions;

    Parameters(Descriptions descriptions) {
        this.descriptions = descriptions;
    }

    List<Parameter> of(Action action) {
        return QueryParameter.of(action).stream()
                .map(each -> each.describedBy(descriptions))
                .toList();
    }

    Parameter pretty() {
        return Parameter.query(
                "pretty", "string", "Whether JSON is indented; without it browsers, curl and wget get it indented.");
    }

    /** @param kind what the name names */
    List<Parameter> ofPath(String path, String kind) {
        List<Parameter> found = new ArrayList<>();
        if (path.contains("{name}")) {
            found.add(Parameter.path("name", "name of the " + kind));
        }
        if (path.contains("{namespace}")) {
            found.add(Parameter.path("namespace", "The namespace that the object is in."));
        }
        if (path.contains("{path}")) {
            found.add(Parameter.path("path", "path to the resource"));
        }
        return found;
    }

    /** @param options kind of the options ("PodExecOptions") */
    List<Parameter> ofConnection(String options) {
        return switch (options) {
            case "PodAttachOptions" -> {
                // Its fields mean what those of an exec mean; the library describes only these.
                yield streams("PodExecOptions");
            }
            case "PodExecOptions" -> {
                List<Parameter> all = new ArrayList<>(streams(options));
                all.add(option(options, "command", "string"));
                yield all;
            }
            case "PodPortForwardOptions" -> List.of(option(options, "ports", "integer"));
            case "PodLogOptions" ->
                List.of(
                        option(options, "container", "string"),
                        option(options, "follow", "boolean"),
                        option(options, "insecureSkipTLSVerifyBackend", "boolean"),
                        option(options, "limitBytes", "integer"),
                        option(options, "previous", "boolean"),
                        option(options, "sinceSeconds", "integer"),
                        option(options, "stream", "string"),
                        option(options, "tailLines", "integer"),
                        option(options, "timestamps", "boolean"));
            case "NodeProxyOptions", "PodProxyOptions", "ServiceProxyOptions" ->
                List.of(option(options, "path", "string"));
            default -> List.of();
        };
    }

    private List<Parameter> streams(String options) {
        return List.of(
                option(options, "container", "string"),
                option(options, "stderr", "boolean"),
                option(options, "stdin", "boolean"),
                option(options, "stdout", "boolean"),
                option(options, "tty", "boolean"));
    }

    private Parameter option(String options, String name, String type) {
        return Parameter.query(
                name, type, descriptions.of(CORE + options).field(name).description());
    }
}
