package org.nucleus.wire.codec;

import java.util.concurrent.ConcurrentHashMap;

/** All shapes of one schema, made when first asked for. Thread-safe. */
final class Shapes {
    static final Shapes V1 =
            new Shapes(WireSchema.load("v1.schema", "agentlink.schema", "operator.schema", "agent.schema"));

    private final WireSchema schema;
    private final ConcurrentHashMap<Class<?>, Shape> shapes = new ConcurrentHashMap<>();

    Shapes(WireSchema schema) {
        this.schema = schema;
    }

    Shape of(Class<?> type) {
        Shape known = shapes.get(type);
        return known != null ? known : shapes.computeIfAbsent(type, t -> new Shape(t, schema));
    }
}
