package io.kubespring.apimachinery.cbor;

import java.io.ByteArrayOutputStream;

/** Floating-point numbers in the smallest width that keeps their value. */
final class CborFloats {

    private static final int HALF = 0xf9;
    private static final int SINGLE = 0xfa;
    private static final int DOUBLE = 0xfb;

    private CborFloats() {}

    static void write(ByteArrayOutputStream out, double value) {
        float single = (float) value;
        if (single == value) {
            short half = Float.floatToFloat16(single);
            if (Float.float16ToFloat(half) == single) {
                out.write(HALF);
                CborEncoder.bytes(out, half & 0xffff, 2);
            } else {
                out.write(SINGLE);
                CborEncoder.bytes(out, Float.floatToIntBits(single), 4);
            }
        } else {
            out.write(DOUBLE);
            CborEncoder.bytes(out, Double.doubleToLongBits(value), 8);
        }
    }
}
