package dev.docent.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.budget.BudgetSettings.TrustProxy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReaderKeysTest {
    private static final String PROXY = "10.0.0.7";

    @Test
    void behindATrustedProxyTheLastEntryIsTheReader() {
        ReaderKeys keys = keys(TrustProxy.AUTO, true);
        Optional<String> reader = keys.of(PROXY, List.of("203.0.113.9"));
        assertThat(reader).isPresent();
        assertThat(keys.of(PROXY, List.of("1.2.3.4, 203.0.113.9"))).isEqualTo(reader);
        assertThat(keys.of(PROXY, List.of("203.0.113.9", "198.51.100.1"))).isNotEqualTo(reader);
        assertThat(keys.of(PROXY, List.of("203.0.113.9:4711"))).isEqualTo(reader);
        assertThat(keys.of(PROXY, List.of())).isEmpty();
    }

    @Test
    void elsewhereTheHeaderIsNotBelieved() {
        ReaderKeys keys = keys(TrustProxy.AUTO, false);
        Optional<String> reader = keys.of("203.0.113.9", List.of("198.51.100.1"));
        assertThat(reader).isPresent();
        assertThat(keys.of("203.0.113.9", List.of("198.51.100.2"))).isEqualTo(reader);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "172.17.0.1",
                "192.168.1.1",
                "::1",
                "fd00::1",
                "fe80::1%eth0"
            })
    void aPrivateAddressMayBeAProxy(String peer) {
        assertThat(keys(TrustProxy.AUTO, false).of(peer, List.of())).isEmpty();
        assertThat(keys(TrustProxy.NO, false).of(peer, List.of())).isPresent();
    }

    @Test
    void aNetworkOfIpv6IsOneReader() {
        ReaderKeys keys = keys(TrustProxy.YES, false);
        Optional<String> reader = keys.of(PROXY, List.of("2001:db8:1:2:3::4"));
        assertThat(keys.of(PROXY, List.of("[2001:db8:1:2:ffff::1]:443"))).isEqualTo(reader);
        assertThat(keys.of(PROXY, List.of("2001:db8:1:3::4"))).isNotEqualTo(reader);
    }

    @Test
    void whatIsNoAddressIsOneReader() {
        ReaderKeys keys = keys(TrustProxy.YES, false);
        Optional<String> reader = keys.of(PROXY, List.of("unknown"));
        assertThat(reader).isPresent();
        assertThat(keys.of(PROXY, List.of("_hidden"))).isEqualTo(reader);
        assertThat(keys.of(PROXY, List.of("localhost"))).isEqualTo(reader);
    }

    @Test
    void nobodyIsKnownAgainOnTheNextDay() {
        ReaderKeys keys = keys(TrustProxy.YES, false);
        Optional<String> reader = keys.of(PROXY, List.of("203.0.113.9"));
        assertThat(reader.orElseThrow()).hasSize(32).doesNotContain("203");
        keys.forget();
        assertThat(keys.of(PROXY, List.of("203.0.113.9"))).isNotEqualTo(reader);
    }

    private static ReaderKeys keys(TrustProxy trust, boolean space) {
        return new ReaderKeys(new BudgetSettings(trust, space, 0, 0, 0, 0, 0, 0, 0, 0));
    }
}
