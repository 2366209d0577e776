package io.kubespring.api.selector;

import io.kubespring.api.selector.LabelRequirement.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Reads the text form of a label selector: requirements joined by commas, each {@code key}, {@code !key}, {@code key op
 * value} or {@code key in|notin (a,b)}.
 */
final class LabelSelectorParser {

    private static final String OPERATORS = "in, notin, =, ==, !=, gt, lt";

    private final List<String> tokens;
    private int at;

    LabelSelectorParser(String text) {
        tokens = tokens(text);
    }

    List<LabelRequirement> parse() {
        List<LabelRequirement> requirements = new ArrayList<>();
        if (peek().isEmpty()) {
            return requirements;
        }
        if (!startsRequirement(peek())) {
            throw expected(peek(), "!, identifier, or 'end of string'");
        }
        while (true) {
            try {
                requirements.add(requirement());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("unable to parse requirement: " + e.getMessage(), e);
            }
            String next = take();
            if (next.isEmpty()) {
                return requirements;
            }
            if (!next.equals(",")) {
                throw expected(next, "',' or 'end of string'");
            }
            if (!startsRequirement(peek())) {
                throw expected(peek(), "identifier after ','");
            }
        }
    }

    private LabelRequirement requirement() {
        if (peek().equals("!")) {
            take();
            return LabelRequirement.checked(identifier(), Operator.DOES_NOT_EXIST, List.of());
        }
        String key = identifier();
        if (peek().isEmpty() || peek().equals(",")) {
            return LabelRequirement.checked(key, Operator.EXISTS, List.of());
        }
        Operator operator = operator();
        return switch (operator) {
            case IN, NOT_IN -> LabelRequirement.checked(key, operator, values());
            case EQUALS, DOUBLE_EQUALS, NOT_EQUALS, GREATER_THAN, LESS_THAN, EXISTS, DOES_NOT_EXIST ->
                LabelRequirement.checked(key, operator, List.of(exactValue()));
        };
    }

    private String identifier() {
        String token = take();
        if (!isIdentifier(token)) {
            throw expected(token, "identifier");
        }
        return token;
    }

    private Operator operator() {
        String token = take();
        return switch (token) {
            case "in" -> Operator.IN;
            case "notin" -> Operator.NOT_IN;
            case "=" -> Operator.EQUALS;
            case "==" -> Operator.DOUBLE_EQUALS;
            case "!=" -> Operator.NOT_EQUALS;
            case ">" -> Operator.GREATER_THAN;
            case "<" -> Operator.LESS_THAN;
            default -> throw expected(token, OPERATORS);
        };
    }

    /** A value may be missing: "app=" asks for the empty value. */
    private String exactValue() {
        return peek().isEmpty() || peek().equals(",") ? "" : identifier();
    }

    private List<String> values() {
        String open = take();
        if (!open.equals("(")) {
            throw expected(open, "'('");
        }
        TreeSet<String> values = new TreeSet<>();
        while (true) {
            if (peek().equals(",") || peek().equals(")")) {
                values.add("");
            } else {
                values.add(identifier());
            }
            String next = take();
            if (next.equals(")")) {
                return List.copyOf(values);
            }
            if (!next.equals(",")) {
                throw expected(next, "',' or ')'");
            }
        }
    }

    private String peek() {
        return at < tokens.size() ? tokens.get(at) : "";
    }

    private String take() {
        String token = peek();
        at++;
        return token;
    }

    private static boolean startsRequirement(String token) {
        return isIdentifier(token) || token.equals("!");
    }

    private static boolean isIdentifier(String token) {
        return !token.isEmpty() && !isSpecial(token.charAt(0));
    }

    private static boolean isSpecial(char c) {
        return "=!(),<>".indexOf(c) >= 0;
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int start = i++;
            if (" \t\r\n".indexOf(c) >= 0) {
                continue;
            }
            if (isSpecial(c)) {
                boolean two = i < text.length() && text.charAt(i) == '=' && (c == '=' || c == '!');
                i += two ? 1 : 0;
            } else {
                while (i < text.length() && !isSpecial(text.charAt(i)) && " \t\r\n".indexOf(text.charAt(i)) < 0) {
                    i++;
                }
            }
            tokens.add(text.substring(start, i));
        }
        return tokens;
    }

    private static IllegalArgumentException expected(String found, String expected) {
        return new IllegalArgumentException("found '" + found + "', expected: " + expected);
    }
}
