package io.kubespring.apimachinery.decode;

/**
 * Texts without half characters. Escapes can name one half of a surrogate pair, which no encoding can carry: as upstream's
 * decoders do, U+FFFD is taken for it.
 */
final class WellFormed {

    private WellFormed() {}

    static String text(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return replaced(text);
            }
        }
        return text;
    }

    private static String replaced(String text) {
        var whole = new StringBuilder(text.length());
        text.codePoints().forEach(point -> whole.appendCodePoint(isHalf(point) ? 0xFFFD : point));
        return whole.toString();
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
