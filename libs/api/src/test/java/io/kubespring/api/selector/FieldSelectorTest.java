package io.kubespring.api.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.api.selector.FieldSelector.Requirement;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FieldSelectorTest {

    @Test
    void readsRequirements() {
        assertThat(FieldSelector.parse("metadata.name=a,status.phase!=Running,spec.nodeName==n")
                        .requirements())
                .containsExactly(
                        new Requirement("metadata.name", true, "a"),
                        new Requirement("status.phase", false, "Running"),
                        new Requirement("spec.nodeName", true, "n"));
        assertThat(FieldSelector.parse("").isEverything()).isTrue();
        assertThat(FieldSelector.parse("spec.nodeName=").requirements())
                .containsExactly(new Requirement("spec.nodeName", true, ""));
    }

    @Test
    void matchesFields() {
        FieldSelector selector = FieldSelector.parse("metadata.name=a,status.phase!=Running");
        assertThat(selector.matches(Map.of("metadata.name", "a", "status.phase", "Pending")))
                .isTrue();
        assertThat(selector.matches(Map.of("metadata.name", "a", "status.phase", "Running")))
                .isFalse();
        assertThat(selector.matches(Map.of("status.phase", "Pending"))).isFalse();
        assertThat(FieldSelector.parse("spec.nodeName=").matches(Map.of())).isTrue();
    }

    @Test
    void escapesSpecialCharacters() {
        FieldSelector selector = FieldSelector.parse("a=x\\,y\\=z\\\\,b=c");
        assertThat(selector.requirements())
                .containsExactly(new Requirement("a", true, "x,y=z\\"), new Requirement("b", true, "c"));
        assertThat(FieldSelector.parse(selector.toString()).requirements()).isEqualTo(selector.requirements());
    }

    @Test
    void refusesWhatItCannotRead() {
        assertThatThrownBy(() -> FieldSelector.parse("a=b,oops"))
                .hasMessage("invalid selector: 'a=b,oops'; can't understand 'oops'");
        assertThatThrownBy(() -> FieldSelector.parse("a=b\\c"))
                .hasMessage("invalid field selector: invalid escape sequence: \\c");
        assertThatThrownBy(() -> FieldSelector.parse("a=b=c")).isInstanceOf(IllegalArgumentException.class);
    }
}
