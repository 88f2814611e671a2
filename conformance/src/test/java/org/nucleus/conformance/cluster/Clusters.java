package org.nucleus.conformance.cluster;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.nucleus.conformance.wire.Peer;

/**
 * Gives tests their cluster. A {@link Master} is the shared one, or the one that {@code -Dconformance.master=host:port}
 * names, spoken to as {@code -Dconformance.credentials=principal:secret}; a {@link Launcher} starts processes, so that
 * tests which ask for one are skipped when a master is named.
 */
public final class Clusters implements ParameterResolver, ExecutionCondition {
    private static final String MASTER = "conformance.master";
    private static final String CREDENTIALS = "conformance.credentials";
    private static final ExtensionContext.Namespace OWN = ExtensionContext.Namespace.create(Clusters.class);
    private static final System.Logger LOG = System.getLogger(Clusters.class.getName());

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (named().isPresent() && isMarked(context)) {
            String reason = context.getDisplayName() + " is skipped: it starts and ends processes of its own, and -D"
                    + MASTER + " names a master that runs.";
            LOG.log(System.Logger.Level.INFO, reason);
            return ConditionEvaluationResult.disabled(reason);
        }
        return ConditionEvaluationResult.enabled("Can be tested here");
    }

    private static boolean isMarked(ExtensionContext context) {
        return context.getElement()
                .filter(element -> element.isAnnotationPresent(OwnCluster.class))
                .isPresent();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Master.class || type == Launcher.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (parameter.getParameter().getType() == Launcher.class) {
            return suite(context).launcher();
        }
        return new Master(named().orElseGet(() -> suite(context).sharedMaster()));
    }

    private static Suite suite(ExtensionContext context) {
        return context.getRoot().getStore(OWN).computeIfAbsent(Suite.class, _ -> new Suite(), Suite.class);
    }

    private static Optional<Peer> named() {
        return Optional.ofNullable(System.getProperty(MASTER))
                .map(Peer::at)
                .map(peer -> new Peer(peer.address(), Optional.ofNullable(System.getProperty(CREDENTIALS))));
    }
}
