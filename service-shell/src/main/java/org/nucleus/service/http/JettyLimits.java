package org.nucleus.service.http;

import java.util.EnumSet;
import org.eclipse.jetty.ee11.servlet.ServletHandler;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.boot.jetty.JettyServerCustomizer;

/** Lets Jetty pass on the paths that existing clients write, and take a burst of thousands of new connections. */
final class JettyLimits implements JettyServerCustomizer {
    private static final int ACCEPT_QUEUE = 2_048;
    private static final UriCompliance PATHS = UriCompliance.from(EnumSet.of(
            UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
            UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING));

    @Override
    public void customize(Server server) {
        for (Connector connector : server.getConnectors()) {
            for (var factory : connector.getConnectionFactories()) {
                if (factory instanceof HttpConnectionFactory http) {
                    relax(http.getHttpConfiguration());
                }
            }
            if (connector instanceof ServerConnector socket) {
                socket.setAcceptQueueSize(ACCEPT_QUEUE);
            }
        }
        server.getDescendants(ServletHandler.class).forEach(handler -> handler.setDecodeAmbiguousURIs(true));
    }

    private static void relax(HttpConfiguration http) {
        http.setUriCompliance(PATHS);
        http.setSendServerVersion(false);
    }
}
