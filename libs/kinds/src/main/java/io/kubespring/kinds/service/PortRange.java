package io.kubespring.kinds.service;

/**
 * The ports that Services may take on nodes, both ends included.
 *
 * <p>As upstream (KEP-3668), the lower band is left to ports that users choose: automatic allocation takes from it only
 * when the rest is used up. It holds a thirty-second of the range, at least 16 and at most 128 ports, and nothing where
 * the range is smaller than that.
 */
public record PortRange(int first, int last) {

    public static final PortRange NODE_PORTS = new PortRange(30000, 32767);

    private static final int BAND_MIN = 16;
    private static final int BAND_MAX = 128;
    private static final int BAND_STEP = 32;

    public PortRange {
        if (first < 1 || last > 65535 || first > last) {
            throw new IllegalArgumentException("not a port range: " + first + "-" + last);
        }
    }

    /** Reads "30000-32767". */
    public static PortRange parse(String text) {
        String[] ends = text.split("-", 2);
        if (ends.length != 2) {
            throw new IllegalArgumentException("not a port range: " + text);
        }
        return new PortRange(Integer.parseInt(ends[0].strip()), Integer.parseInt(ends[1].strip()));
    }

    public int size() {
        return last - first + 1;
    }

    public boolean contains(int port) {
        return port >= first && port <= last;
    }

    /** How many ports, counted from the first, automatic allocation leaves alone as long as it can. */
    public int staticBand() {
        int size = size();
        return size <= BAND_MIN ? 0 : Math.clamp(size / BAND_STEP, BAND_MIN, BAND_MAX);
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
