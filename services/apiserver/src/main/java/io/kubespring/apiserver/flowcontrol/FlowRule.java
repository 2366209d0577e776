package io.kubespring.apiserver.flowcontrol;

import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.request.RequestInfo;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** One rule of a FlowSchema: any of its subjects, doing any of what it lists. */
record FlowRule(List<FlowSubject> subjects, List<Resources> resources, List<PathRule> paths) {

    static FlowRule read(JsonNode rule) {
        List<FlowSubject> subjects = new ArrayList<>();
        rule.path("subjects").forEach(each -> subjects.add(FlowSubject.read(each)));
        List<Resources> resources = new ArrayList<>();
        rule.path("resourceRules").forEach(each -> resources.add(Resources.read(each)));
        List<PathRule> paths = new ArrayList<>();
        rule.path("nonResourceRules").forEach(each -> paths.add(PathRule.read(each)));
        return new FlowRule(List.copyOf(subjects), List.copyOf(resources), List.copyOf(paths));
    }

    boolean matches(RequestInfo info, UserInfo user) {
        return info.resourceRequest()
                ? !resources.isEmpty() && anySubject(user) && anyResource(info)
                : !paths.isEmpty() && anySubject(user) && anyPath(info);
    }

    private boolean anySubject(UserInfo user) {
        for (FlowSubject subject : subjects) {
            if (subject.matches(user)) {
                return true;
            }
        }
        return false;
    }

    private boolean anyResource(RequestInfo info) {
        for (Resources each : resources) {
            if (each.matches(info)) {
                return true;
            }
        }
        return false;
    }

    private boolean anyPath(RequestInfo info) {
        for (PathRule each : paths) {
            if (each.matches(info)) {
                return true;
            }
        }
        return false;
    }

    /** Texts of which one, or "*", must match. */
    record Choice(boolean any, List<String> texts) {
        static Choice read(JsonNode list) {
            List<String> texts = new ArrayList<>();
            list.forEach(each -> texts.add(each.asString("")));
            return new Choice(texts.size() == 1 && texts.getFirst().equals("*"), List.copyOf(texts));
        }

        boolean has(String text) {
            return any || texts.contains(text);
        }
    }

    /** Requests for objects. */
    record Resources(Choice verbs, Choice groups, Choice resources, Choice namespaces, boolean clusterScope) {
        static Resources read(JsonNode rule) {
            return new Resources(
                    Choice.read(rule.path("verbs")),
                    Choice.read(rule.path("apiGroups")),
                    Choice.read(rule.path("resources")),
                    Choice.read(rule.path("namespaces")),
                    rule.path("clusterScope").asBoolean(false));
        }

        boolean matches(RequestInfo info) {
            return verbs.has(info.verb())
                    && groups.has(info.apiGroup())
                    && (resources.any() || resources.texts().contains(resource(info)))
                    && (info.namespace().isEmpty() ? clusterScope : namespaces.has(info.namespace()));
        }

        private static String resource(RequestInfo info) {
            return info.subresource().isEmpty() ? info.resource() : info.resource() + "/" + info.subresource();
        }
    }

    /** Requests for paths. A rule for "/healthz" also covers what is below it. */
    record PathRule(Choice verbs, List<String> paths) {
        static PathRule read(JsonNode rule) {
            return new PathRule(
                    Choice.read(rule.path("verbs")),
                    Choice.read(rule.path("nonResourceURLs")).texts());
        }

        boolean matches(RequestInfo info) {
            if (!verbs.has(info.verb())) {
                return false;
            }
            for (String path : paths) {
                if (path.equals("*") || path.equals(info.path()) || isBelow(info.path(), path)) {
                    return true;
                }
            }
            return false;
        }

        private static boolean isBelow(String path, String rule) {
            int length = rule.endsWith("*") ? rule.length() - 1 : rule.length();
            if (length > 0 && rule.charAt(length - 1) == '/') {
                return path.regionMatches(0, rule, 0, length);
            }
            return path.length() > length && path.charAt(length) == '/' && path.regionMatches(0, rule, 0, length);
        }
    }
}
