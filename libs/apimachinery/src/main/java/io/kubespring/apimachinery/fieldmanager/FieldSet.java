package io.kubespring.apimachinery.fieldmanager;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable set of field paths, kept as a tree of sorted steps. Every step carries marks (bits): in a plain set one
 * bit says "the path that ends here is a member"; a comparison uses several (added, modified, removed) and
 * {@link #select} turns some of them into a plain set.
 */
public final class FieldSet {

    static final byte MEMBER = 1;
    public static final FieldSet EMPTY = new FieldSet(new PathElement[0], new byte[0], new FieldSet[0]);

    private final PathElement[] steps;
    private final byte[] marks;
    private final @Nullable FieldSet[] children;
    private int hash;

    /** Takes the arrays over; {@code steps} sorted and without duplicates, no child empty, nothing unmarked and childless. */
    FieldSet(PathElement[] steps, byte[] marks, @Nullable FieldSet[] children) {
        this.steps = steps;
        this.marks = marks;
        this.children = children;
    }

    public static FieldSet of(Collection<FieldPath> paths) {
        FieldSet set = EMPTY;
        for (FieldPath path : paths) {
            set = set.union(single(path.elements()));
        }
        return set;
    }

    private static FieldSet single(List<PathElement> path) {
        if (path.isEmpty()) {
            return EMPTY;
        }
        boolean last = path.size() == 1;
        return new FieldSet(new PathElement[] {path.getFirst()}, new byte[] {last ? MEMBER : 0}, new FieldSet[] {
            last ? null : single(path.subList(1, path.size()))
        });
    }

    public boolean isEmpty() {
        return steps.length == 0;
    }

    int size() {
        return steps.length;
    }

    PathElement step(int i) {
        return steps[i];
    }

    byte marks(int i) {
        return marks[i];
    }

    @Nullable
    FieldSet child(int i) {
        return children[i];
    }

    private int find(PathElement step) {
        int low = 0;
        int high = steps.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = steps[middle].compareTo(step);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /** Whether the one-step path is a member. */
    boolean has(PathElement step) {
        int at = find(step);
        return at >= 0 && marks[at] != 0;
    }

    /** What is below a step, without the step itself; empty if nothing is. */
    FieldSet below(PathElement step) {
        int at = find(step);
        FieldSet child = at < 0 ? null : children[at];
        return child == null ? EMPTY : child;
    }

    public boolean contains(FieldPath path) {
        FieldSet at = this;
        List<PathElement> elements = path.elements();
        for (int i = 0; i < elements.size() - 1; i++) {
            at = at.below(elements.get(i));
        }
        return !elements.isEmpty() && at.has(elements.getLast());
    }

    /** Members of either; marks of both. */
    public FieldSet union(FieldSet other) {
        if (isEmpty() || this == other) {
            return other;
        }
        if (other.isEmpty()) {
            return this;
        }
        var result = new FieldSetBuilder(steps.length + other.steps.length);
        int i = 0;
        int j = 0;
        while (i < steps.length || j < other.steps.length) {
            int order = i == steps.length ? 1 : j == other.steps.length ? -1 : steps[i].compareTo(other.steps[j]);
            if (order < 0) {
                result.append(steps[i], marks[i], children[i++]);
            } else if (order > 0) {
                result.append(other.steps[j], other.marks[j], other.children[j++]);
            } else {
                result.append(
                        steps[i], (byte) (marks[i] | other.marks[j]), unionOf(children[i++], other.children[j++]));
            }
        }
        return result.build();
    }

    private static @Nullable FieldSet unionOf(@Nullable FieldSet left, @Nullable FieldSet right) {
        return left == null ? right : right == null ? left : left.union(right);
    }

    /** Members of this that are no members (of any mark) of {@code other}; what is below a member is judged by itself. */
    public FieldSet difference(FieldSet other) {
        return minus(other, false);
    }

    /** The same, but a member of {@code other} takes everything below it along. */
    public FieldSet recursiveDifference(FieldSet other) {
        return minus(other, true);
    }

    private FieldSet minus(FieldSet other, boolean recursive) {
        if (isEmpty() || other.isEmpty()) {
            return this;
        }
        var result = new FieldSetBuilder(steps.length);
        boolean changed = false;
        for (int i = 0; i < steps.length; i++) {
            int at = other.find(steps[i]);
            FieldSet child = children[i];
            if (at < 0) {
                result.append(steps[i], marks[i], child);
                continue;
            }
            boolean gone = other.marks[at] != 0;
            FieldSet otherChild = other.children[at];
            FieldSet left = gone && recursive
                    ? null
                    : child == null || otherChild == null ? child : child.minus(otherChild, recursive);
            byte mark = gone ? 0 : marks[i];
            changed |= mark != marks[i] || left != child;
            result.append(steps[i], mark, left);
        }
        return changed ? result.build() : this;
    }

    /** Members of both. */
    public FieldSet intersection(FieldSet other) {
        var result = new FieldSetBuilder(Math.min(steps.length, other.steps.length));
        for (int i = 0; i < steps.length; i++) {
            int at = other.find(steps[i]);
            if (at >= 0) {
                FieldSet child = children[i];
                FieldSet otherChild = other.children[at];
                result.append(
                        steps[i],
                        other.marks[at] == 0 ? 0 : marks[i],
                        child == null || otherChild == null ? null : child.intersection(otherChild));
            }
        }
        return result.build();
    }

    /** A plain set of the paths that carry any of these marks. */
    FieldSet select(int wanted) {
        var result = new FieldSetBuilder(steps.length);
        for (int i = 0; i < steps.length; i++) {
            FieldSet child = children[i];
            result.append(steps[i], (marks[i] & wanted) == 0 ? 0 : MEMBER, child == null ? null : child.select(wanted));
        }
        return result.build();
    }

    /** Every member, those of a level before those below it, as upstream lists conflicts. */
    public void forEach(Consumer<FieldPath> visitor) {
        forEach(new FieldPath(List.of()), visitor);
    }

    private void forEach(FieldPath prefix, Consumer<FieldPath> visitor) {
        for (int i = 0; i < steps.length; i++) {
            if (marks[i] != 0) {
                visitor.accept(prefix.then(steps[i]));
            }
        }
        for (int i = 0; i < steps.length; i++) {
            FieldSet child = children[i];
            if (child != null) {
                child.forEach(prefix.then(steps[i]), visitor);
            }
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this
                || other instanceof FieldSet set
                        && hashCode() == set.hashCode()
                        && Arrays.equals(steps, set.steps)
                        && Arrays.equals(marks, set.marks)
                        && Arrays.equals(children, set.children);
    }

    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            known = (Arrays.hashCode(steps) * 31 + Arrays.hashCode(marks)) * 31 + Arrays.hashCode(children);
            known *= 0x9E3779B9;
            hash = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return FieldsV1.encode(this).toString();
    }
}
