package org.nucleus.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZooKeeperUrlTest {
    @Test
    void readsServersCredentialsAndPath() {
        ZooKeeperUrl url = ZooKeeperUrl.parse("zk://me:pass@h1:2181,h2:2182/nucleus/");
        assertThat(url.servers()).containsExactly("h1:2181", "h2:2182");
        assertThat(url.userinfo()).contains("me:pass");
        assertThat(url.path()).isEqualTo("/nucleus");
        assertThat(url.toString()).doesNotContain("pass");
    }

    @ParameterizedTest
    @ValueSource(strings = {"h1:2181/nucleus", "zk://h1/nucleus", "zk:///nucleus", "zk://h1:2181,/nucleus"})
    void refusesWhatIsNoSuchAddress(String text) {
        assertThatThrownBy(() -> ZooKeeperUrl.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void neverShowsAPasswordInItsErrors() {
        assertThatThrownBy(() -> ZooKeeperUrl.parse("http://me:secret@h1:2181/x"))
                .hasMessageNotContaining("secret");
    }
}
