package io.kubespring.testing.fuzz;

import io.kubespring.api.time.RandomSource;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Makes inputs that almost fit: takes one of a corpus and cuts, repeats, overwrites, or joins it with another. The same seed
 * gives the same inputs. Works on bytes; a text is read from them as ISO 8859-1, so that every byte is a character.
 */
public final class Mangler {

    private static final int MOST_CHANGES = 4;
    private static final int LONGEST_PIECE = 16;
    private static final int LONGEST_RUN = 300;

    private final List<byte[]> corpus;
    private final byte[] pieces;
    private final RandomSource random;

    /** @param pieces characters that mean something to the parser */
    public Mangler(List<byte[]> corpus, String pieces, long seed) {
        this.corpus = List.copyOf(corpus);
        this.pieces = pieces.getBytes(StandardCharsets.ISO_8859_1);
        this.random = RandomSource.seeded(seed);
    }

    public static Mangler ofTexts(List<String> corpus, String pieces, long seed) {
        return new Mangler(
                corpus.stream()
                        .map(each -> each.getBytes(StandardCharsets.ISO_8859_1))
                        .toList(),
                pieces,
                seed);
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    public <T> T oneOf(List<T> values) {
        return values.get(below(values.size()));
    }

    public String text() {
        return new String(bytes(), StandardCharsets.ISO_8859_1);
    }

    public byte[] bytes() {
        byte[] input = oneOf(corpus).clone();
        for (int changes = below(MOST_CHANGES + 1); changes > 0; changes--) {
            input = changed(input);
        }
        return input;
    }

    private byte[] changed(byte[] input) {
        int from = below(input.length + 1);
        int to = Math.min(input.length, from + below(LONGEST_PIECE));
        return switch (below(6)) {
            case 0 -> spliced(input, from, to, new byte[0]);
            case 1 -> spliced(input, from, from, new byte[] {piece()});
            case 2 -> spliced(input, from, from, Arrays.copyOfRange(input, from, to));
            case 3 -> spliced(input, from, input.length, tail(oneOf(corpus)));
            case 4 -> {
                byte[] run = new byte[below(LONGEST_RUN)];
                Arrays.fill(run, piece());
                yield spliced(input, from, to, run);
            }
            default -> spliced(input, from, Math.min(input.length, from + 1), new byte[] {piece()});
        };
    }

    private byte[] tail(byte[] other) {
        return Arrays.copyOfRange(other, below(other.length + 1), other.length);
    }

    /** Mostly something that the parser knows, sometimes anything. */
    private byte piece() {
        return below(8) == 0 ? (byte) below(256) : pieces[below(pieces.length)];
    }

    private static byte[] spliced(byte[] input, int from, int to, byte[] middle) {
        byte[] result = new byte[from + middle.length + input.length - to];
        System.arraycopy(input, 0, result, 0, from);
        System.arraycopy(middle, 0, result, from, middle.length);
        System.arraycopy(input, to, result, from + middle.length, input.length - to);
        return result;
    }
}
