package io.kubespring.kinds.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpFamilyTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1",
        "fd00:0:0:0:0:0:0:1, fd00::1",
        "::, ::",
        "2001:DB8:0:0:1:0:0:0, 2001:db8:0:0:1::",
        "::1, ::1",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "1:0:3:4:5:6:7:8, 1:0:3:4:5:6:7:8",
    })
    void addressesHaveOneForm(String given, String canonical) throws Exception {
        assertThat(IpFamily.text(InetAddress.getByAddress(IpFamily.parse(given))))
                .isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10.0.0", "10.0.0.256", "010.0.0.1", "localhost", "example.com", "1:2", "fe80::1%eth0", "::g"
            })
    void whatIsNoLiteralAddressIsRefusedWithoutAskingAResolver(String text) {
        assertThat(IpFamily.isAddress(text)).isFalse();
    }
}
