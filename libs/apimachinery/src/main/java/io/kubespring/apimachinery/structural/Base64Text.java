package io.kubespring.apimachinery.structural;

/** Standard base64 with padding, line breaks allowed, as Go's decoder takes it. */
final class Base64Text {

    private Base64Text() {}

    static void check(String text) {
        int seen = 0;
        int padding = 0;
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each == '\n' || each == '\r') {
                continue;
            }
            if (each == '=') {
                padding++;
                if (seen % 4 < 2 || padding > 2) {
                    throw illegal(i);
                }
            } else if (padding > 0 || !inAlphabet(each)) {
                throw illegal(i);
            }
            if (each != '=') {
                seen++;
            }
        }
        if ((seen + padding) % 4 != 0) {
            throw illegal(text.length() - text.length() % 4);
        }
    }

    private static boolean inAlphabet(char each) {
        return each >= 'A' && each <= 'Z'
                || each >= 'a' && each <= 'z'
                || each >= '0' && each <= '9'
                || each == '+'
                || each == '/';
    }

    private static WrongTypeException illegal(int offset) {
        return new WrongTypeException("illegal base64 data at input byte " + offset);
    }
}
