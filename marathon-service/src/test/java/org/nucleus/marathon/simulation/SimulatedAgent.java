package org.nucleus.marathon.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.Attribute;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.Label;
import org.nucleus.wire.Offer;
import org.nucleus.wire.OfferId;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Value;

/** An agent's resources: what is free, what is reserved by whom, and what each task holds. Nothing is given out twice. */
final class SimulatedAgent {
    private static final int FIRST_PORT = 31_000;
    private static final int PORTS = 60;

    private final String id;
    private final String rack;
    private final Map<String, Long> free =
            new LinkedHashMap<>(Map.of("cpus", 8_000L, "mem", 8_192_000L, "disk", 9_000_000L));
    private final Set<Integer> takenPorts = new LinkedHashSet<>();
    private final Map<String, List<Resource>> reserved = new LinkedHashMap<>();
    private final Map<String, List<Resource>> held = new LinkedHashMap<>();
    private final Set<String> busy = new LinkedHashSet<>();

    SimulatedAgent(String id, String rack) {
        this.id = id;
        this.rack = rack;
    }

    String id() {
        return id;
    }

    Offer offer(OfferId offer) {
        List<Resource> resources = new ArrayList<>();
        for (String name : List.of("cpus", "mem", "disk")) {
            long amount = free.getOrDefault(name, 0L);
            if (amount > 0) {
                resources.add(scalar(name, amount / 1000.0));
            }
        }
        resources.add(ports());
        reserved.forEach((holder, some) -> {
            if (!busy.contains(holder)) {
                resources.addAll(some);
            }
        });
        return Offer.builder()
                .id(offer)
                .frameworkId(new FrameworkId("framework"))
                .agentId(new AgentId(id))
                .hostname(id)
                .attributes(List.of(new Attribute("rack", Value.Type.TEXT, null, null, null, new Value.Text(rack))))
                .resources(resources)
                .build();
    }

    private static Resource scalar(String name, double value) {
        return Resource.builder()
                .name(name)
                .type(Value.Type.SCALAR)
                .scalar(new Value.Scalar(value))
                .role("*")
                .build();
    }

    private Resource ports() {
        List<Value.Range> ranges = new ArrayList<>();
        for (int port = FIRST_PORT; port < FIRST_PORT + PORTS; port++) {
            if (!takenPorts.contains(port)) {
                ranges.add(new Value.Range(port, port));
            }
        }
        return Resource.builder()
                .name("ports")
                .type(Value.Type.RANGES)
                .ranges(new Value.Ranges(ranges))
                .role("*")
                .build();
    }

    /** Gives a task what it asks for: its own reservation whole, the rest from what is free. */
    void take(String task, List<Resource> resources) {
        for (Resource resource : resources) {
            String holder = holder(resource);
            if (holder == null) {
                move(resource, -1);
            } else {
                assertThat(reserved).as("reservation used by %s", task).containsKey(holder);
                busy.add(holder);
            }
        }
        held.put(task, resources);
    }

    void giveBack(String task) {
        List<Resource> resources = held.remove(task);
        if (resources == null) {
            return;
        }
        for (Resource resource : resources) {
            String holder = holder(resource);
            if (holder == null) {
                move(resource, 1);
            } else {
                busy.remove(holder);
            }
        }
    }

    /** The executor of a pod is gone with its last container. */
    void giveBackExecutors(String instance) {
        List<String> executors = held.keySet().stream()
                .filter(task -> task.startsWith("executor of " + instance))
                .toList();
        executors.forEach(this::giveBack);
    }

    void reserve(List<Resource> resources) {
        for (Resource resource : resources) {
            move(resource, -1);
            reserved.computeIfAbsent(String.valueOf(holder(resource)), _ -> new ArrayList<>())
                    .add(resource);
        }
    }

    void create(List<Resource> volumes) {
        for (Resource volume : volumes) {
            List<Resource> own = reserved.get(String.valueOf(holder(volume)));
            Resource plain = own.stream()
                    .filter(one -> one.name().equals("disk") && one.disk() == null)
                    .filter(one -> one.scalar().equals(volume.scalar()))
                    .findFirst()
                    .orElseThrow();
            own.set(own.indexOf(plain), volume);
        }
    }

    void destroy(List<Resource> volumes) {
        for (Resource volume : volumes) {
            List<Resource> own = reserved.get(String.valueOf(holder(volume)));
            own.set(own.indexOf(volume), volume.toBuilder().disk(null).build());
        }
    }

    void unreserve(List<Resource> resources) {
        for (Resource resource : resources) {
            String holder = String.valueOf(holder(resource));
            assertThat(busy).as("unreserved while in use").doesNotContain(holder);
            assertThat(reserved.get(holder).remove(resource))
                    .as("unreserved what is not")
                    .isTrue();
            move(resource, 1);
            reserved.computeIfPresent(holder, (_, some) -> some.isEmpty() ? null : some);
        }
    }

    Set<String> reservations() {
        return reserved.keySet();
    }

    private void move(Resource resource, int sign) {
        if (resource.scalar() != null) {
            long amount = Math.round(resource.scalar().value() * 1000);
            long left = free.merge(resource.name(), sign * amount, Long::sum);
            assertThat(left).as("%s of %s", resource.name(), id).isNotNegative();
        }
        if (resource.ranges() != null) {
            resource.ranges().range().forEach(range -> {
                for (int port = (int) range.begin(); port <= range.end(); port++) {
                    boolean changed = sign < 0 ? takenPorts.add(port) : takenPorts.remove(port);
                    assertThat(changed)
                            .as("port %s of %s given out twice", port, id)
                            .isTrue();
                }
            });
        }
    }

    private static @Nullable String holder(Resource resource) {
        return resource.reservations().isEmpty()
                ? null
                : resource.reservations().getLast().labels().labels().stream()
                        .filter(label -> label.key().equals("marathon_task_id"))
                        .map(Label::value)
                        .findFirst()
                        .orElse(null);
    }
}
