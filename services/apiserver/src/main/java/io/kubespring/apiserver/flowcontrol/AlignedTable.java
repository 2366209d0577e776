package io.kubespring.apiserver.flowcontrol;

import java.util.ArrayList;
import java.util.List;

/** Rows whose cells are separated by commas and padded to their column's width. */
final class AlignedTable {

    private final List<List<String>> rows = new ArrayList<>();

    AlignedTable(List<String> columns) {
        rows.add(columns);
    }

    /** Turns monotonic nanoseconds into wall-clock time. */
    @FunctionalInterface
    interface Clock {
        String at(long nanos);
    }

    void row(Object... cells) {
        List<String> row = new ArrayList<>(cells.length);
        for (Object cell : cells) {
            row.add(String.valueOf(cell));
        }
        rows.add(row);
    }

    @Override
    public String toString() {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length() + 1);
            }
        }
        var text = new StringBuilder();
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                String cell = row.get(i);
                text.append(cell);
                if (i + 1 < columns) {
                    text.append(',').append(" ".repeat(widths[i] - cell.length()));
                }
            }
            text.append('\n');
        }
        return text.toString();
    }
}
