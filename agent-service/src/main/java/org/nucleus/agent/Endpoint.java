package org.nucleus.agent;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/** Where the agent is reached, by the operator's word or by what the machine and the server say. */
final class Endpoint implements ApplicationListener<WebServerInitializedEvent> {
    private static final String ANY = "0.0.0.0";

    private final AgentProperties properties;
    private volatile int listening;

    Endpoint(AgentProperties properties) {
        this.properties = properties;
        this.listening = properties.port();
    }

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        if (event.getApplicationContext().getServerNamespace() == null) {
            listening = event.getWebServer().getPort();
        }
    }

    int port() {
        Integer advertised = properties.advertisePort();
        return advertised == null ? listening : advertised;
    }

    String ip() {
        if (properties.advertiseIp() != null) {
            return properties.advertiseIp();
        }
        String given = properties.ip();
        return given == null || given.equals(ANY) ? local().getHostAddress() : given;
    }

    String hostname() {
        return properties.hostname() == null ? local().getCanonicalHostName() : properties.hostname();
    }

    @Override
    public String toString() {
        return ip() + ":" + port();
    }

    private static InetAddress local() {
        try {
            return InetAddress.getLocalHost();
        } catch (UnknownHostException e) {
            // The machine's own name does not resolve: tasks and readers on it still reach it here.
            return InetAddress.getLoopbackAddress();
        }
    }
}
